package import WirecopyMessages
import WirecopyQueue

// Who gets which message, and where its content comes from.
extension BrokerCore {
    /// Leases what can be leased, unless too much is being read already.
    mutating func lease() {
        let limits = configuration.memory
        guard loadingBytes < limits.loadingBytesMax else { return }
        let actions = machine.deliveries(countMax: limits.deliveriesPerTurnMax, now: now)
        var count = 0
        for action in actions {
            count += action.deliveries.count
            deliver(action)
        }
        if count == limits.deliveriesPerTurnMax { hasMore = true }
    }

    /// Takes contents that were read from the journal, and sends them.
    package mutating func take(_ loaded: LoadedContents, now: Instant) {
        if case .ended = phase { return }
        self.now = now
        loadingBytes -= loaded.job.bytes
        let worker = loaded.job.worker
        var ready: [BrokerReply.Delivery] = []
        for (delivery, content) in zip(loaded.job.deliveries, loaded.contents) {
            let isWanted = machine.holds(delivery.lease, worker)
            if isWanted, case .success(let message) = content {
                ready.append(Self.reply(delivery, message))
                continue
            }
            if isWanted, case .failure(let failure) = content {
                giveBack(delivery.lease, of: worker, failure)
            }
            machine.withdraw(delivery, from: worker)
        }
        send(ready, to: worker)
    }

    /// Sends leased messages whose content is at hand, and has the others read.
    private mutating func deliver(_ action: QueueStateMachine.DeliverAction) {
        var ready: [BrokerReply.Delivery] = []
        var missing: [QueueStateMachine.Delivery] = []
        for delivery in action.deliveries {
            if let message = cache[delivery.lease.position] {
                ready.append(Self.reply(delivery, message))
            } else {
                missing.append(delivery)
            }
        }
        send(ready, to: action.worker)
        load(missing, for: action.worker)
    }

    private mutating func load(_ deliveries: [QueueStateMachine.Delivery], for worker: String) {
        var rest = deliveries[...]
        while !rest.isEmpty {
            let count = BrokerLimits.batchCount(bytes: rest.lazy.map(\.bytes))
            let job = LoadJob(worker: worker, deliveries: Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
            loadingBytes += job.bytes
            act(.load(job))
        }
    }

    private mutating func send(_ deliveries: [BrokerReply.Delivery], to worker: String) {
        guard let route = peers.route(to: worker) else {
            return machine.release(deliveries.map(\.lease), by: worker, now: now)
        }
        var rest = deliveries[...]
        while !rest.isEmpty {
            let count = BrokerLimits.batchCount(bytes: rest.lazy.map(\.message.contentBytes))
            let batch = Array(rest.prefix(count))
            rest = rest.dropFirst(count)
            meter.delivered(bytes: batch.reduce(0) { $0 + $1.message.contentBytes })
            send(.deliver(batch), to: route, worker: worker, leases: batch.map(\.lease))
        }
    }

    /// Only content that is gone or damaged makes a dead letter at once; a lack of descriptors or a
    /// fault of the disk may pass, and is not the message's.
    private mutating func giveBack(
        _ lease: LeaseID,
        of worker: String,
        _ failure: QueueFailure
    ) {
        note(.contentUnreadable(position: lease.position, reason: failure.message))
        let reason =
            failure.code == .contentUnreadable
            ? StageFailure(.journalDamaged, .bury, failure.message)
            : StageFailure(.contentUnavailable, .retry(after: nil), failure.message)
        let given = QueueCommand.Failure(lease: lease, reason)
        let action = machine.fail(given, by: worker, now: now, using: &generator)
        guard case .persist(let delivery) = action else { return }
        submit(.change([.fail(delivery)]), as: .expire([delivery]))
    }

    private static func reply(
        _ delivery: QueueStateMachine.Delivery,
        _ message: Message
    ) -> BrokerReply.Delivery {
        BrokerReply.Delivery(
            lease: delivery.lease,
            priority: delivery.priority,
            message: message
        )
    }
}
