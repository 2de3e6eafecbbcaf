import Foundation
import WirecopyProgram

/// Damaged and oversized frames from strangers, while the work goes on.
enum FramesFault {
    static func run(_ plan: FaultPlan, _ result: inout FaultResult) throws {
        let frames = plan.isShort ? 20_000 : 1_000_000
        let pages = plan.pages(short: 100, long: 2000)
        try plan.withRig(&result, pages: pages, given: Int.max / 2) { rig, result in
            try rig.startBroker()
            try rig.startWorkers()
            let adding = try rig.add(0..<pages)
            let arguments = [
                "frames", "--count", "\(frames)", "--seed", "\(plan.seed)", "--broker",
                rig.endpoint,
            ]
            let fuzz = try rig.start("wirecopy-fuzz", arguments)
            try rig.finish(fuzz, within: 1800)
            result.figures["frames"] = frames
            let report = try JSONSerialization.jsonObject(with: fuzz.text) as? [String: Any]
            for figure in ["answered", "refused_by_broker", "connections"] {
                result.figures[figure] = report?[figure] as? Int
            }
            let isTight = try OversizedPeer(endpoint: rig.endpoint).attack()
            result.expect(isTight, "The broker took a frame of more bytes than it may.")
            try rig.finish(adding)
            try rig.settle(pages, within: 300)
        }
    }
}
