package import WirecopyMessages

/// What a poll of a source brought.
package enum PollAnswer: Sendable, Equatable {
    /// A document; new addresses by the moment at which each appeared, that of the poll where the
    /// source does not say.
    case read(appeared: [Instant], status: Int)
    /// The server says that nothing changed.
    case unchanged
    /// The source is gone for good (410).
    case gone
    /// No answer, or one that cannot be read; a full sentence.
    case failed(String, status: Int?)
}

extension SourcePoll {
    /// How much earlier or later than planned a source is asked, so that sources which were added
    /// together do not stay together.
    private static let jitterShare = 0.1

    /// Takes an answer in.
    ///
    /// - Parameters:
    ///   - answer: what came back.
    ///   - asked: the least pause that the source asks for.
    ///   - now: the moment of the poll.
    ///   - chance: a random number from 0 up to, not including, 1.
    /// - Returns: after what pause the source is asked again.
    package mutating func take(
        _ answer: PollAnswer,
        asked: Duration = .zero,
        now: Instant,
        chance: Double
    ) -> Duration {
        health.note(answer, now: now)
        let schedule: PollSchedule
        let pause: Duration
        switch answer {
        case .gone: return PollSchedule.gonePause
        case .failed:
            schedule = PollSchedule(pace)
            pause = schedule.pause(failures: health.failureCount, asked: asked)
        case .read(let appeared, _):
            pace.learn(appeared, now: now)
            pause = PollSchedule(pace).pause(now: now, asked: asked)
        case .unchanged:
            pace.learn([], now: now)
            pause = PollSchedule(pace).pause(now: now, asked: asked)
        }
        // Later only, where earlier would be sooner than was asked for.
        let factor =
            1 + Self.jitterShare * (pause <= max(asked, pace.shortest) ? chance : 2 * chance - 1)
        return .milliseconds(Int(Double(pause.wholeMilliseconds) * factor))
    }
}

extension SourceHealth {
    /// Status of an answer that says that nothing changed (RFC 9110 section 15.4.5).
    private static let statusUnchanged = 304
    private static let statusGone = 410

    /// Counts a poll.
    mutating func note(_ answer: PollAnswer, now: Instant) {
        var today = takeDay(now.milliseconds / 86_400_000)
        defer { days.append(today) }
        today.polls += 1
        switch answer {
        case .read(let appeared, let status):
            today.found += appeared.count
            succeed(status, now)
        case .unchanged:
            today.unchanged += 1
            succeed(Self.statusUnchanged, now)
        case .gone:
            today.failed += 1
            fail("The source is gone for good.", Self.statusGone)
        case .failed(let sentence, let status):
            today.failed += 1
            fail(sentence, status)
        }
    }

    private mutating func succeed(_ status: Int, _ now: Instant) {
        (lastStatus, lastSuccess, lastFailure, failureCount) = (status, now, nil, 0)
    }

    private mutating func fail(_ sentence: String, _ status: Int?) {
        lastFailure = sentence
        lastStatus = status ?? lastStatus
        failureCount += 1
    }

    /// Takes the day out, to be put back at the end; forgets those that are too old.
    private mutating func takeDay(_ day: Int) -> Day {
        let today = days.last.flatMap { $0.day == day ? $0 : nil }
        if today != nil { days.removeLast() }
        days = days.suffix(Self.daysMax - 1)
        return today ?? Day(day: day)
    }
}
