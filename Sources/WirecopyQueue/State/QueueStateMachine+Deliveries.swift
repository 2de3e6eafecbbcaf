package import WirecopyMessages

// Who gets what.
extension QueueStateMachine {
    /// Messages to send to one worker.
    package struct DeliverAction: Sendable, Equatable {
        /// The worker's name.
        package let worker: String
        /// The deliveries, in the order in which they shall be sent.
        package var deliveries: [Delivery]
    }

    /// One delivery without its content.
    package struct Delivery: Sendable, Equatable {
        /// Which delivery it is.
        package let lease: LeaseID
        /// How urgent the message is now.
        package let priority: MessageClass
        /// Bytes of content.
        package let bytes: Int
    }

    /// Leases ready messages to workers that have credit, in turn, one message a turn.
    ///
    /// At most `countMax` at a call, so that the caller can do something else in between.
    package mutating func deliveries(countMax: Int, now: Instant) -> [DeliverAction] {
        guard !isDraining else { return [] }
        var actions: [String: DeliverAction] = [:]
        var left = countMax
        for stage in StageName.allCases {
            while left > 0, let (worker, delivery) = deliverNext(of: stage, now: now) {
                actions[worker, default: DeliverAction(worker: worker, deliveries: [])]
                    .deliveries.append(delivery)
                left -= 1
            }
        }
        return actions.values.sorted { $0.worker < $1.worker }
    }

    private mutating func deliverNext(of stage: StageName, now: Instant) -> (String, Delivery)? {
        guard !self[stage].isPaused, !self[stage].workers.isEmpty,
            self[stage].delayedCount < limits.delayedMax
        else { return nil }
        let hasReady = self[stage].windows.map { $0.readyCount > 0 }
        guard let rank = self[stage].shares.choose(from: hasReady),
            let message = firstReady(of: stage, rank: rank),
            let worker = nextWorker(of: stage, bytes: message.entry.bytes)
        else { return nil }
        self[stage].shares.spend(rank)
        _ = self[stage].windows[rank].ready.removeFirst()
        return (worker, lease(message, to: worker, now: now))
    }

    private mutating func lease(
        _ message: OpenMessage,
        to worker: String,
        now: Instant
    ) -> Delivery {
        let entry = message.entry
        let id = LeaseID(position: entry.position, attempt: entry.attempts + 1)
        if case .ready(let since) = message.state {
            self[entry.stage].queueTime.add(milliseconds: (now - since).wholeMilliseconds)
        }
        let lease = OpenMessage.Lease(
            worker: worker,
            attempt: id.attempt,
            since: now,
            deadline: now + limits.lease
        )
        move(entry.position, to: .leased(lease))
        workers[worker]?.deliver(entry.position, bytes: entry.bytes)
        return Delivery(lease: id, priority: entry.priority, bytes: entry.bytes)
    }

    /// The first message of a window that is ready indeed; drops places that are so no more.
    mutating func firstReady(of stage: StageName, rank: Int) -> OpenMessage? {
        while let first = self[stage].windows[rank].ready.first {
            if let message = messages[first.position], case .ready = message.state,
                message.entry.priority.rank == rank
            {
                return message
            }
            _ = self[stage].windows[rank].ready.removeFirst()
        }
        return nil
    }

    private mutating func nextWorker(of stage: StageName, bytes: Int) -> String? {
        let names = self[stage].workers
        for step in 0..<names.count {
            let index = (self[stage].turn + step) % names.count
            guard let worker = workers[names[index]],
                worker.accepts(bytes: bytes, leasesMax: limits.leasesPerWorkerMax)
            else { continue }
            self[stage].turn = (index + 1) % names.count
            return worker.name
        }
        return nil
    }
}
