import WirecopyMessages

/// What ZeroMQ calls a peer; it changes with each connection.
typealias RoutingID = [UInt8]

/// A peer that has greeted.
struct BrokerPeer: Sendable {
    /// A reply that waits because the peer takes nothing at the moment.
    struct Waiting: Sendable {
        let frames: [[UInt8]]
        /// Deliveries in it, which are ready again if it is never sent.
        let leases: [LeaseID]
    }

    /// Replies that wait for one peer; more means that it does not read at all.
    static let outboxMax = 1024
    /// Bytes of these replies.
    static let outboxBytesMax = 64 << 20

    /// Name that stays the same over reconnections.
    let name: String
    /// True for a worker, false for a command.
    let isWorker: Bool
    var lastHeard: Instant
    private(set) var outbox: [Waiting] = []
    private var outboxBytes = 0

    init(name: String, isWorker: Bool, now: Instant) {
        self.name = name
        self.isWorker = isWorker
        lastHeard = now
    }

    /// Keeps a reply for later; false when the peer has too many.
    mutating func keep(_ waiting: Waiting) -> Bool {
        outboxBytes += waiting.frames.reduce(0) { $0 + $1.count }
        outbox.append(waiting)
        return outbox.count <= Self.outboxMax && outboxBytes <= Self.outboxBytesMax
    }

    /// Forgets the first replies, which were sent.
    mutating func removeFirst(_ count: Int) {
        for waiting in outbox.prefix(count) {
            outboxBytes -= waiting.frames.reduce(0) { $0 + $1.count }
        }
        outbox.removeFirst(count)
    }
}

/// Who has greeted, by routing identity and by name.
struct PeerTable: Sendable {
    /// Peers at the same time; a hundred machines of a hundred processes.
    static let countMax = 10_000

    private(set) var peers: [RoutingID: BrokerPeer] = [:]
    private var routes: [String: RoutingID] = [:]

    subscript(route: RoutingID) -> BrokerPeer? {
        _read { yield peers[route] }
        _modify { yield &peers[route] }
    }

    /// Where the peer of a name is reached.
    func route(to name: String) -> RoutingID? { routes[name] }

    /// Enters a peer; another of the same name must be taken out before.
    mutating func insert(_ peer: BrokerPeer, at route: RoutingID) {
        peers[route] = peer
        routes[peer.name] = route
    }

    /// Takes a peer out.
    mutating func remove(_ route: RoutingID) -> BrokerPeer? {
        guard let peer = peers.removeValue(forKey: route) else { return nil }
        if routes[peer.name] == route { routes[peer.name] = nil }
        return peer
    }
}
