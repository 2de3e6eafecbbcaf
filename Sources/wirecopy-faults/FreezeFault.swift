import WirecopyProgram

/// Programs that stand still longer than their lease, and then go on as if nothing had been.
enum FreezeFault {
    static func run(_ plan: FaultPlan, _ result: inout FaultResult) throws {
        // A worker is taken for dead after 6 s of silence, and what it had comes back within 2 s
        // more; a lease lasts 30 s.
        let seconds = plan.isShort ? 12.0 : 40.0
        let kinds: [WorkerKind] = plan.isShort ? [.parser, .storage] : WorkerKind.allCases
        let perRound = plan.isShort ? 80 : 400
        let pages = (kinds.count + 1) * perRound
        try plan.withRig(&result, pages: pages) { rig, result in
            try rig.startBroker()
            try rig.startWorkers()
            try rig.startWorkers()
            for (round, kind) in kinds.enumerated() {
                try rig.addAll(round * perRound..<(round + 1) * perRound)
                rig.progresses(by: 3, within: 60)
                guard let worker = rig.workers[kind]?.first else { continue }
                if kind == .storage, holdsStore(worker, rig) {
                    // Nobody can store anything, and no page may be given up for it.
                    result.count("in a transaction")
                    Wait.pass(plan.isShort ? seconds : lockedSeconds)
                } else {
                    worker.freeze()
                    // The other of its kind must do the work of both.
                    let isMoving = rig.progresses(by: 1, within: seconds) || rig.isAtRest
                    result.expect(isMoving, "Nothing moved while one \(kind) stood still.")
                    Wait.pass(seconds)
                }
                worker.thaw()
                result.count(kind.program)
                try rig.settle((round + 1) * perRound, within: 180)
            }
            try rig.addAll(kinds.count * perRound..<pages)
            rig.progresses(by: 3, within: 60)
            rig.broker?.freeze()
            Wait.pass(seconds)
            rig.broker?.thaw()
            result.count("wirecopy-broker")
            try rig.settle(pages, within: 180)
        }
    }

    /// Three times as long as five attempts of other workers last that wait 10 s for the store.
    private static let lockedSeconds = 150.0
    /// How often a worker is stopped until it happens to be in a transaction.
    private static let triesMax = 300

    /// Stops a storage worker in the middle of a transaction.
    ///
    /// - Returns: false when it never was in one; then it goes on.
    private static func holdsStore(_ worker: RigProgram, _ rig: Rig) -> Bool {
        for _ in 0..<triesMax {
            worker.freeze()
            // The transaction of another ends within this time.
            let isHeld = (0..<4).allSatisfy { _ in
                guard StoreCount.isLocked(path: rig.store) else { return false }
                Wait.pass(0.25)
                return true
            }
            if isHeld { return true }
            worker.thaw()
            Wait.pass(0.01)
        }
        return false
    }
}
