import Testing
import WirecopyMessages

@testable import WirecopyFetch

struct PollScheduleTests {
    private static let midnight = Instant(milliseconds: 20_000 * 86_400_000)

    /// The pace of a source that was polled each half hour for so many days, and had new articles
    /// in the hours that `articles` names.
    private func pace(days: Int, _ articles: (_ hour: Int) -> Int) -> SourcePace {
        var pace = SourcePace()
        pace.learn([], now: Self.midnight)
        for halfHour in 1...days * 48 {
            let now = Self.midnight + .seconds(1800 * halfHour)
            let hour = (halfHour - 1) / 2 % 24
            let count = halfHour.isMultiple(of: 2) ? articles(hour) : 0
            pace.learn(Array(repeating: now + .seconds(-60), count: count), now: now)
        }
        return pace
    }

    private func pause(_ pace: SourcePace, hour: Int = 12) -> Duration {
        PollSchedule(pace).pause(now: Self.midnight + .seconds(3600 * (24 * 30 + hour)))
    }

    @Test func `a source of which nothing is known is asked within the hour`() {
        #expect((.seconds(1800)...Duration.seconds(3600)).contains(pause(SourcePace())))
    }

    @Test func `one article an hour is worth a request each half hour`() {
        #expect(
            (.seconds(1500)...Duration.seconds(2100)).contains(pause(pace(days: 20) { _ in 1 }))
        )
    }

    @Test func `a hundred times the articles are worth ten times the requests`() {
        let rare = pause(pace(days: 20) { $0 == 12 ? 1 : 0 }, hour: 0)
        let many = pause(pace(days: 20) { _ in 4 })
        #expect(many <= .seconds(1200))
        #expect(rare > many * 5)
    }

    @Test func `a newsroom that sleeps is left alone until the morning`() {
        let pace = pace(days: 20) { (8..<20).contains($0) ? 2 : 0 }
        let (night, day) = (pause(pace, hour: 22), pause(pace, hour: 10))
        #expect(day < .seconds(1800))
        #expect(night > .seconds(2 * 3600))
        // It is asked again soon after the first articles of the morning appear.
        #expect(night < .seconds(11 * 3600))
    }

    @Test func `what was long ago weighs little`() {
        var pace = pace(days: 20) { _ in 4 }
        let before = pause(pace)
        for day in 21...60 { pace.learn([], now: Self.midnight + .seconds(86_400 * day)) }
        #expect(pause(pace) > before * 3)
    }

    @Test func `the bounds of the pace hold, and the pause that the source asks for`() {
        var pace = pace(days: 20) { _ in 60 }
        #expect(pause(pace) == pace.shortest)
        pace.shortest = .seconds(900)
        #expect(pause(pace) == .seconds(900))
        #expect(
            PollSchedule(pace).pause(now: Self.midnight, asked: .seconds(7200)) == .seconds(7200)
        )
        pace.longest = .seconds(3600)
        #expect(
            PollSchedule(pace).pause(now: Self.midnight, asked: .seconds(7200)) == .seconds(3600)
        )
    }

    @Test func `failures double the pause up to the longest`() {
        let schedule = PollSchedule(SourcePace())
        #expect(schedule.pause(failures: 1) == .seconds(900))
        #expect(schedule.pause(failures: 3) == .seconds(3600))
        #expect(schedule.pause(failures: 1, asked: .seconds(5000)) == .seconds(5000))
        for failures in [9, 100, .max] {
            #expect(schedule.pause(failures: failures) == .seconds(86_400))
        }
    }

    @Test func `dates that cannot be are taken as that of the poll`() {
        var pace = SourcePace()
        pace.learn([Self.midnight], now: Self.midnight)
        #expect(pace.articles.reduce(0, +) == 0)
        let noon = Self.midnight + .seconds(12 * 3600)
        pace.learn([Self.midnight + .seconds(-86_400), noon + .seconds(86_400)], now: noon)
        #expect(pace.articles[12] == 2)
        #expect(abs(pace.hours.reduce(0, +) - 12) < 0.001)
        // A clock that was set back teaches nothing.
        pace.learn([noon], now: Self.midnight)
        #expect(pace.articles[12] == 2)
    }
}

