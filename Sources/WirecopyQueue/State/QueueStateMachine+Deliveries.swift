package import WirecopyMessages
import WirecopyMetrics

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
    /// Stages take turns, classes share deliveries out, the lanes of a class take turns, and so do
    /// workers: O(1) a message. At most `countMax` at a call, so that the caller can do something
    /// else in between.
    package mutating func deliveries(countMax: Int, now: Instant) -> [DeliverAction] {
        guard !isDraining else { return [] }
        var actions: [DeliverAction] = []
        // Where each worker's action is; a call often serves one worker only.
        var places: [WorkerTable.Slot: Int] = [:]
        var (last, lastPlace) = (WorkerTable.Slot(-1), 0)
        var left = countMax
        let first = stageInTurn
        stageInTurn = (first + 1) % queues.count
        for step in queues.indices {
            let queue = (first + step) % queues.count
            guard mayDeliver(queue) else { continue }
            while left > 0, let (worker, delivery) = deliverNext(of: queue, now: now) {
                left -= 1
                if worker != last {
                    last = worker
                    lastPlace = places[worker] ?? actions.count
                    places[worker] = lastPlace
                }
                if lastPlace == actions.count {
                    actions.append(DeliverAction(worker: workers[worker].name, deliveries: []))
                }
                actions[lastPlace].deliveries.append(delivery)
            }
        }
        return actions.sorted { $0.worker < $1.worker }
    }

    private func mayDeliver(_ queue: Int) -> Bool {
        // Failures of one lane are not the fault of the others.
        let isBroken =
            !queues[queue].hasLanes && queues[queue].failingCount >= limits.delayedMax
        return !queues[queue].isPaused && queues[queue].opensAt == nil && !isBroken
    }

    private mutating func deliverNext(
        of queue: Int,
        now: Instant
    ) -> (WorkerTable.Slot, Delivery)? {
        guard let (rank, lane, slot) = queues[queue].nextInTurn(),
            let worker = nextWorker(of: queue, bytes: messages[slot].bytes)
        else { return nil }
        queues[queue].endTurn(of: lane, rank)
        let delivery = lease(slot, to: worker, now: now)
        queues[queue].offer(lane)
        offer(worker)
        return (worker, delivery)
    }

    /// The worker whose turn it is and that can take so many bytes; it loses its turn.
    private mutating func nextWorker(of queue: Int, bytes: Int) -> WorkerTable.Slot? {
        var untried = queues[queue].workerTurns.count
        while untried > 0, let worker = queues[queue].workerTurns.first {
            untried -= 1
            guard workers[worker].canTake(leasesMax: limits.leasesPerWorkerMax) else {
                queues[queue].workerTurns.removeFirst()
                workers[worker].isInTurn = false
                continue
            }
            guard workers[worker].hasRoom(for: bytes) else {
                queues[queue].workerTurns.rotate()
                continue
            }
            queues[queue].workerTurns.removeFirst()
            workers[worker].isInTurn = false
            return worker
        }
        return nil
    }

    private mutating func lease(
        _ slot: MessageTable.Slot,
        to worker: WorkerTable.Slot,
        now: Instant
    ) -> Delivery {
        let (queue, position) = (messages[slot].stage.rank, messages[slot].position)
        let id = LeaseID(position: position, attempt: messages[slot].attempts + 1)
        if case .ready(let since) = messages[slot].state {
            let waited = now.milliseconds - since.milliseconds
            queues[queue].queueTime.add(milliseconds: waited)
            queues[queue].meter.queueTime.add(waited)
        }
        let lease = OpenMessage.Lease(
            worker: worker,
            attempt: id.attempt,
            since: now,
            deadline: now + limits.lease
        )
        move(slot, to: .leased(lease))
        workers[worker].deliver(bytes: messages[slot].bytes)
        return Delivery(
            lease: id,
            priority: messages[slot].priority,
            bytes: messages[slot].bytes
        )
    }
}
