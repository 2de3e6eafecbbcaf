import WirecopyBroker
import WirecopyMessages
import WirecopyQueue

// The broker's shell: what `BrokerPort` and its threads do, on simulated time.
extension Simulation {
    /// Seconds are long here: shorter intervals show the same things in fewer events.
    private var configuration: BrokerConfiguration {
        var configuration = BrokerConfiguration(journalDirectory: "")
        configuration.limits.heartbeat = .milliseconds(1000)
        configuration.limits.lease = .milliseconds(6000)
        configuration.limits.reclaimGrace = .milliseconds(1500)
        configuration.limits.storageFullPause = .milliseconds(1000)
        configuration.limits.windowMax = plan.windowMax
        configuration.limits.windowLow = max(1, plan.windowMax / 4)
        configuration.memory.unstoredBytesMax = plan.unstoredBytesMax
        configuration.memory.outboxBytesMax = plan.outboxBytesMax
        configuration.memory.outboxesBytesMax = 3 * plan.outboxBytesMax
        configuration.publishWindow = plan.publishWindow
        return configuration
    }

    /// Files so small that each run sees the end of several.
    private var journalOptions: LogJournal.Options {
        var options = LogJournal.Options()
        options.segmentBytesMax = 24 << 10
        options.logBytesMax = 48 << 10
        options.logAllocationBytes = 8 << 10
        options.logReserveBytes = 8 << 10
        options.reserveBytes = 8 << 10
        let (opened, seed) = (Instant(milliseconds: now + clockOffset), seed)
        options.now = { opened }
        options.makeName = {
            var generator = SeededGenerator(seed: seed)
            return MessageID(milliseconds: 0, using: &generator)
        }
        return options
    }

    /// Opens the journal, checks it, and listens.
    func startBroker() {
        guard broker == nil else { return }
        trace.note(now, "broker starts", lives + 1, clockOffset)
        do throws(QueueFailure) {
            let opened = try LogJournal(simulatedOn: disk, options: journalOptions)
            if let damage = opened.damages.first {
                world.findings.append("The journal is damaged: \(damage.sentence)")
                return
            }
            if let difference = try record.check(believed(opened)) {
                world.findings.append("After a restart the journal is wrong. \(difference)")
                return
            }
            try retain(opened)
            takeCommits()
            try run(WatchedJournal(lying(opened), record), opened.reports)
        } catch {
            // Whoever watches over the broker starts it again.
            trace.note(now, "broker fails", lives, 0, error.message)
            disk.restart()
            events.insert(.startBroker, at: now + 1000)
        }
    }

    /// Removes what ended a while ago, so that the next start reads what retention left.
    private func retain(_ journal: LogJournal) throws(QueueFailure) {
        // A clock that jumps makes young pages old, and their publishers may not know them taken.
        guard clockErrorMax == 0 else { return }
        var policy = RetentionPolicy()
        policy.finished.ageMax = .seconds(15)
        policy.knownFor = .zero
        do throws(QueueFailure) {
            while let step = try journal.retain(policy, now: Instant(milliseconds: now)) {
                if case .retired(let pages, _) = step { tally.retired += pages }
            }
        } catch {
            guard error.code == .storageFull else { throw error }
        }
    }

    /// What the broker sees of a journal that was just opened.
    private func believed(_ journal: LogJournal) -> any Journal {
        mutant == .forgottenOutputs ? ForgetfulJournal(journal, forgotten) : journal
    }

    private func lying(_ journal: LogJournal) -> any Journal {
        switch mutant {
        case .earlyAnswer:
            EarlyJournal(journal, answeringFrom: record.copy())
        case .forgottenOutputs: ForgetfulJournal(journal, forgotten)
        case .idleSync, .lostRelease, nil: journal
        }
    }

