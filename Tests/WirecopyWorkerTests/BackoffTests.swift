import Testing
import WirecopyClient

@Suite struct BackoffTests {
    @Test func `waits double up to their limit and lie anywhere below it`() {
        var generator = SeededGenerator(state: 7)
        var longest = [Duration](repeating: .zero, count: 6)
        for _ in 0..<500 {
            var backoff = Backoff(first: .milliseconds(100), limit: .seconds(1))
            for round in longest.indices {
                longest[round] = max(longest[round], backoff.next(using: &generator))
            }
        }
        let bounds: [Duration] = [100, 200, 400, 800, 1000, 1000].map { .milliseconds($0) }
        for (wait, bound) in zip(longest, bounds) {
            #expect(wait <= bound)
            #expect(wait > bound * 0.95)
        }
    }

    @Test func `a success starts again from the first wait`() {
        var generator = SystemRandomNumberGenerator()
        var backoff = Backoff(first: .milliseconds(1), limit: .seconds(10))
        for _ in 0..<100 { #expect(backoff.next(using: &generator) <= .seconds(10)) }
        backoff.reset()
        #expect(backoff.next(using: &generator) <= .milliseconds(1))
    }
}
