import WirecopyProgram

/// The broker is stopped and started again under load, as for a new version; workers stay. Then the
/// workers are replaced one after the other; the broker stays, and nothing is tried again.
enum UpgradeFault {
    static func run(_ plan: FaultPlan, _ result: inout FaultResult) throws {
        let rounds = plan.isShort ? 2 : 20
        let perRound = plan.isShort ? 80 : 200
        let pages = (rounds + WorkerKind.allCases.count) * perRound
        try plan.withRig(&result, pages: pages) { rig, result in
            try rig.startBroker()
            try rig.startWorkers()
            let before = rig.workers.mapValues { $0.map(\.pid) }
            for round in 0..<rounds {
                let adding = try rig.add(round * perRound..<(round + 1) * perRound)
                rig.progresses(by: 5, within: 60)
                rig.stopBroker()
                try rig.startBroker()
                result.count("broker_upgrades")
                try rig.finish(adding)
            }
            try rig.settle(rounds * perRound, within: 240)
            let isSame = rig.workers.mapValues { $0.filter(\.isRunning).map(\.pid) } == before
            result.expect(isSame, "A worker ended while the broker was replaced.")
            let retriedBefore = rig.retried()
            for (number, kind) in WorkerKind.allCases.enumerated() {
                let start = (rounds + number) * perRound
                try rig.addAll(start..<start + perRound)
                rig.progresses(by: 3, within: 10)
                rig.workers[kind]?.first?.terminate()
                _ = rig.workers[kind]?.first?.end(within: 60)
                try rig.restartWorkers(kind)
                result.count("worker_upgrades")
            }
            try rig.settle(pages, within: 120)
            let retried = rig.retried()
            result.expect(
                retried != nil && retried == retriedBefore,
                "Workers that were asked to stop cost \(retried ?? -1) attempts."
            )
        }
    }
}
