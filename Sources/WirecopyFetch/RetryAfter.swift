import Curl
import WirecopyMessages

/// Reads the pause that a server asks for (RFC 9110 section 10.2.3).
enum RetryAfter {
    /// The pause from now on, at least a second and at most `limit`; `nil` when it is unreadable.
    static func pause(_ value: String, now: Instant, limit: Duration) -> Duration? {
        let shortest = Duration.seconds(1)
        if !value.isEmpty, value.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) {
            // Too many digits for a number are a very long pause.
            let seconds = Int64(value).map { min($0, limit.components.seconds) }
            return min(limit, max(shortest, seconds.map { .seconds($0) } ?? limit))
        }
        guard let date = HTTPDate.secondsSince1970(value) else { return nil }
        let pause = Instant(milliseconds: date * 1000) - now
        return min(limit, max(shortest, pause))
    }
}

extension HTTPResponse {
    /// The pause that the server asks for; `nil` when it asks for none that can be read.
    func retryAfter(now: Instant, limit: Duration) -> Duration? {
        header("Retry-After").flatMap { RetryAfter.pause($0, now: now, limit: limit) }
    }
}
