import WirecopyMessages

/// A peer that has greeted.
struct BrokerPeer: Sendable {
    /// Name that stays the same over reconnections.
    let name: String
    /// The stage of a worker; `nil` for a command.
    let stage: StageName?
    /// Name of the key with which it came, if the broker has keys.
    let keyName: String?
    /// True for a worker, false for a command.
    var isWorker: Bool { stage != nil }
    /// Whether it reads small messages in blocks.
    let readsBlocks: Bool
    var lastHeard: Instant
    /// What it has published and was not told of yet.
    fileprivate(set) var unconfirmed = Unconfirmed()
    /// Replies that it has not taken, in order.
    fileprivate(set) var outbox: [Parcel] = []
    /// What the outbox costs.
    fileprivate(set) var outboxBytes = 0

    /// Publications that wait for the disk.
    struct Unconfirmed: Sendable, Equatable {
        var messages = 0
        /// Bytes of content.
        var bytes = 0
    }

    init(_ hello: QueueCommand.Hello, keyName: String?, now: Instant) {
        name = hello.peer
        stage = hello.stage
        readsBlocks = hello.readsBlocks
        self.keyName = keyName
        lastHeard = now
    }
}

/// Who has greeted, by routing identity and by name, and what waits for each.
///
/// Invariant: a peer is held up exactly while its outbox holds something, and `waitingBytes` is the
/// sum over all outboxes.
struct PeerTable: Sendable {
    private(set) var peers: [RoutingID: BrokerPeer] = [:]
    private var routes: [String: RoutingID] = [:]
    private var heldUp: Set<RoutingID> = []
    /// Bytes that wait for all peers together.
    private(set) var waitingBytes = 0

    subscript(route: RoutingID) -> BrokerPeer? { peers[route] }

    /// Peers that have greeted.
    var count: Int { peers.count }
    /// Those of them that are workers.
    private(set) var workerCount = 0

    /// Routes in an order that does not depend on hashing.
    var sortedRoutes: [RoutingID] { peers.keys.sorted { $0.lexicographicallyPrecedes($1) } }

    /// Where the peer of a name is reached.
    func route(to name: String) -> RoutingID? { routes[name] }

    /// Notes that a peer lives.
    ///
    /// - Returns: its name, when it has greeted.
    mutating func heard(_ route: RoutingID, now: Instant) -> String? {
        peers[route]?.lastHeard = now
        return peers[route]?.name
    }

    /// Enters a peer; another of the same name must be taken out before.
    mutating func insert(_ peer: BrokerPeer, at route: RoutingID) {
        if peer.isWorker { workerCount += 1 }
        peers[route] = peer
        routes[peer.name] = route
    }

    /// Takes a peer out, with what waits for it.
    mutating func remove(_ route: RoutingID) -> BrokerPeer? {
        guard let peer = peers.removeValue(forKey: route) else { return nil }
        if peer.isWorker { workerCount -= 1 }
        if routes[peer.name] == route { routes[peer.name] = nil }
        heldUp.remove(route)
        waitingBytes -= peer.outboxBytes
        return peer
    }
}

// Publications.
extension PeerTable {
    /// Counts what a peer published against its window.
    mutating func published(_ messages: [Message], at route: RoutingID) {
        peers[route]?.unconfirmed.messages += messages.count
        peers[route]?.unconfirmed.bytes += messages.contentBytes
    }

    /// Counts what a peer is told of; one that greeted again meanwhile has a new account.
    mutating func confirmed(_ messages: [Message], at route: RoutingID) {
        guard let unconfirmed = peers[route]?.unconfirmed else { return }
        peers[route]?.unconfirmed.messages = max(0, unconfirmed.messages - messages.count)
        peers[route]?.unconfirmed.bytes = max(0, unconfirmed.bytes - messages.contentBytes)
    }
}

extension [Message] {
    fileprivate var contentBytes: Int { reduce(0) { $0 + $1.contentBytes } }
}

// Outboxes.
extension PeerTable {
    /// Whether a peer has not taken all that was said to it.
    func isHeldUp(_ route: RoutingID) -> Bool { !heldUp.isEmpty && heldUp.contains(route) }

    /// Keeps a parcel for later.
    mutating func keep(_ parcel: Parcel) {
        let (route, bytes) = (parcel.route, parcel.bytes)
        peers[route]?.outbox.append(parcel)
        peers[route]?.outboxBytes += bytes
        waitingBytes += bytes
        heldUp.insert(route)
    }

    /// Takes everything out of all outboxes, peer after peer.
    mutating func takeOutboxes() -> [Parcel] {
        var parcels: [Parcel] = []
        for route in heldUp.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            parcels += peers[route]?.outbox ?? []
            peers[route]?.outbox = []
            peers[route]?.outboxBytes = 0
        }
        heldUp = []
        waitingBytes = 0
        return parcels
    }

    /// The peer for which most bytes wait.
    var fullest: RoutingID? {
        heldUp.max { left, right in
            let (less, more) = (peers[left]?.outboxBytes ?? 0, peers[right]?.outboxBytes ?? 0)
            return less == more ? left.lexicographicallyPrecedes(right) : less < more
        }
    }
}
