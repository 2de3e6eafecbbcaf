import Glibc
import SplitMix
import WirecopyProgram

/// SIGKILL of the broker, also between the write and the sync of a commit, and of every worker.
enum KillFault {
    /// Longest wait for progress before the next kill; after a broker's death nothing moves for
    /// seconds.
    private static let patienceSeconds = 6.0

    private enum Victim {
        case broker, brokerInCommit
        case worker(WorkerKind)
    }

    static func run(_ plan: FaultPlan, _ result: inout FaultResult) throws {
        let pages = plan.pages(short: 300, long: 20_000)
        let (brokers, workers) = plan.isShort ? (4, 1) : (60, 60)
        try plan.withRig(&result, pages: pages) { rig, result in
            var generator = plan.generator
            var victims: [Victim] = (0..<brokers).map { number in
                number.isMultiple(of: 2) && plan.shim != nil ? .brokerInCommit : .broker
            }
            victims += WorkerKind.allCases.flatMap { kind in
                (0..<workers).map { _ in Victim.worker(kind) }
            }
            victims.shuffle(using: &generator)
            try startBroker(plan, rig, &generator)
            try rig.startWorkers()
            let adding = try rig.add(0..<pages)
            let step = pages / victims.count
            for victim in victims {
                let count = Int.random(in: 0...step, using: &generator)
                rig.progresses(by: count, within: patienceSeconds)
                Wait.pass(Double.random(in: 0...0.1, using: &generator))
                try kill(victim, plan, rig, &generator, &result)
            }
            try rig.finish(adding)
            try rig.settle(pages, within: 900)
        }
    }

    private static func kill(
        _ victim: Victim,
        _ plan: FaultPlan,
        _ rig: Rig,
        _ generator: inout SplitMix64,
        _ result: inout FaultResult
    ) throws {
        switch victim {
        case .worker(let kind):
            rig.workers[kind]?.first?.kill()
            _ = rig.workers[kind]?.first?.end(within: 10)
            try rig.restartWorkers(kind)
            result.count(kind.program)
        case .broker, .brokerInCommit:
            var isInCommit = false
            if case .brokerInCommit = victim, let shim = plan.shim {
                let armed = ArmedBroker(rig: rig, shim: shim)
                isInCommit = try armed.fireAndWait(within: 10)?.status == -SIGKILL
            }
            rig.broker?.kill()
            guard let end = rig.broker?.end(within: 10) else { return }
            result.expect(end.status == -SIGKILL, "The broker had ended before: \(end).")
            result.count(isInCommit ? "wirecopy-broker_in_commit" : "wirecopy-broker")
            try startBroker(plan, rig, &generator)
        }
    }

    private static func startBroker(
        _ plan: FaultPlan,
        _ rig: Rig,
        _ generator: inout SplitMix64
    ) throws {
        guard let shim = plan.shim else { return try rig.startBroker() }
        let act: ArmedBroker.Act = Bool.random(using: &generator) ? .killBefore : .killAfter
        let number = Int.random(in: 1...3, using: &generator)
        try ArmedBroker(rig: rig, shim: shim).start("sync", act, at: number)
    }
}
