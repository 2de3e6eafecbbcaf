package import WirecopyMessages
import WirecopyQueue

// What the broker says, and peers that take nothing or are gone.
extension BrokerCore {
    /// What keeps a parcel from being handed to the socket: the peer has not taken all that was
    /// said before, or deliveries are for a worker that has gone from there.
    package func obstacle(to parcel: Parcel) -> SendObstacle? {
        if peers.isHeldUp(parcel.route) { return .heldUp }
        guard !parcel.leases.isEmpty else { return nil }
        return peers.route(to: parcel.worker) == parcel.route ? nil : .unreachable
    }

    /// A parcel was not sent: it waits for a better time, or its deliveries go to others.
    package mutating func notSent(_ parcel: Parcel, _ obstacle: SendObstacle, now: Instant) {
        self.now = now
        switch obstacle {
        case .heldUp: keep(parcel)
        case .unreachable:
            release(parcel.leases, by: parcel.worker)
            drop(parcel.route)
        }
    }

    /// Says something to a peer, or keeps it while the peer takes nothing.
    mutating func send(
        _ reply: BrokerReply,
        to route: RoutingID,
        worker: String = "",
        leases: [LeaseID] = []
    ) {
        let frames = [route] + reply.frames(inBlocks: peers[route]?.readsBlocks ?? false)
        let parcel = Parcel(frames: frames, worker: worker, leases: leases)
        if peers.isHeldUp(route) { keep(parcel) } else { act(.send(parcel)) }
    }

    /// Refuses a command, or a peer that has not greeted.
    mutating func refuse(_ route: RoutingID, _ code: RefusalCode, _ sentence: String) {
        count(code, sentence, of: route)
        send(.refuse(code: code, message: sentence), to: route)
    }

    /// Tells a worker that messages of another stage are none of its business.
    mutating func refuseOtherStage(_ leases: [LeaseID], of stage: StageName, at route: RoutingID) {
        let names = leases.prefix(8).map(\.description).joined(separator: ", ")
        let sentence = """
            A worker of the stage \(stage.rawValue) may not finish messages of other stages: \
            \(leases.count) leases, \(names).
            """
        refuse(route, .notAllowed, sentence)
    }

    /// Counts and notes a command that is not taken.
    mutating func count(_ code: RefusalCode, _ sentence: String, of route: RoutingID) {
        meter.refuse(code)
        let name = peers[route]?.name ?? "unknown"
        let total = refusedTotal
        note(of: name, .refusal(code)) { unlogged in
            .commandRefused(peer: name, code, reason: sentence, total: total, unlogged: unlogged)
        }
    }

    /// Takes a peer out; what waits for it is dropped, and deliveries in it are ready again.
    mutating func drop(_ route: RoutingID) {
        guard let peer = peers.remove(route) else { return }
        release(peer.outbox.flatMap(\.leases), by: peer.name)
        machine.disconnect(peer.name)
    }

    /// Takes out peers that have said nothing for too long; they have to greet again.
    mutating func dropSilentPeers() {
        let silence = configuration.limits.silence
        let silent = peers.peers.filter { now - $0.value.lastHeard >= silence }.keys
        for route in silent.sorted(by: { $0.lexicographicallyPrecedes($1) }) { drop(route) }
    }

    /// Offers held-up peers what waits for them; what they do not take comes back by `notSent`.
    mutating func retryIsDue() {
        retryAt = nil
        for parcel in peers.takeOutboxes() { act(.send(parcel)) }
    }

    private mutating func keep(_ parcel: Parcel) {
        let limits = configuration.memory
        // A stranger gets no memory: what it cannot take is not kept.
        guard peers[parcel.route] != nil else { return release(parcel.leases, by: parcel.worker) }
        peers.keep(parcel)
        retryAt = retryAt ?? now + BrokerLimits.retryInterval
        if let peer = peers[parcel.route],
            peer.outbox.count > limits.outboxRepliesMax || peer.outboxBytes > limits.outboxBytesMax
        {
            dropUnread(parcel.route)
        }
        while peers.waitingBytes > limits.outboxesBytesMax, let fullest = peers.fullest {
            dropUnread(fullest)
        }
    }

    private mutating func dropUnread(_ route: RoutingID) {
        note(.peerDropped(peers[route]?.name ?? ""))
        drop(route)
    }

    /// Deliveries that reached nobody are ready again, for the next turn.
    private mutating func release(_ leases: [LeaseID], by worker: String) {
        guard !leases.isEmpty else { return }
        machine.release(leases, by: worker, now: now)
        hasMore = true
    }
}
