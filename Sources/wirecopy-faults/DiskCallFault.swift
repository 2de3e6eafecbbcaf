import SplitMix
import WirecopyProgram

/// Calls of the disk that fail: a sync once, and writes once or for a while.
enum DiskCallFault {
    /// How long a broker is watched after its disk began to fail.
    private static let watchSeconds = 5.0
    /// Writes of which each fails once in each way.
    private static let writes = 16

    /// A sync fails once with EIO. The kernel may have dropped what was not written, so a broker
    /// that went on would confirm what is not there: it must stop.
    static func runSync(_ plan: FaultPlan, _ result: inout FaultResult) throws {
        try run(plan, &result, rounds: plan.isShort ? 2 : 30) { armed, _, generator in
            let number = Int.random(in: 1...8, using: &generator)
            try armed.start("sync", .eio, at: number)
        }
        result.expect(result.figures["stopped", default: 0] > 0, "No broker stopped.")
    }

    /// Writes fail with EIO or ENOSPC, one or all for a while: from the first write after a moment
    /// of the work, from the second, and so on.
    static func runWrite(_ plan: FaultPlan, _ result: inout FaultResult) throws {
        let ways: [(ArmedBroker.Act, count: Int)] = [
            (.eio, 1), (.enospc, 1), (.eio, 1_000_000), (.enospc, 1_000_000),
        ]
        let rounds = plan.isShort ? 2 : writes * ways.count
        try run(plan, &result, rounds: rounds) { armed, round, _ in
            let (act, count) = ways[round % ways.count]
            try armed.start("write", act, at: round / ways.count + 1, count: count)
        }
    }

    private static func run(
        _ plan: FaultPlan,
        _ result: inout FaultResult,
        rounds: Int,
        _ start: (ArmedBroker, Int, inout SplitMix64) throws -> Void
    ) throws {
        let shim = try plan.requireShim()
        let perRound = plan.isShort ? 60 : 100
        try plan.withRig(&result, pages: rounds * perRound) { rig, result in
            var generator = plan.generator
            let armed = ArmedBroker(rig: rig, shim: shim)
            for round in 0..<rounds {
                try start(armed, round, &generator)
                if round == 0 { try rig.startWorkers() }
                let pages = round * perRound..<(round + 1) * perRound
                let adding = try rig.add(pages)
                rig.progresses(by: Int.random(in: 1...10, using: &generator), within: 20)
                if let end = try armed.fireAndWait(within: watchSeconds) {
                    result.count("stopped")
                    result.expect(
                        end.status > 0 && !end.isCrash && !end.lastWords.isEmpty,
                        "The broker ended with \(end.status): \(end.lastWords)"
                    )
                    try rig.startBroker()
                } else {
                    result.count("went_on")
                }
                // A publisher that was refused says so and is asked again, as an operator would.
                if adding.end(within: 120)?.status != 0 {
                    result.count("refused")
                    try rig.addAll(pages)
                }
                try rig.settle((round + 1) * perRound, within: 120)
                rig.stopBroker()
            }
            try rig.startBroker()
        }
    }
}