    private func run(
        _ journal: WatchedJournal,
        _ reports: JournalReports
    ) throws(QueueFailure) {
        lives += 1
        let clock = SimulatedClock()
        clock.now = Instant(milliseconds: now + clockOffset)
        var core = BrokerCore(
            configuration: configuration,
            generator: generator.fork(),
            now: clock.now
        )
        for request in core.restore(try journal.state(), of: journal.name, now: clock.now) {
            core.refilled(request, try journal.openEntries(request))
        }
        let process = BrokerProcess(
            life: lives,
            core: core,
            journal: journal,
            desk: AdminDesk(reports: reports, now: { clock.now }),
            clock: clock,
            offset: clockOffset,
            paused: ledger.paused
        )
        broker = process
        for index in connections.indices where connections[index].state == .waiting {
            events.insert(.establish(connection: index), at: now + generator.number(0...200))
        }
        endTurn(process)
    }

    /// The present moment by the broker's clock.
    func brokerNow(_ process: BrokerProcess) -> Instant {
        Instant(milliseconds: now + process.offset)
    }
}

// Events.
extension Simulation {
    /// A command of a peer has arrived.
    func hear(_ frames: [[UInt8]], from route: RoutingID, _ process: BrokerProcess) {
        if mutant == .lostRelease { losingShell.hear(frames) }
        process.core.hear(frames, from: route, now: brokerNow(process))
        perform(process)
        endTurnSoon(process)
    }

    func tick(_ process: BrokerProcess) {
        process.tickAt = nil
        if mutant == .lostRelease {
            for (route, frames) in losingShell.renewals {
                process.core.hear(frames, from: route, now: brokerNow(process))
            }
        }
        process.core.tick(now: brokerNow(process))
        perform(process)
        endTurn(process)
    }

    /// Several events share a turn, as in a loop that drains its socket.
    private func endTurnSoon(_ process: BrokerProcess) {
        guard broker === process, !process.turnIsDue else { return }
        process.turnIsDue = true
        events.insert(.brokerTurn(life: process.life), at: now + generator.number(0...2))
    }

    func endTurn(_ process: BrokerProcess) {
        process.turnIsDue = false
        process.core.endTurn(now: brokerNow(process))
        perform(process)
        guard broker === process else { return }
        checkMemory(process)
        let memory = process.core.memory
        process.isPrompt = memory.outboxes == 0 && memory.loading == 0
        if process.isPrompt {
            process.paused.formUnion(process.pausing)
            process.pausing = []
        }
        if process.core.hasMore { endTurnSoon(process) }
        guard let wakeAt = process.core.wakeAt else { return }
        let due = max(now, wakeAt.milliseconds - process.offset)
        guard process.tickAt.map({ due < $0 }) ?? true else { return }
        process.tickAt = due
        events.insert(.brokerTick(life: process.life), at: due)
    }

    /// The journal's thread takes all jobs that wait.
    func store(_ process: BrokerProcess) {
        let jobs = process.storing
        process.storing = []
        process.isStoring = !jobs.isEmpty
        guard !jobs.isEmpty else { return }
        process.clock.now = brokerNow(process)
        var answers: [JournalJobAnswer] = []
        process.commit.run(jobs) { answers += $0 }
        takeCommits()
        trace.note(now, "commit", jobs.count, answers.count)
        guard !disk.isDead else {
            tally.faults[
                deathTakesPower ? .powerLostInCommit : .brokerKilledInCommit,
                default: 0
            ] += 1
            return crashBroker(takesPower: deathTakesPower)
        }
        let time = generator.happens(20) ? generator.number(50...900) : generator.number(1...12)
        events.insert(.stored(life: process.life, answers), at: now + time)
    }

    /// The journal has answered.
    func take(_ answers: [JournalJobAnswer], _ process: BrokerProcess) {
        for answer in answers {
            guard broker === process else { return }
            if case .changed(let id, [.paused]) = answer,
                let (stage, isPaused) = process.pauses.removeValue(forKey: id)
            {
                process.pausing.remove(stage)
                process.paused.remove(stage)
                if isPaused { process.pausing.insert(stage) }
            }
            process.core.take(answer, now: brokerNow(process))
        }
        perform(process)
        guard broker === process else { return }
        endTurn(process)
        guard broker === process else { return }
        store(process)
    }

    func load(_ process: BrokerProcess) {
        guard !process.loading.isEmpty else { return }
        let job = process.loading.removeFirst()
        process.core.take(job.run(process.journal.message), now: brokerNow(process))
        perform(process)
        guard broker === process else { return }
        if !process.loading.isEmpty {
            events.insert(.load(life: process.life), at: now + generator.number(0...3))
        }
        endTurn(process)
    }

