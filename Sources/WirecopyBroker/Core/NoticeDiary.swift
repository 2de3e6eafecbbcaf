import WirecopyMessages

/// Says of which of many equal events people are told.
///
/// A peer that says nonsense can have a refusal for each command; a line a peer, cause and interval
/// is all that it can make the log grow by. All are counted.
struct NoticeDiary: Sendable {
    /// Why an event happens; with the peer it tells events apart.
    enum Cause: Sendable, Hashable {
        case refusal(RefusalCode)
        /// Finished work does not fit on the disk.
        case diskFull
    }

    private struct Key: Sendable, Hashable {
        let peer: String
        let cause: Cause
    }

    private struct Line: Sendable {
        var loggedAt: Instant
        var unlogged = 0
    }

    /// Time between two lines of one peer and cause.
    static let interval = Duration.seconds(10)
    /// Peers and causes that are told apart; a fleet of a hundred machines has fewer. What comes
    /// beyond them within an interval is told as if it came from one peer.
    static let linesMax = 4096

    private var lines: [Key: Line] = [:]

    /// Notes an event.
    ///
    /// - Returns: how many of this peer and cause were not told since the last line; `nil` when
    ///   this one is not told either.
    mutating func note(_ peer: String, _ cause: Cause, now: Instant) -> Int? {
        var key = Key(peer: peer, cause: cause)
        if lines[key] == nil, lines.count >= Self.linesMax { forget(now: now) }
        if lines[key] == nil, lines.count >= Self.linesMax { key = Key(peer: "", cause: cause) }
        guard let line = lines[key] else {
            lines[key] = Line(loggedAt: now)
            return 0
        }
        guard now - line.loggedAt >= Self.interval else {
            lines[key]?.unlogged += 1
            return nil
        }
        lines[key] = Line(loggedAt: now)
        return line.unlogged
    }

    /// Forgets what was told long ago and has left nothing out.
    private mutating func forget(now: Instant) {
        lines = lines.filter { now - $0.value.loggedAt < Self.interval || $0.value.unlogged > 0 }
        guard lines.count >= Self.linesMax else { return }
        // Counts that nobody asked for again; the metrics have them.
        lines = lines.filter { now - $0.value.loggedAt < Self.interval }
    }
}
