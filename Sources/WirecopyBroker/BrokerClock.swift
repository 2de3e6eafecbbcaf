import FoundationEssentials
import WirecopyMessages

/// The broker's time: the wall clock at the start, carried on by a clock that never jumps, so that
/// setting the machine's clock neither ends leases nor makes them eternal.
struct BrokerClock: Sendable {
    private let startedAt: Instant
    private let start = ContinuousClock.now

    init() {
        startedAt = Instant(milliseconds: Int(Date.now.timeIntervalSince1970 * 1000))
    }

    /// This moment.
    var now: Instant { startedAt + (ContinuousClock.now - start) }
}