    func answer(_ process: BrokerProcess) {
        guard !process.asking.isEmpty else { return }
        let job = process.asking.removeFirst()
        process.clock.now = brokerNow(process)
        let told = process.desk.answer(job)
        check(told)
        process.core.take(told, now: brokerNow(process))
        perform(process)
        guard broker === process else { return }
        if !process.asking.isEmpty {
            events.insert(.answer(life: process.life), at: now + generator.number(0...20))
        }
        endTurn(process)
    }

    private func takeCommits() {
        for commit in record.takeCommits() { ledger.take(commit, &world) }
        if let difference = record.difference { world.findings.append(difference) }
    }
}

// Actions.
extension Simulation {
    func perform(_ process: BrokerProcess) {
        while broker === process, process.core.takeActions(into: &process.actions) {
            let actions = process.actions
            process.actions = []
            for action in actions {
                guard broker === process else { return }
                if dies() { return crashBroker(takesPower: false) }
                perform(action, process)
            }
        }
    }

    /// Whether the process dies before its next action.
    private func dies() -> Bool {
        guard let left = actionsLeft else { return false }
        actionsLeft = left > 0 ? left - 1 : nil
        guard left == 0 else { return false }
        tally.faults[.brokerKilledBetweenActions, default: 0] += 1
        return true
    }

    private func perform(_ action: BrokerAction, _ process: BrokerProcess) {
        switch action {
        case .send(let parcel): send(parcel, process)
        case .store(let job): submit(job, process)
        case .load(let job):
            process.loading.append(job)
            guard process.loading.count == 1 else { return }
            events.insert(.load(life: process.life), at: now + generator.number(0...5))
        case .ask(let job):
            process.asking.append(job)
            guard process.asking.count == 1 else { return }
            events.insert(.answer(life: process.life), at: now + generator.number(0...20))
        case .note(let notice): trace.note(now, "notice", 0, 0, "\(notice)")
        case .end(let failure): brokerEnded(failure)
        }
    }

    private func submit(_ job: JournalJob, _ process: BrokerProcess) {
        process.storing.append(job)
        if case .change(let changes) = job.work,
            case .pause(let stage, let isPaused)? = changes.first
        {
            process.pauses[job.id] = (stage, isPaused)
        }
        guard !process.isStoring else { return }
        process.isStoring = true
        events.insert(.store(life: process.life), at: now + generator.number(0...1))
    }

    private func send(_ parcel: Parcel, _ process: BrokerProcess) {
        if let obstacle = process.core.obstacle(to: parcel) ?? obstacle(to: parcel) {
            return process.core.notSent(parcel, obstacle, now: brokerNow(process))
        }
        let frames = Array(parcel.frames.dropFirst())
        trace.note(now, "down", routes[parcel.route] ?? 0, 0, frames: frames)
        check(frames, to: parcel.route, process)
        if mutant == .lostRelease, losingShell.swallows(parcel) { return }
        carry(frames, to: parcel.route)
    }

    /// The process ended by itself.
    private func brokerEnded(_ failure: BrokerFailure?) {
        trace.note(now, "broker ends", lives, 0, failure?.message ?? "gracefully")
        if let failure, !diskMayRefuse {
            world.findings.append("The broker ended without cause: \(failure.message)")
        }
        loseBroker(takesPower: false)
    }

    /// The process dies.
    func crashBroker(takesPower: Bool) {
        guard broker != nil else { return }
        trace.note(now, "broker dies", lives, takesPower ? 1 : 0)
        tally.crashes += 1
        loseBroker(takesPower: takesPower)
    }

    private func loseBroker(takesPower: Bool) {
        broker = nil
        actionsLeft = nil
        deathTakesPower = false
        if takesPower {
            disk.losePower(generator.pick(FaultyDisk.Survival.allCases), using: &generator)
        } else {
            disk.restart()
        }
        loseAllConnections()
        events.insert(.startBroker, at: now + generator.number(50...4000))
    }
}
