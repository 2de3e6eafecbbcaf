import Foundation
import WirecopyProgram

/// Damaged requests to the metrics of a broker, and connections that say nothing, while the work
/// goes on.
enum RequestsFault {
    /// Connections that say nothing; the server serves 16.
    private static let idle = 1000

    static func run(_ plan: FaultPlan, _ result: inout FaultResult) throws {
        let requests = plan.isShort ? 3000 : 200_000
        let pages = plan.pages(short: 60, long: 2000)
        try plan.withRig(&result, pages: pages) { rig, result in
            let address = "127.0.0.1:\(try PageSite.freePort())"
            try rig.startBroker(["--metrics-address", address])
            try rig.startWorkers()
            let adding = try rig.add(0..<pages)
            let arguments = [
                "http-request", "--count", "\(requests)", "--seed", "\(plan.seed)", "--server",
                address, "--idle", "\(idle)", "--findings", "\(rig.folder)/findings",
            ]
            let fuzz = try rig.start("wirecopy-fuzz", arguments)
            let end = fuzz.end(within: 1800)
            result.expect(end?.status == 0, "The server erred: \(end?.lastWords ?? "it hangs").")
            result.figures["requests"] = requests
            let report = try JSONSerialization.jsonObject(with: fuzz.text) as? [String: Any]
            for figure in ["answered", "refused", "idle_closed", "slowest_milliseconds"] {
                result.figures[figure] = report?[figure] as? Int
            }
            try rig.finish(adding)
            try rig.settle(pages, within: 300)
        }
    }
}
