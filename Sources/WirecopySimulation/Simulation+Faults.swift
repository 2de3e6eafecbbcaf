import WirecopyBroker
import WirecopyMessages
import WirecopyQueue

// What goes wrong, and the end of it.
extension Simulation {
    /// Lets something go wrong, if it can at this moment.
    func strike(_ fault: Fault) {
        guard world.hasFaults, strikes(fault) else { return }
        trace.note(now, "fault", Fault.allCases.firstIndex(of: fault) ?? 0, 0, fault.rawValue)
        // These count when they strike, which may be never.
        let later: [Fault] = [
            .brokerKilledInCommit, .powerLostInCommit, .brokerKilledBetweenActions,
        ]
        if !later.contains(fault) { tally.faults[fault, default: 0] += 1 }
    }

    private func strikes(_ fault: Fault) -> Bool {
        switch fault {
        case .brokerKilled, .brokerKilledInCommit, .brokerKilledBetweenActions, .brokerStopped,
            .powerLost, .powerLostInCommit, .clockJumped:
            strikeBroker(fault)
        case .workerKilled, .workerFrozen, .workerStopped, .publisherKilled: strikePeer(fault)
        case .connectionCut, .partition, .halfOpen: strikeNetwork(fault)
        case .diskFull, .writeRefused, .syncRefused: strikeDisk(fault)
        case .pageKilledWorker, .callFailed, .callSlow, .commandDoubled: false
        }
    }

    private func strikeBroker(_ fault: Fault) -> Bool {
        guard let process = broker else { return false }
        switch fault {
        case .brokerKilledInCommit, .powerLostInCommit:
            deathTakesPower = fault == .powerLostInCommit
            disk.plan(.die(donePermille: generator.number(0...999)), after: generator.number(0...5))
        case .brokerKilledBetweenActions: actionsLeft = generator.number(0...30)
        case .brokerStopped:
            process.core.stop(now: brokerNow(process))
            perform(process)
            if broker === process { endTurn(process) }
        case .powerLost:
            // The same plug may feed the workers.
            if generator.happens(250) {
                for index in running({ !$0.isOfficer }) { killPeer(index) }
            }
            crashBroker(takesPower: true)
        case .clockJumped:
            clockOffset = generator.pick([-3600, -300, -20, 20, 300, 3600]) * 1000
            clockErrorMax = max(clockErrorMax, abs(clockOffset))
            crashBroker(takesPower: false)
        default: crashBroker(takesPower: false)
        }
        return true
    }

    private func strikePeer(_ fault: Fault) -> Bool {
        let candidates = running { fault == .publisherKilled ? $0.isPublisher : $0.isWorker }
        guard !candidates.isEmpty else { return false }
        let index = generator.pick(candidates)
        switch fault {
        case .workerFrozen:
            peers[index].process.frozenUntil = now + generator.number(500...15_000)
        case .workerStopped:
            guard var worker = peers[index].process.role as? WorkerRole else { return false }
            worker.drain(now: now)
            peers[index].process.role = worker
            peers[index].process.wake(now: now, &world)
            serve(index)
        default: killPeer(index)
        }
        return true
    }

    private func strikeNetwork(_ fault: Fault) -> Bool {
        let open = connections.indices.filter {
            connections[$0].state == .open && !connections[$0].isClosed
        }
        guard !open.isEmpty else { return false }
        let number = generator.pick(open)
        let until = now + generator.number(300...12_000)
        switch fault {
        case .partition:
            connections[number].up.stalledUntil = until
            connections[number].down.stalledUntil = until
        case .halfOpen where generator.happens(500): connections[number].up.stalledUntil = until
        case .halfOpen: connections[number].down.stalledUntil = until
        default: cut(number)
        }
        return true
    }

    private func strikeDisk(_ fault: Fault) -> Bool {
        switch fault {
        case .diskFull:
            disk.setCapacity(disk.usedBytes + generator.number(0...40_000))
        case .writeRefused:
            diskMayRefuse = true
            disk.plan(.refuse, after: generator.number(0...4))
        default:
            diskMayRefuse = true
            disk.plan(.refuseSync, after: generator.number(0...3))
        }
        return true
    }
}

