import Testing
import WirecopyMessages

@testable import WirecopyQueue

@Suite struct RetryPolicyTests {
    @Test(arguments: ErrorCode.allCases)
    func `waits grow to their bound and never exceed it`(_ code: ErrorCode) {
        var generator = SeededGenerator()
        let policy = RetryPolicy()
        let bound = RetryPolicy.backoff(of: code).longest
        for attempt in 1..<policy.attemptsMax {
            let next = policy.next(
                after: StageFailure(code, .retry(after: nil), "It failed."),
                attempt: attempt,
                now: .ms(0),
                using: &generator
            )
            guard case .delayed(let until) = next else {
                Issue.record("Attempt \(attempt) was the last.")
                return
            }
            #expect(0...bound.wholeMilliseconds ~= until.milliseconds)
        }
    }

    @Test func `a wait beyond all bounds is cut to a day`() {
        var generator = SeededGenerator()
        let next = RetryPolicy().next(
            after: StageFailure(.httpRateLimited, .retry(after: .milliseconds(Int.max)), "Wait."),
            attempt: 1,
            now: .ms(0),
            using: &generator
        )
        #expect(next == .delayed(until: .ms(86_400_000)))
    }
}

@Suite struct DurationHistogramTests {
    @Test func `percentiles are within an eighth of the truth`() {
        var histogram = DurationHistogram()
        for milliseconds in 1...1000 { histogram.add(milliseconds: milliseconds) }
        #expect(437...563 ~= histogram.percentile(50))
        #expect(831...1069 ~= histogram.percentile(95))
    }

    @Test func `an empty histogram says 0 and hostile durations do no harm`() {
        var histogram = DurationHistogram()
        #expect(histogram.percentile(50) == 0)
        histogram.add(milliseconds: Int.max)
        histogram.add(milliseconds: Int.min)
        #expect(histogram.percentile(1) == 0)
        #expect(histogram.percentile(99) > 60_000_000)
    }

    @Test func `the past is forgotten`() {
        var histogram = DurationHistogram()
        for _ in 0..<4096 { histogram.add(milliseconds: 1000) }
        for _ in 0..<20_000 { histogram.add(milliseconds: 2) }
        #expect(histogram.percentile(95) == 2)
    }
}

@Suite struct DeadlineHeapTests {
    @Test func `elements come out by rank`() {
        var heap = DeadlineHeap()
        var generator = SeededGenerator()
        let ranks = (0..<500).map { _ in Int.random(in: 0..<100, using: &generator) }
        for (position, rank) in ranks.enumerated() { heap.insert(rank: rank, position: position) }
        var taken: [Int] = []
        while let element = heap.removeFirst() { taken.append(element.rank) }
        #expect(taken == ranks.sorted())
    }
}

@Suite struct PayloadCacheTests {
    @Test func `the cache holds no more than its bytes`() {
        var maker = MessageMaker()
        var cache = PayloadCache(bytesMax: 100)
        let message = maker.output(
            .fetchedPage,
            from: maker.request(),
            data: [],
            attachments: [
                [UInt8](repeating: 1, count: 60)
            ]
        )
        cache.insert(message, at: 1)
        cache.insert(message, at: 2)
        #expect(cache[1] == message)
        #expect(cache[2] == nil)
        cache.remove(1)
        cache.insert(message, at: 2)
        #expect(cache[2] == message)
    }
}
