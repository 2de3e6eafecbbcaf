import Foundation
import WirecopyProgram

/// The machine's wall clock is set by an hour and by a year, forwards and back, under load.
enum ClockFault {
    private static let hour: Int64 = 3600
    private static let year: Int64 = 365 * 86_400

    static func run(_ plan: FaultPlan, _ result: inout FaultResult) throws {
        let shim = try plan.requireShim()
        let offsets: [Int64] = [hour, -hour, year, -year, 0]
        let perRound = plan.isShort ? 40 : 400
        let pages = offsets.count * perRound
        try plan.withRig(&result, pages: pages) { rig, result in
            let clock = rig.folder + "/clock"
            try set(clock, 0)
            let environment = ["LD_PRELOAD": shim, "FAULT_CLOCK": clock]
            try rig.startBroker(environment: environment)
            for kind in WorkerKind.allCases {
                try rig.startWorker(kind, environment: environment)
            }
            for (round, offset) in offsets.enumerated() {
                try rig.addAll(round * perRound..<(round + 1) * perRound)
                rig.progresses(by: 3, within: 60)
                try set(clock, offset)
                result.count("times")
                try rig.settle((round + 1) * perRound, within: 120)
                let retried = rig.retried()
                result.expect(
                    retried == 0,
                    "A clock that was set by \(offset) s had \(retried ?? -1) messages taken back."
                )
                // A restart reads the clock anew, and must not wait for what lies a year away.
                rig.stopBroker()
                try rig.startBroker(environment: environment)
            }
        }
    }

    /// In place, because the programs have the file mapped.
    private static func set(_ path: String, _ offset: Int64) throws {
        let bytes = unsafe withUnsafeBytes(of: offset) { unsafe Data($0) }
        guard let file = FileHandle(forWritingAtPath: path) else {
            return try bytes.write(to: URL(filePath: path))
        }
        try file.write(contentsOf: bytes)
        try file.close()
    }
}
