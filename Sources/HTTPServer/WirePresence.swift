import Glibc

/// The connections of a server, and which of them make room for a new one.
///
/// A connection without a request in hand is the client's to keep open and ours to close; the one
/// that has been so for the longest time goes first. So connections that say nothing, however many,
/// keep nobody out.
struct WirePresence {
    private enum Doing {
        case waiting(since: ContinuousClock.Instant)
        case answering
        /// Shut down for another; its thread closes it.
        case leaving
    }

    private var open: [Int32: Doing] = [:]
    private(set) var isStopped = false

    /// What becomes of a new connection.
    enum Admission {
        case admitted
        /// All others are being answered, or the server stops.
        case full
        /// So many are about to end that there will be room in a moment.
        case soon
    }

    /// Takes a new connection, if need be in the place of one that waits.
    mutating func admit(
        _ descriptor: Int32,
        _ limit: Int,
        now: ContinuousClock.Instant
    ) -> Admission {
        guard !isStopped else { return .full }
        let leaving = open.count { if case .leaving = $0.value { true } else { false } }
        if open.count - leaving >= limit {
            guard leaving < limit else { return .soon }
            guard let longest = longestWaiting else { return .full }
            open[longest] = .leaving
            shutdown(longest, Int32(SHUT_RDWR))
        }
        open[descriptor] = .waiting(since: now)
        return .admitted
    }

    /// Notes whether a connection waits for its client.
    mutating func note(_ descriptor: Int32, waits: Bool, now: ContinuousClock.Instant) {
        guard let doing = open[descriptor] else { return }
        if case .leaving = doing { return }
        open[descriptor] = waits ? .waiting(since: now) : .answering
    }

    /// Closes a connection and forgets it.
    mutating func remove(_ descriptor: Int32) {
        open[descriptor] = nil
        close(descriptor)
    }

    /// Ends all connections and admits no more; false when it did so before.
    mutating func stop() -> Bool {
        for descriptor in open.keys { shutdown(descriptor, Int32(SHUT_RDWR)) }
        defer { isStopped = true }
        return !isStopped
    }

    private var longestWaiting: Int32? {
        var longest: (descriptor: Int32, since: ContinuousClock.Instant)?
        for case (let descriptor, .waiting(let since)) in open
        where longest.map({ since < $0.since }) ?? true {
            longest = (descriptor, since)
        }
        return longest?.descriptor
    }
}
