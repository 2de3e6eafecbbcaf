package import WirecopyMessages
import WirecopyMetrics

// How deliveries end.
extension QueueStateMachine {
    /// What a failed delivery leads to.
    package enum FailAction: Sendable, Equatable {
        /// Store the failure, and the rest of its lane if it asks for one; then say `failed`.
        case persist(FailedDelivery)
        /// The delivery is the sender's no more.
        case ignoreStale
    }

    /// Whether a worker of a stage may finish the message of a lease; of one that is not in memory
    /// the journal alone knows.
    package func mayFinish(_ lease: LeaseID, as stage: StageName) -> Bool {
        guard let slot = messages.slot(at: lease.position) else { return true }
        return messages[slot].stage == stage
    }

    /// A worker finished messages, whoever holds them now; store the acknowledgements, then say
    /// `settled`. Until then nobody gets the messages.
    ///
    /// - Returns: rests of lanes to be stored with them.
    @discardableResult
    package mutating func done(
        _ completions: [QueueCommand.Completion],
        by name: String,
        now: Instant
    ) -> [JournalChange] {
        var holds: [JournalChange] = []
        let worker = workers.slot(of: name)
        for completion in completions {
            guard let slot = messages.slot(at: completion.lease.position) else { continue }
            let queue = messages[slot].stage.rank
            if let held = messages[slot].lease, held.worker == worker {
                let worked = now.milliseconds - held.since.milliseconds
                queues[queue].serviceTime.add(milliseconds: worked)
                queues[queue].meter.serviceTime.add(worked)
            }
            queues[queue].lanes[messages[slot].lane].takesSeveral = completion.lanePause == nil
            if let pause = completion.lanePause,
                let hold = rest(messages[slot].lane, of: queue, for: pause, now: now)
            {
                holds.append(.holdLane(hold.stage, lane: hold.lane, until: hold.until))
            }
            if case .delayed(let until) = messages[slot].state { messages[slot].earliest = until }
            move(slot, to: .settling)
            messages[slot].isFinishing = true
        }
        return holds
    }

    /// The journal has the acknowledgement of this message, or had it before.
    package mutating func settled(_ position: Int, isFirst: Bool) {
        guard let slot = messages.slot(at: position) else { return }
        if isFirst { queues[messages[slot].stage.rank].doneTotal += 1 }
        end(slot, .acked)
        forget(slot)
    }

    /// An acknowledgement did not fit on the disk; its message is offered again after a pause.
    package mutating func postponed(_ position: Int, now: Instant) {
        guard let slot = messages.slot(at: position) else { return }
        end(slot, .delayed)
        let pauseEnds = now + limits.storageFullPause
        let until = max(pauseEnds, messages[slot].earliest ?? pauseEnds)
        messages[slot].isFinishing = false
        messages[slot].earliest = nil
        delay(slot, until: until, now: now)
    }

    /// A worker gives a delivery back.
    package mutating func fail(
        _ failure: QueueCommand.Failure,
        by name: String,
        now: Instant,
        using generator: inout some RandomNumberGenerator
    ) -> FailAction {
        guard holds(failure.lease, name), let slot = messages.slot(at: failure.lease.position)
        else { return .ignoreStale }
        let (queue, lane) = (messages[slot].stage.rank, messages[slot].lane)
        if failure.lanePause != nil { queues[queue].lanes[lane].takesSeveral = false }
        let pause = failure.lanePause.flatMap { rest(lane, of: queue, for: $0, now: now) }
        var delivery = end(slot, failure.lease, failure.failure, by: name, now: now, &generator)
        delivery.hold = hold(lane, of: queue, after: failure.failure, now: now) ?? pause
        return .persist(delivery)
    }

    /// An acknowledgement cannot be taken because of what it holds; the delivery failed.
    package mutating func refused(
        _ lease: LeaseID,
        _ failure: StageFailure,
        by name: String,
        now: Instant,
        using generator: inout some RandomNumberGenerator
    ) -> FailAction {
        guard let slot = messages.slot(at: lease.position), messages[slot].state == .settling
        else { return .ignoreStale }
        // Anybody may hand work in, under a number of his own.
        let attempt = min(lease.attempt, messages[slot].attempts + 1)
        let delivery = LeaseID(position: lease.position, attempt: attempt)
        return .persist(end(slot, delivery, failure, by: name, now: now, &generator))
    }

