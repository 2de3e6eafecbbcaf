import Logging
import WirecopyMessages
import WirecopyQueue
import ZeroMQ

// What the broker says.
extension BrokerPort {
    /// Bytes of content in one command, unless a single message has more: large enough to carry a
    /// batch, small enough that a slow connection does not hold a worker up.
    private static let commandBytesMax = 1 << 20

    /// True while some peer has not taken all that was said to it.
    var hasWaitingReplies: Bool { !blockedRoutes.isEmpty }

    /// Says something to a peer, or keeps it while the peer takes nothing.
    func send(_ reply: BrokerReply, to route: RoutingID, leases: [LeaseID] = []) {
        let waiting = BrokerPeer.Waiting(frames: [route] + reply.frames, leases: leases)
        if blockedRoutes.contains(route) { return keep(waiting, for: route) }
        switch transmit(waiting.frames) {
        case .sent: return
        case .wouldBlock: keep(waiting, for: route)
        case .hostUnreachable: lose(route, undelivered: leases)
        }
    }

    /// Refuses a command, or a peer that has not greeted.
    func refuse(_ route: RoutingID, _ code: RefusalCode, _ sentence: String) {
        refusedTotal += 1
        logger.warning(
            "A command was refused.",
            metadata: [
                "peer.name": "\(peers[route]?.name ?? "unknown")", "refusal": "\(code.rawValue)",
                "reason": "\(sentence)", "refused.total": "\(refusedTotal)",
            ]
        )
        send(.refuse(code: code, message: sentence), to: route)
    }

    /// Sends leased messages whose content is at hand, and has the others read.
    func deliver(_ actions: [QueueStateMachine.DeliverAction]) {
        for action in actions {
            var ready: [BrokerReply.Delivery] = []
            var missing = action
            missing.deliveries = []
            for delivery in action.deliveries {
                if let message = cache[delivery.lease.position] {
                    ready.append(Self.reply(delivery, message))
                } else {
                    missing.deliveries.append(delivery)
                }
            }
            send(ready, to: action.worker)
            if !missing.deliveries.isEmpty { loadThread?.submit(missing) }
        }
    }

    /// Sends leased messages that were read from the journal.
    func deliver(_ loaded: Loaded) {
        var ready: [BrokerReply.Delivery] = []
        for (delivery, content) in loaded.contents
        where machine.holds(delivery.lease, loaded.worker) {
            switch content {
            case .success(let message): ready.append(Self.reply(delivery, message))
            case .failure(let failure): giveBack(delivery.lease, of: loaded.worker, failure)
            }
        }
        send(ready, to: loaded.worker)
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

    /// Only content that is gone or damaged makes a dead letter at once; a lack of descriptors or a
    /// fault of the disk may pass, and counts as an attempt.
    private func giveBack(_ lease: LeaseID, of worker: String, _ failure: QueueFailure) {
        logger.error(
            "A message cannot be read back.",
            metadata: ["message.position": "\(lease.position)", "error": "\(failure.message)"]
        )
        let reason =
            failure.code == .contentUnreadable
            ? StageFailure(.attachmentInvalid, .bury, failure.message)
            : StageFailure(.attachmentInvalid, .retry(after: nil), failure.message)
        let action = machine.fail(lease, reason, by: worker, now: now, using: &generator)
        guard case .persist(let delivery) = action else { return }
        submit(.change([.fail(delivery)]), as: .expire([delivery]))
    }

    private func send(_ deliveries: [BrokerReply.Delivery], to worker: String) {
        guard let route = peers.route(to: worker) else {
            return machine.release(deliveries.map(\.lease), by: worker, now: now)
        }
        var rest = deliveries[...]
        while !rest.isEmpty {
            var bytes = 0
            let command = rest.prefix(MessageLimits.messagesPerCommand).prefix { delivery in
                defer { bytes += delivery.message.contentBytes }
                return bytes == 0 || bytes + delivery.message.contentBytes <= Self.commandBytesMax
            }
            rest = rest.dropFirst(command.count)
            send(.deliver(Array(command)), to: route, leases: command.map(\.lease))
        }
    }
}

// Peers that take nothing, and peers that are gone.
extension BrokerPort {
    /// Tries again to send what waits for each peer.
    func flushAll() {
        for route in blockedRoutes { flush(route) }
    }

    /// Takes a peer out; what waits for it is dropped, and deliveries in it are ready again.
    func drop(_ route: RoutingID) {
        blockedRoutes.remove(route)
        guard let peer = peers.remove(route) else { return }
        machine.release(peer.outbox.flatMap(\.leases), by: peer.name, now: now)
        machine.disconnect(peer.name)
    }

    /// Takes out peers that have said nothing for too long; they have to greet again.
    func dropSilentPeers() {
        let silence = configuration.limits.silence
        for (route, peer) in peers.peers where now - peer.lastHeard >= silence { drop(route) }
    }

    private func transmit(_ frames: [[UInt8]]) -> Socket.SendOutcome {
        do {
            return try socket?.send(frames) ?? .hostUnreachable
        } catch {
            logger.error("A reply could not be sent.", metadata: ["error": "\(error.message)"])
            return .hostUnreachable
        }
    }

    private func keep(_ waiting: BrokerPeer.Waiting, for route: RoutingID) {
        guard let isKept = peers[route]?.keep(waiting) else { return }
        blockedRoutes.insert(route)
        guard !isKept else { return }
        logger.warning(
            "A peer reads nothing and is dropped.",
            metadata: ["peer.name": "\(peers[route]?.name ?? "")"]
        )
        drop(route)
    }

    private func lose(_ route: RoutingID, undelivered leases: [LeaseID]) {
        guard let name = peers[route]?.name else { return }
        machine.release(leases, by: name, now: now)
        drop(route)
    }

    private func flush(_ route: RoutingID) {
        let waiting = peers[route]?.outbox ?? []
        var sent = 0
        flushing: for reply in waiting {
            switch transmit(reply.frames) {
            case .sent: sent += 1
            case .wouldBlock: break flushing
            case .hostUnreachable: return drop(route)
            }
        }
        peers[route]?.removeFirst(sent)
        if sent == waiting.count { blockedRoutes.remove(route) }
    }
}
