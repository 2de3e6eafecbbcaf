import Glibc
package import WirecopyMessages

/// Decides when a source is asked again.
///
/// A request has a price, and an article that has appeared and is not yet here costs by the hour.
/// A source is asked when the waiting that has probably come together since the last poll is worth
/// a request: at a steady rate of λ articles an hour, after √(2 · price / λ) hours, which for given
/// requests over many sources makes the whole waiting least (Sia, Cho and Cho, "Efficient
/// Monitoring Algorithm for Fast News Alerts", IEEE TKDE 2007). The rate is that of the hour of the
/// day, so that a newsroom that sleeps is left alone and found in the morning.
package struct PollSchedule: Sendable {
    /// What a request is worth, in hours that one article waits: a source with one article an hour
    /// is asked every half hour, one with six every twelve minutes, one with one a day every two
    /// and a half hours.
    package static let requestPriceHours = 0.125
    /// After this time what was seen counts half: a week has all days in it.
    static let halfLifeHours = 7.0 * 24
    /// What is taken for granted before anything was seen: so many hours watched ...
    static let priorHours = 2.0
    /// ... at so many articles an hour.
    static let priorRate = 0.5
    /// Each hour of the day is taken to have been watched for so long at the rate of the whole day.
    static let hourPriorHours = 0.5
    /// How finely the future is walked through.
    private static let step = Duration.seconds(300)
    /// The first pause after a failure; each further one doubles it.
    private static let failurePause = Duration.seconds(900)
    /// Doublings after which the pause is longer than any source's longest.
    private static let doublingsMax = 10
    /// A source that is gone is asked once a month whether it came back.
    package static let gonePause = Duration.seconds(30 * 86_400)

    private let pace: SourcePace

    /// Judges by this pace.
    package init(_ pace: SourcePace) { self.pace = pace }

    /// How long after `now` the source is asked again, when the last poll went well; between the
    /// bounds of the pace. `asked` is the least pause that the source asks for (`ttl`, `max-age`),
    /// which counts up to the pace's longest.
    package func pause(now: Instant, asked: Duration = .zero) -> Duration {
        var pause = Duration.zero
        var (articles, waiting) = (0.0, 0.0)
        let stepHours = Self.hours(Self.step)
        while pause < pace.longest, waiting < Self.requestPriceHours {
            let appeared = rate(at: now + pause) * stepHours
            // Those of this step wait half of it, on average.
            waiting += articles * stepHours + appeared * stepHours / 2
            articles += appeared
            pause += Self.step
        }
        return min(max(pause, pace.shortest, asked), pace.longest)
    }

    /// How long after a poll that failed the source is asked again; `failures` counts from 1.
    package func pause(failures: Int, asked: Duration = .zero) -> Duration {
        let doublings = min(max(0, failures - 1), Self.doublingsMax)
        let pause = Self.failurePause * (1 << doublings)
        return min(max(pause, pace.shortest, asked), max(pace.longest, pace.shortest))
    }

    /// Articles an hour that are expected at a moment.
    package func rate(at moment: Instant) -> Double {
        let hour = Self.hourOfDay(moment)
        return (pace.articles[hour] + Self.hourPriorHours * rateOfDay)
            / (pace.hours[hour] + Self.hourPriorHours)
    }

    private var rateOfDay: Double {
        (pace.articles.reduce(0, +) + Self.priorHours * Self.priorRate)
            / (pace.hours.reduce(0, +) + Self.priorHours)
    }

    static func hours(_ duration: Duration) -> Double {
        Double(duration.wholeMilliseconds) / 3_600_000
    }

    static func hourOfDay(_ moment: Instant) -> Int {
        moment.milliseconds / 3_600_000 % SourcePace.hoursOfDay
    }
}

extension SourcePace {
    /// The longest time between two polls that is learned from; what appeared in it is not known
    /// to the hour.
    private static let watchedMax = Duration.seconds(48 * 3600)

    /// Learns from a poll: the articles that are new, by the moment at which each appeared, or by
    /// that of the poll where the source does not say.
    ///
    /// The first poll teaches nothing but its moment: what stood there may be years old.
    package mutating func learn(_ appeared: [Instant], now: Instant) {
        defer { asOf = now }
        guard let since = asOf, since < now else { return }
        let half = PollSchedule.hours(now - since) / PollSchedule.halfLifeHours
        let fading = exp2(-half)
        for hour in 0..<Self.hoursOfDay {
            articles[hour] *= fading
            hours[hour] *= fading
        }
        watch(from: max(since, now + (.zero - Self.watchedMax)), to: now)
        for moment in appeared {
            // A date before the last poll is that of an article which was published later than it
            // says, and one after this poll is wrong: both appeared between the two.
            let moment = since < moment && moment <= now ? moment : now
            articles[PollSchedule.hourOfDay(moment)] += 1
        }
    }

    /// Adds the time between two moments to the hours of the day in which it lies.
    private mutating func watch(from start: Instant, to end: Instant) {
        var moment = start.milliseconds
        while moment < end.milliseconds {
            let next = min((moment / 3_600_000 + 1) * 3_600_000, end.milliseconds)
            let hour = PollSchedule.hourOfDay(Instant(milliseconds: moment))
            hours[hour] += Double(next - moment) / 3_600_000
            moment = next
        }
    }
}