struct SeenAddressesTests {
    @Test func `what was seen is seen again after a way through text`() {
        var seen = SeenAddresses()
        for number in 0..<500 { seen.insert("https://news.example/\(number)") }
        seen.insert("https://news.example/1")
        let again = SeenAddresses(encoded: seen.encoded)
        #expect(again == seen)
        #expect(again.encoded.utf8.count == 500 * 8)
        #expect(again.contains("https://news.example/499"))
        #expect(!again.contains("https://news.example/500"))
    }

    @Test func `text that is none of ours was not seen`() {
        #expect(SeenAddresses(encoded: "no Base64 !").isEmpty)
        #expect(SeenAddresses(encoded: "AQID").isEmpty)
        #expect(!SeenAddresses(encoded: "AQIDBAUGBw==").isEmpty)
    }

    @Test func `a document may not grow without bound`() {
        var seen = SeenAddresses()
        for number in 0..<SeenAddresses.countMax + 10 { seen.insert("\(number)") }
        #expect(seen.encoded.utf8.count == SeenAddresses.countMax * 8)
    }
}

struct PollAnswerTests {
    private static let noon = Instant(milliseconds: 20_000 * 86_400_000 + 43_200_000)

    @Test func `what a poll brought is counted on its day`() {
        var poll = SourcePoll()
        _ = poll.take(.read(appeared: [], status: 200), now: Self.noon, chance: 0.5)
        let later = Self.noon + .seconds(3600)
        _ = poll.take(.read(appeared: [later, later], status: 200), now: later, chance: 0.5)
        _ = poll.take(.unchanged, now: later + .seconds(60), chance: 0.5)
        _ = poll.take(.failed("It is down.", status: 503), now: later + .seconds(90), chance: 0.5)
        var day = SourceHealth.Day(day: 20_000)
        (day.polls, day.found, day.unchanged, day.failed) = (4, 2, 1, 1)
        #expect(poll.health.days == [day])
        #expect(poll.health.lastSuccess == later + .seconds(60))
        #expect(poll.health.lastStatus == 503)
        #expect(poll.health.lastFailure == "It is down.")
        #expect(poll.health.failureCount == 1)
        _ = poll.take(.unchanged, now: later + .seconds(86_400), chance: 0.5)
        #expect(poll.health.days.map(\.day) == [20_000, 20_001])
        #expect(poll.health.failureCount == 0)
        #expect(poll.health.lastFailure == nil)
    }

    @Test func `two weeks of days are kept`() {
        var poll = SourcePoll()
        for day in 0..<40 {
            _ = poll.take(.unchanged, now: Self.noon + .seconds(86_400 * day), chance: 0.5)
        }
        #expect(poll.health.days.map(\.day) == Array(20_026...20_039))
    }

    @Test func `sources that were added together drift apart, and none comes before its time`() {
        let pauses = [0, 0.5, 0.999].map { chance in
            var poll = SourcePoll()
            return poll.take(.unchanged, now: Self.noon, chance: chance)
        }
        #expect(pauses[0] < pauses[1])
        #expect(pauses[1] < pauses[2])
        for chance in [0, 0.999] {
            var poll = SourcePoll()
            let asked = Duration.seconds(7200)
            let pause = poll.take(.unchanged, asked: asked, now: Self.noon, chance: chance)
            #expect(pause >= asked)
        }
    }

    @Test func `a source that is gone is asked once a month`() {
        var poll = SourcePoll()
        let pause = poll.take(.gone, now: Self.noon, chance: 0.5)
        #expect(pause == .seconds(30 * 86_400))
        #expect(poll.health.lastStatus == 410)
    }
}
