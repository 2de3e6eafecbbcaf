package import WirecopyMessages

// How deliveries end.
extension QueueStateMachine {
    /// What a failed delivery leads to.
    package enum FailAction: Sendable, Equatable {
        /// Store the failure; then say `failed`.
        case persist(FailedDelivery)
        /// The delivery is the sender's no more.
        case ignoreStale
    }

    /// What has to be done because time passed.
    package struct TickAction: Sendable, Equatable {
        /// Deliveries that ended because their lease ran out or their worker is silent; store them
        /// and then say `failed`.
        package var failures: [FailedDelivery] = []
        /// Workers that are taken for dead; they have to greet again.
        package var silent: [String] = []
    }

    /// A worker finished a message, whoever holds it now; store the acknowledgement, then say
    /// `settled`. Until then nobody gets the message.
    package mutating func done(_ lease: LeaseID, by name: String, now: Instant) {
        guard let message = messages[lease.position] else { return }
        if let held = message.lease, held.worker == name {
            self[message.entry.stage].serviceTime
                .add(milliseconds: (now - held.since).wholeMilliseconds)
        }
        move(lease.position, to: .settling)
    }

    /// The journal has the acknowledgement of this message, or had it before.
    package mutating func settled(_ position: Int, isFirst: Bool) {
        guard let message = messages[position] else { return }
        if isFirst { self[message.entry.stage].doneTotal += 1 }
        move(position, to: nil)
    }

    /// An acknowledgement did not fit on the disk; its message is offered again after a pause.
    package mutating func postponed(_ position: Int, now: Instant) {
        move(position, to: .delayed(until: now + limits.storageFullPause))
    }

    /// A worker gives a delivery back.
    package mutating func fail(
        _ lease: LeaseID,
        _ failure: StageFailure,
        by name: String,
        now: Instant,
        using generator: inout some RandomNumberGenerator
    ) -> FailAction {
        guard holds(lease, name) else { return .ignoreStale }
        return .persist(end(lease, failure, by: name, now: now, using: &generator))
    }

    /// An acknowledgement cannot be taken because of what it holds; the delivery failed.
    package mutating func refused(
        _ lease: LeaseID,
        _ failure: StageFailure,
        by name: String,
        now: Instant,
        using generator: inout some RandomNumberGenerator
    ) -> FailAction {
        guard case .settling? = messages[lease.position]?.state else { return .ignoreStale }
        return .persist(end(lease, failure, by: name, now: now, using: &generator))
    }

    /// The journal has the end of this delivery; `isOpen` is false when the message had been
    /// finished meanwhile.
    package mutating func failed(_ failure: FailedDelivery, isOpen: Bool, now: Instant) {
        let position = failure.lease.position
        guard let message = messages[position] else { return }
        let stage = message.entry.stage
        guard isOpen else { return move(position, to: nil) }
        switch failure.next {
        case .dead:
            self[stage].deadCount += 1
            move(position, to: nil)
        case .delayed(let until):
            self[stage].retriedTotal += 1
            move(position, to: .settling)
            messages[position]?.entry.attempts = failure.lease.attempt
            messages[position]?.entry.priority = failure.priority
            messages[position]?.entry.notBefore = until
            move(position, to: until > now ? .delayed(until: until) : .ready(since: now))
        }
    }

    /// A worker needs longer.
    ///
    /// - Returns: the leases that are its own no more.
    package mutating func extend(_ leases: [LeaseID], by name: String, now: Instant) -> [LeaseID] {
        var lost: [LeaseID] = []
        for lease in leases {
            guard holds(lease, name), var held = messages[lease.position]?.lease else {
                lost.append(lease)
                continue
            }
            held.deadline = now + limits.lease
            messages[lease.position]?.state = .leased(held)
            leaseDeadlines.insert(
                rank: held.deadline.milliseconds,
                position: lease.position
            )
        }
        return lost
    }

    /// Time passed: leases run out, delays end, workers are silent.
    package mutating func tick(
        now: Instant,
        using generator: inout some RandomNumberGenerator
    ) -> TickAction {
        var action = TickAction()
        for worker in workers.values.sorted(by: { $0.name < $1.name }) {
            let silence = now - worker.lastHeard
            if silence >= limits.silence + limits.silentWorkerMemory { remove(worker.name) }
            guard silence >= limits.silence, !worker.isSilent else { continue }
            workers[worker.name]?.isSilent = true
            action.silent.append(worker.name)
            let said = "The worker \(worker.name) was silent for \(silence.wholeMilliseconds) ms."
            for position in worker.leases.sorted() {
                expire(position, said, now: now, into: &action, using: &generator)
            }
        }
        expireLeases(now: now, into: &action, using: &generator)
        endDelays(now: now)
        return action
    }

    /// The moment at which `tick` has something to do; `nil` for never.
    package var nextDeadline: Instant? {
        let silences = workers.values.filter { !$0.isSilent }.map { $0.lastHeard + limits.silence }
        let delays = StageName.allCases.compactMap { self[$0].delays.first?.rank }
        let ranks = delays + [leaseDeadlines.first?.rank].compactMap { $0 }
        return (silences + ranks.map { Instant(milliseconds: $0) }).min()
    }

    private mutating func expireLeases(
        now: Instant,
        into action: inout TickAction,
        using generator: inout some RandomNumberGenerator
    ) {
        while let first = leaseDeadlines.first, first.rank <= now.milliseconds {
            _ = leaseDeadlines.removeFirst()
            guard let lease = messages[first.position]?.lease,
                lease.deadline.milliseconds == first.rank
            else { continue }
            let said = "The lease of the worker \(lease.worker) ran out."
            expire(first.position, said, now: now, into: &action, using: &generator)
        }
    }

    private mutating func endDelays(now: Instant) {
        for stage in StageName.allCases {
            while let first = self[stage].delays.first, first.rank <= now.milliseconds {
                _ = self[stage].delays.removeFirst()
                guard case .delayed(let until)? = messages[first.position]?.state,
                    until.milliseconds == first.rank
                else { continue }
                move(first.position, to: .ready(since: now))
            }
        }
    }

    private mutating func expire(
        _ position: Int,
        _ sentence: String,
        now: Instant,
        into action: inout TickAction,
        using generator: inout some RandomNumberGenerator
    ) {
        guard let lease = messages[position]?.lease else { return }
        let id = LeaseID(position: position, attempt: lease.attempt)
        let failure = StageFailure(.workerLost, .retry(after: nil), sentence)
        action.failures.append(end(id, failure, by: lease.worker, now: now, using: &generator))
    }

    private mutating func end(
        _ lease: LeaseID,
        _ failure: StageFailure,
        by name: String,
        now: Instant,
        using generator: inout some RandomNumberGenerator
    ) -> FailedDelivery {
        let priority = messages[lease.position]?.entry.priority ?? .live
        let next = retryPolicy.next(
            after: failure,
            attempt: lease.attempt,
            now: now,
            using: &generator
        )
        move(lease.position, to: .settling)
        return FailedDelivery(
            lease,
            by: name,
            code: failure.code,
            message: failure.message,
            next: next,
            priority: max(priority, .retry)
        )
    }
}
