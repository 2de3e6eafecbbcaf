import WirecopyMessages

/// What polling cost and brought, over all sources.
struct PollingTally {
    /// Requests.
    var requests = 0
    /// Requests that were answered with "not modified".
    var unchanged = 0
    /// Requests that brought nothing new, whatever the answer.
    var empty = 0
    /// Articles that left the document before it was read.
    var missed = 0
    /// Seconds from publication to the poll that found the article, for each.
    var delays: [Int] = []

    /// The seconds below which this share of the delays lies.
    func delay(_ share: Double) -> Int {
        let sorted = delays.sorted()
        guard !sorted.isEmpty else { return 0 }
        return sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
    }

    /// Mean of the delays in seconds.
    var meanDelay: Double {
        delays.isEmpty ? 0 : Double(delays.reduce(0, +)) / Double(delays.count)
    }
}

/// Polls one imagined source over a stretch of time.
struct PollingRun {
    let source: ImaginedSource
    let start: Instant
    let end: Instant

    /// Polls from a chance moment in the first half hour on; `next` takes an answer and gives the
    /// pause to the next poll. Only what lies at or behind `from` is counted.
    func run(
        from: Instant,
        first: Duration,
        _ tally: inout PollingTally,
        next: (PollAnswerSummary, Instant) -> Duration
    ) {
        var now = start + first
        var known = source.published.partitioningIndex { $0 > now }
        var isFirst = true
        while now < end {
            let counts = now >= from
            if counts { tally.requests += 1 }
            let hour = (now - start).wholeMilliseconds / 3_600_000
            guard !source.outage.contains(hour) else {
                if counts { tally.empty += 1 }
                now = now + next(.failed, now)
                continue
            }
            let there = source.published.partitioningIndex { $0 > now }
            let new = source.published[known..<there]
            count(new, now, counts: counts && !isFirst, &tally)
            if counts, new.isEmpty {
                tally.empty += 1
                if source.isConditional { tally.unchanged += 1 }
            }
            known = there
            isFirst = false
            now = now + next(.answered(Array(new.suffix(ImaginedSource.shown)), source), now)
        }
    }

    private func count(
        _ new: ArraySlice<Instant>,
        _ now: Instant,
        counts: Bool,
        _ tally: inout PollingTally
    ) {
        guard counts else { return }
        tally.missed += max(0, new.count - ImaginedSource.shown)
        for moment in new.suffix(ImaginedSource.shown) {
            tally.delays.append((now - moment).wholeMilliseconds / 1000)
        }
    }
}

/// What an imagined source answers.
enum PollAnswerSummary {
    case failed
    case answered([Instant], ImaginedSource)
}

extension [Instant] {
    /// The first index whose element satisfies a predicate that is false before and true behind it.
    fileprivate func partitioningIndex(_ isBehind: (Instant) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
