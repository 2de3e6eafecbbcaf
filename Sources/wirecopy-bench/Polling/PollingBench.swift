import ArgumentParser
import SplitMix
import WirecopyFetch
import WirecopyMessages

/// `wirecopy-bench polling`: sources polled over virtual days, as the fetcher plans it and at fixed
/// intervals.
struct PollingBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "polling",
        abstract: "A week of polling thousands of sources on a virtual clock.",
        discussion: """
            The first week begins with sources of which nothing is known. The fixed interval \
            called same has as many requests as the adaptive one.
            """
    )

    @Option(help: "Sources.")
    var sources = 5000

    @Option(help: "Days that count.")
    var days = 7

    @Option(help: "Days before those, in which the adaptive way learns.")
    var warmUp = 0

    @Option(help: "Seed of the sources.")
    var seed: UInt64 = 1

    /// Monday, 5 October 2026.
    private static let start = Instant(milliseconds: 20_731 * 86_400_000)

    func run() throws {
        let runs = (0..<sources).map { number in
            PollingRun(
                source: ImaginedSource(
                    seed: seed &* 1_000_003 &+ UInt64(number),
                    start: Self.start,
                    days: warmUp + days
                ),
                start: Self.start,
                end: Self.start + .seconds(86_400 * (warmUp + days))
            )
        }
        let adaptive = polled(runs) { AdaptivePoller(seed: $0) }
        try report("adaptive", adaptive, beside: nil)
        let mean = Double(days) * 1440 * Double(sources) / Double(max(1, adaptive.requests))
        for (name, minutes) in [("same", mean), ("15-min", 15), ("30-min", 30), ("60-min", 60)] {
            let pause = Duration.milliseconds(Int(minutes * 60_000))
            try report(name, polled(runs) { _ in FixedPoller(pause: pause) }, beside: adaptive)
        }
    }

    private func polled(
        _ runs: [PollingRun],
        _ make: (UInt64) -> some Poller
    ) -> PollingTally {
        var tally = PollingTally()
        var random = SplitMix64(seed: seed)
        for (number, run) in runs.enumerated() {
            var poller = make(UInt64(number))
            run.run(
                from: Self.start + .seconds(86_400 * warmUp),
                first: .seconds(Int.random(in: 0..<1800, using: &random)),
                &tally
            ) { poller.pause(after: $0, now: $1) }
        }
        return tally
    }

    private func report(
        _ name: String,
        _ tally: PollingTally,
        beside reference: PollingTally?
    ) throws {
        let perDay = Double(tally.requests) / Double(sources * days)
        let reference = reference ?? tally
        let cases = [
            BenchCase("polling/\(name)/requests", perDay, "1/source/day"),
            BenchCase(
                "polling/\(name)/not-modified",
                Double(tally.unchanged) / Double(max(1, tally.requests)),
                "share"
            ),
            BenchCase(
                "polling/\(name)/nothing-new",
                Double(tally.empty) / Double(max(1, tally.requests)),
                "share"
            ),
            BenchCase(
                "polling/\(name)/delay-mean",
                tally.meanDelay / 60,
                "min",
                against: "polling/adaptive/delay-mean",
                reference.meanDelay / 60
            ),
            BenchCase("polling/\(name)/delay-p50", Double(tally.delay(0.5)) / 60, "min"),
            BenchCase("polling/\(name)/delay-p95", Double(tally.delay(0.95)) / 60, "min"),
            BenchCase(
                "polling/\(name)/missed",
                Double(tally.missed) / Double(max(1, tally.delays.count + tally.missed)),
                "share"
            ),
        ]
        for figure in cases { try figure.print() }
    }
}

/// Plans the polls of one source.
private protocol Poller {
    mutating func pause(after answer: PollAnswerSummary, now: Instant) -> Duration
}

/// As the fetcher does it.
private struct AdaptivePoller: Poller {
    private var poll = SourcePoll()
    private var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    mutating func pause(after answer: PollAnswerSummary, now: Instant) -> Duration {
        let taken: PollAnswer =
            switch answer {
            case .failed: .failed("The server does not answer.", status: nil)
            case .answered(let new, let source) where new.isEmpty && source.isConditional:
                .unchanged
            case .answered(let new, _): .read(appeared: new, status: 200)
            }
        return poll.take(taken, now: now, chance: .random(in: 0..<1, using: &random))
    }
}

/// The same pause whatever comes.
private struct FixedPoller: Poller {
    let pause: Duration

    mutating func pause(after answer: PollAnswerSummary, now: Instant) -> Duration { pause }
}
