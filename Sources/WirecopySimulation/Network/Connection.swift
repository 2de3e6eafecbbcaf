import WirecopyBroker

/// One direction of a connection: parcels in order, as TCP keeps them.
struct Pipe {
    struct Parcel {
        let arrival: Int
        let frames: [[UInt8]]
    }

    private var parcels: [Parcel] = []
    private var first = 0
    private var lastArrival = 0
    /// Nothing arrives before this moment.
    var stalledUntil = 0
    /// The moment for which a pump is entered; `nil` for none.
    var pumpAt: Int?

    /// Parcels on their way.
    var count: Int { parcels.count - first }

    /// When the next parcel arrives; `nil` when none is on its way.
    var nextArrival: Int? {
        first < parcels.count ? max(parcels[first].arrival, stalledUntil) : nil
    }

    mutating func append(_ frames: [[UInt8]], arrival: Int) {
        lastArrival = max(lastArrival, arrival)
        parcels.append(Parcel(arrival: lastArrival, frames: frames))
    }

    /// Takes the next parcel if it has arrived.
    mutating func take(now: Int) -> [[UInt8]]? {
        guard let next = nextArrival, next <= now else { return nil }
        defer {
            first += 1
            if first > 64 {
                parcels.removeFirst(first)
                first = 0
            }
        }
        return parcels[first].frames
    }

    /// Loses all but the first so many parcels.
    mutating func keep(_ count: Int) {
        parcels = Array(parcels[first...].prefix(count))
        first = 0
    }

    /// Takes everything out, arrived or not.
    mutating func takeAll() -> [[[UInt8]]] {
        defer { keep(0) }
        return parcels[first...].map(\.frames)
    }
}

/// A connection of a peer's socket to the broker's, from its making to its loss.
///
/// ZeroMQ makes a lost connection anew by itself, under another route; what was on its way is lost
/// from some point on, and the socket's owner is told nothing.
struct Connection {
    enum State {
        /// The broker has not taken it yet.
        case waiting
        /// Both sides see it.
        case open
        /// It is cut; what still arrives was on its way.
        case cut
    }

    /// Index of the peer that made it.
    let peer: Int
    /// What the broker calls the peer over this connection.
    let route: RoutingID
    var state = State.waiting
    /// True when the peer's socket is closed: nothing reaches it any more.
    var isClosed = false
    /// From this moment on the broker knows that it is cut.
    var isKnownCutAt = Int.max
    var up = Pipe()
    var down = Pipe()
}
