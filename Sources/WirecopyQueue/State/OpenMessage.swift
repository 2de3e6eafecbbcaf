import WirecopyMessages

/// A message that is open and in memory, and where it stands.
struct OpenMessage: Sendable, Equatable {
    /// Where an open message stands.
    enum State: Sendable, Equatable {
        /// Waits for a worker, since this moment.
        case ready(since: Instant)
        /// A worker has it.
        case leased(Lease)
        /// Its end, or its next attempt, is on the way to the disk.
        case settling
        /// Waits for a moment to come.
        case delayed(until: Instant)
    }

    /// One worker's right to the message until a moment.
    struct Lease: Sendable, Equatable {
        let worker: String
        let attempt: Int
        let since: Instant
        var deadline: Instant
    }

    var entry: QueueEntry
    var state: State

    /// The lease, when a worker has the message.
    var lease: Lease? {
        guard case .leased(let lease) = state else { return nil }
        return lease
    }
}

/// Where an open message stands, without details: what a trace tells.
package enum OpenState: String, Sendable {
    case ready, leased, delayed
}
