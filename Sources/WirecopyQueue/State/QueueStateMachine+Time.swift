package import WirecopyMessages

// What passes with time.
extension QueueStateMachine {
    /// What has to be done because time passed.
    package struct TickAction: Sendable, Equatable {
        /// Deliveries that ended because their lease ran out or their worker is silent; store them
        /// and then say `failed`.
        package var failures: [FailedDelivery] = []
        /// Workers that are taken for dead; they have to greet again.
        package var silent: [String] = []
        /// Rests of lanes that ended, for the journal to forget.
        package var endedHolds: [JournalChange] = []
    }

    /// Time passed: leases run out, delays and rests end, workers are silent.
    package mutating func tick(
        now: Instant,
        using generator: inout some RandomNumberGenerator
    ) -> TickAction {
        var action = TickAction()
        for worker in workers.byName {
            endSilent(worker, now: now, into: &action, using: &generator)
        }
        for worker in workers.byName {
            expireLeases(of: worker, now: now, into: &action, using: &generator)
        }
        for queue in queues.indices {
            if let opensAt = queues[queue].opensAt, opensAt <= now { queues[queue].opensAt = nil }
            endRests(of: queue, now: now)
            endDelays(of: queue, now: now)
            for rank in 0..<ByClass<ClassWindow>.count {
                queues[queue].windows[rank].unpark(now: now)
            }
        }
        swap(&action.endedHolds, &endedHolds)
        return action
    }

    /// The moment at which `tick` has something to do; `nil` for never.
    package var nextDeadline: Instant? {
        var next: Instant?
        func consider(_ moment: Instant?) {
            if let moment { next = min(next ?? moment, moment) }
        }
        for worker in workers.all {
            if !workers[worker].isSilent { consider(workers[worker].lastHeard + limits.silence) }
            if let first = workers[worker].leases.first {
                consider(messages[first].lease?.deadline)
            }
        }
        for queue in queues.indices {
            consider(queues[queue].opensAt)
            consider(queues[queue].delays.first.map { Instant(milliseconds: $0.rank) })
            consider(queues[queue].lanes.rests.first.map { Instant(milliseconds: $0.rank) })
            for rank in 0..<ByClass<ClassWindow>.count {
                consider(queues[queue].windows[rank].parkedUntil)
            }
        }
        return next
    }

    private mutating func endDelays(of queue: Int, now: Instant) {
        while let first = queues[queue].delays.first, first.rank <= now.milliseconds {
            _ = queues[queue].delays.removeFirst()
            guard let slot = messages.slot(at: first.position),
                case .delayed(let until) = messages[slot].state,
                until.milliseconds == first.rank
            else { continue }
            wake(slot, now: now)
        }
    }

    private mutating func expireLeases(
        of worker: WorkerTable.Slot,
        now: Instant,
        into action: inout TickAction,
        using generator: inout some RandomNumberGenerator
    ) {
        while let slot = workers[worker].leases.first, let lease = messages[slot].lease,
            lease.deadline <= now
        {
            let name = workers[worker].name
            let failure = StageFailure(
                .workerLost,
                .retry(after: nil),
                "The lease of the worker \(name) ran out."
            )
            let id = LeaseID(position: messages[slot].position, attempt: lease.attempt)
            action.failures.append(end(slot, id, failure, by: name, now: now, &generator))
        }
    }
}

// Workers that die, and messages that kill them.
extension QueueStateMachine {
    /// Takes a worker for dead that was silent for too long, and forgets it much later.
    ///
    /// Workers begin deliveries in the order in which they come, so those that it had begun are its
    /// oldest, as many as it has slots, and one of them may have killed it. Those that killed most
    /// workers before are blamed alone, so that neighbours of a killer are not; their attempt
    /// counts. The others come back as if they had never been delivered.
    private mutating func endSilent(
        _ worker: WorkerTable.Slot,
        now: Instant,
        into action: inout TickAction,
        using generator: inout some RandomNumberGenerator
    ) {
        let silence = now - workers[worker].lastHeard
        guard silence >= limits.silence else { return }
        guard !workers[worker].isSilent else {
            if silence >= limits.silence + limits.silentWorkerMemory { remove(worker) }
            return
        }
        workers[worker].isSilent = true
        countAbsent(workers[worker].stage, since: now)
        action.silent.append(workers[worker].name)
        let held = messages.slots(of: workers[worker].leases).sorted(by: isDeliveredBefore)
        let begun = held.prefix(workers[worker].status?.slots ?? WorkerStatus().slots)
        let killsMost = begun.map { messages[$0].killers.count }.max() ?? 0
        let blamed = begun.filter { messages[$0].killers.count == killsMost }
        for slot in held.reversed() where !blamed.contains(slot) {
            move(slot, to: .ready(since: now), isFirst: true)
        }
        for slot in blamed {
            guard let lease = messages[slot].lease else { continue }
            let id = LeaseID(position: messages[slot].position, attempt: lease.attempt)
            action.failures.append(
                killed(slot, id, by: worker, silence: silence, now: now, &generator)
            )
        }
    }

    private func isDeliveredBefore(_ one: MessageTable.Slot, _ other: MessageTable.Slot) -> Bool {
        guard let first = messages[one].lease, let second = messages[other].lease else {
            return false
        }
        return (first.since, messages[one].position) < (second.since, messages[other].position)
    }

    /// The end of a delivery whose worker died over it, as far as one can know.
    private mutating func killed(
        _ slot: MessageTable.Slot,
        _ lease: LeaseID,
        by worker: WorkerTable.Slot,
        silence: Duration,
        now: Instant,
        _ generator: inout some RandomNumberGenerator
    ) -> FailedDelivery {
        let name = workers[worker].name
        let killers = messages[slot].killers + [name]
        let pause = retryPolicy.pause(afterKills: killers.count, using: &generator)
        let failure =
            killers.count < retryPolicy.killsMax
            ? StageFailure(
                .workerLost,
                .retry(after: pause),
                "The worker \(name) was silent for \(silence.wholeMilliseconds) ms while it had "
                    + "the message."
            )
            : StageFailure(
                .workerKiller,
                .bury,
                "The message killed \(killers.count) workers: "
                    + killers.joined(separator: ", ") + "."
            )
        var delivery = end(slot, lease, failure, by: name, now: now, &generator)
        delivery.killers = killers
        return delivery
    }
}
