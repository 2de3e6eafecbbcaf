/// Waits between attempts: exponential with full jitter, so that many peers that lost one broker
/// do not come back all at once.
///
/// Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
package struct Backoff: Sendable, Equatable {
    /// Upper bound of the first wait.
    package var first: Duration
    /// Upper bound of every wait.
    package var limit: Duration
    private var failures = 0

    /// Makes a backoff that has not waited yet.
    package init(first: Duration = .milliseconds(100), limit: Duration = .seconds(10)) {
        self.first = first
        self.limit = limit
    }

    /// Gives the next wait: anything from nothing to the bound, which doubles each time.
    package mutating func next(using generator: inout some RandomNumberGenerator) -> Duration {
        // 2^20 times any sensible first wait is beyond any limit; more would overflow.
        let bound = min(limit, first * (1 << min(failures, 20)))
        failures += 1
        return bound * Double.random(in: 0...1, using: &generator)
    }

    /// Starts again from the first wait, after a success.
    package mutating func reset() { failures = 0 }
}