    /// The journal has the end of this delivery; `isOpen` is false when the message had been
    /// finished meanwhile.
    package mutating func failed(_ failure: FailedDelivery, isOpen: Bool, now: Instant) {
        guard let slot = messages.slot(at: failure.lease.position) else { return }
        let queue = messages[slot].stage.rank
        guard isOpen else {
            end(slot, .acked)
            return forget(slot)
        }
        switch failure.next {
        case .dead:
            queues[queue].deadCount += 1
            queues[queue].meter.buried(failure.code)
            end(slot, .dead)
            forget(slot)
        case .delayed(let until):
            queues[queue].retriedTotal += 1
            queues[queue].meter.retried(failure.code)
            if failure.excused > messages[slot].excused { queues[queue].excusedTotal += 1 }
            move(slot, to: .settling)
            end(slot, failure.code == .workerLost ? .leaseLost : .delayed)
            messages[slot].attempts = failure.lease.attempt
            messages[slot].excused = failure.excused
            messages[slot].killers = failure.killers
            messages[slot].priority = failure.priority
            // A late acknowledgement is on the way, too, and decides: nobody gets the message.
            guard !messages[slot].isFinishing else {
                messages[slot].earliest = until
                return begin(slot)
            }
            delay(slot, until: until, now: now)
        }
    }

    /// Ends a delivery: its message waits for the journal.
    mutating func end(
        _ slot: MessageTable.Slot,
        _ lease: LeaseID,
        _ failure: StageFailure,
        by name: String,
        now: Instant,
        _ generator: inout some RandomNumberGenerator
    ) -> FailedDelivery {
        let excused = min(messages[slot].excused, lease.attempt - 1)
        let isExcused = retryPolicy.excuses(failure, excused: excused)
        let next = retryPolicy.next(
            after: failure,
            attempt: lease.attempt,
            excused: excused,
            now: now,
            using: &generator
        )
        move(slot, to: .settling)
        messages[slot].isFinishing = false
        messages[slot].earliest = nil
        var delivery = FailedDelivery(
            lease,
            by: name,
            code: failure.code,
            message: failure.message,
            next: next,
            // An innocent message keeps its place among those that are as urgent.
            priority: isExcused
                ? messages[slot].priority : max(messages[slot].priority, .retry)
        )
        delivery.killers = messages[slot].killers
        delivery.excused = excused + (isExcused ? 1 : 0)
        return delivery
    }
}

// What the end of a delivery means for its lane.
extension QueueStateMachine {
    /// A site that asks for patience gets it from all workers.
    private mutating func hold(
        _ lane: LaneTable.Slot,
        of queue: Int,
        after failure: StageFailure,
        now: Instant
    ) -> JournalState.LaneHold? {
        guard queues[queue].hasLanes, case .retry(let after?) = failure.disposition,
            failure.code == .httpRateLimited || failure.code == .httpServerError
        else { return nil }
        let until = now + min(after, retryPolicy.retryAfterMax)
        rest(lane, of: queue, until: until, isHeld: true)
        thin(lane, of: queue)
        return hold(lane, of: queue)
    }

    /// Lets a lane rest for a site's crawl delay.
    ///
    /// - Returns: the rest, for the journal, when it is longer than a start of the broker takes:
    ///   shorter ones are over before the first delivery after it.
    private mutating func rest(
        _ lane: LaneTable.Slot,
        of queue: Int,
        for pause: Duration,
        now: Instant
    ) -> JournalState.LaneHold? {
        guard pause > .zero, queues[queue].hasLanes else { return nil }
        let until = now + min(pause, retryPolicy.retryAfterMax)
        let isHeld = pause > limits.reclaimGrace
        rest(lane, of: queue, until: until, isHeld: isHeld)
        return isHeld ? hold(lane, of: queue) : nil
    }

    private func hold(_ lane: LaneTable.Slot, of queue: Int) -> JournalState.LaneHold? {
        let lane = queues[queue].lanes[lane]
        return lane.restsUntil.map {
            JournalState.LaneHold(stage: queues[queue].stage, lane: lane.name, until: $0)
        }
    }
}
