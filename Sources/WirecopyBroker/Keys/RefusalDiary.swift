package import WirecopyMessages
package import WirecopyMetrics

/// Counts connections that were not taken, and says when one of them should be logged.
///
/// Anybody who reaches the port can have connections refused, as many as he likes; a line a reason
/// and interval is all that he can make the log grow by.
package struct RefusalDiary: Sendable {
    /// Why a connection was not taken, closed.
    package enum Reason: String, Sendable, CaseIterable, Hashable {
        /// Its key is in no list.
        case unknownKey = "unknown_key"
        /// Its key was taken back.
        case revokedKey = "revoked_key"
        /// It does not speak CURVE (`NULL`, `PLAIN`), or does where nothing is encrypted.
        case notEncrypted = "not_encrypted"
        /// It cannot be understood with the broker's key: a wrong key, or recorded bytes.
        case wrongBrokerKey = "wrong_broker_key"
        /// It does not follow the protocol of connections.
        case malformed
        /// It ended, or said nothing for too long, before it was ready.
        case broken
    }

    /// A line for the log.
    package struct Entry: Sendable, Equatable {
        /// Why the connection was not taken.
        package let reason: Reason
        /// Connections refused for this reason since the broker started.
        package let total: Int
        /// How many of them were not logged since the last line.
        package let unlogged: Int
    }

    /// Time between two lines of one reason.
    static let interval = Duration.seconds(10)

    /// Refused connections since the start, by reason.
    package private(set) var totals = CountTable<Reason>()
    private var loggedAt: [Reason: Instant] = [:]
    private var unlogged: [Reason: Int] = [:]

    /// Makes a diary without entries.
    package init() {}

    /// Counts a connection.
    ///
    /// - Returns: what to log; `nil` when a line of the same reason was logged just before.
    package mutating func note(_ reason: Reason, now: Instant) -> Entry? {
        totals[reason] += 1
        if let last = loggedAt[reason], now - last < Self.interval {
            unlogged[reason, default: 0] += 1
            return nil
        }
        loggedAt[reason] = now
        defer { unlogged[reason] = 0 }
        return Entry(
            reason: reason,
            total: totals[reason],
            unlogged: unlogged[reason, default: 0]
        )
    }
}