// Rest.
extension Simulation {
    /// Nothing goes wrong any more: everything must come to its end.
    func heal() {
        trace.note(now, "heal")
        world.hasFaults = false
        disk.setCapacity(.max)
        if disk.cancelPlan() { deathTakesPower = false }
        actionsLeft = nil
        for number in connections.indices {
            connections[number].up.stalledUntil = 0
            connections[number].down.stalledUntil = 0
            if !connections[number].isClosed { schedule(number, .down) }
            schedule(number, .up)
        }
        correctClock()
        phase = .rest(until: now + restMilliseconds)
        resumeAll()
        events.insert(.checkRest, at: now + 1000)
    }

    /// The clock is right again; a broker that began with a wrong one is started anew.
    private func correctClock() {
        clockOffset = 0
        guard let process = broker, process.offset != 0 else { return }
        process.core.stop(now: brokerNow(process))
        perform(process)
        if broker === process { endTurn(process) }
    }

    private func resumeAll() {
        for (place, stage) in StageName.allCases.enumerated() {
            // Behind everything that the operator had planned.
            let time = now + 10_000 + place
            command(.init(.resume, StageRequest(stage: stage), at: time))
        }
    }

    private func command(_ call: OperatorRole.Call) {
        guard let index = peers.indices.first(where: { peers[$0].kind.isOfficer }),
            var officer = peers[index].process.role as? OperatorRole
        else { return }
        officer.add(call)
        peers[index].process.role = officer
        serve(index)
    }

    /// Is everything done? Then dead letters are sent through again, and at last it is over.
    func checkRest() {
        checkCounts()
        guard let process = broker, isAtRest(process) else {
            guard let until = restUntil, now >= until else {
                return events.insert(.checkRest, at: now + 1000)
            }
            world.findings.append(unrest)
            return
        }
        switch phase {
        case .rest: replayDead(round: 1)
        case .replay(_, let round) where round < 4 && !wronglyDead.isEmpty:
            replayDead(round: round + 1)
        case .replay:
            checkEnd(process)
            phase = .over
        case .faults, .over: return
        }
    }

    /// Delays that were written by a wrong clock last longer by its error, twice when it was wrong
    /// in both directions.
    private var restMilliseconds: Int { Self.restMilliseconds + 2 * clockErrorMax }

    private var restUntil: Int? {
        switch phase {
        case .rest(let until), .replay(let until, _): until
        case .faults, .over: nil
        }
    }

    private func replayDead(round: Int) {
        var request = OperatorRole.Call.deadLetters
        // Pages that kill workers take others with them, so those go alone at the next attempt.
        if round > 1 { request.positions = wronglyDead }
        command(.init(.replay, request, at: now))
        command(.init(.ledger, NoArguments(), at: now + 1))
        phase = .replay(until: now + restMilliseconds, round: round)
        events.insert(.checkRest, at: now + 1000)
    }

    private func isAtRest(_ process: BrokerProcess) -> Bool {
        ledger.openCount == 0 && process.storing.isEmpty && process.core.memory.jobCount == 0
            && peers.allSatisfy { !$0.isDown && $0.process.role.isQuiet }
    }

    /// Places of dead letters of pages that should have ended otherwise.
    private var wronglyDead: [Int] {
        ledger.rows.filter { _, row in
            row.isDead && world[row.root].map { $0.kind.outcome != .dead } ?? false
        }.keys.sorted()
    }

    private var unrest: String {
        let open = ledger.rows.filter { $0.value.isOpen }.keys.sorted()
        let busy = peers.filter { $0.isDown || !$0.process.role.isQuiet }.map(\.process.name)
        return """
            Within \(restMilliseconds) ms without faults it did not come to rest: messages \
            \(open) are open, and \(busy) are not done.
            """
    }
}
