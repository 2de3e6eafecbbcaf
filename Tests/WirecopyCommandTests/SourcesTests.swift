import Testing
import WirecopyMessages
import WirecopyProgram
import WirecopyStorage

@testable import wirecopy

struct SourcesTests {
    private static let today = 20_000
    private static let now = Instant(milliseconds: today * 86_400_000 + 43_200_000)

    private func source(
        _ url: String = "https://news.example/feed",
        _ change: (inout SourcePoll) -> Void = { _ in }
    ) -> SourcesReport.Source {
        var poll = SourcePoll()
        change(&poll)
        return SourcesReport.Source(url: url, poll: poll, due: Self.now + .seconds(90))
    }

    /// A source that brought so many articles a day up to `last` days ago.
    private func yielding(_ perDay: Int, last: Int) -> SourcesReport.Source {
        source { poll in
            poll.health.lastSuccess = Self.now
            poll.health.days = (0..<14).map { number in
                var day = SourceHealth.Day(day: Self.today - 13 + number)
                day.polls = 20
                day.found = 13 - number >= last ? perDay : 0
                return day
            }
        }
    }

    private func verdict(_ source: SourcesReport.Source) -> SourceVerdict {
        SourceVerdict(source, now: Self.now)
    }

    @Test func `a source dries up when its usual yield does not explain the silence`() {
        #expect(verdict(yielding(5, last: 0)) == .well)
        #expect(verdict(yielding(5, last: 1)) == .well)
        #expect(verdict(yielding(5, last: 3)) == .dry(days: 3))
        #expect(verdict(yielding(1, last: 4)) == .well)
        #expect(verdict(yielding(1, last: 9)) == .dry(days: 9))
        #expect(verdict(yielding(0, last: 0)) == .well)
    }

    @Test func `failures are trouble when they go on, or from the start`() {
        let passing = source { poll in
            poll.health.lastSuccess = Self.now
            poll.health.failureCount = 2
        }
        #expect(verdict(passing) == .well)
        let failing = source { poll in
            poll.health.lastSuccess = Self.now
            poll.health.failureCount = 3
        }
        #expect(verdict(failing) == .failing(count: 3))
        #expect(verdict(source { $0.health.failureCount = 1 }) == .failing(count: 1))
        let gone = source { poll in
            poll.health.failureCount = 1
            poll.health.lastStatus = 410
        }
        #expect(verdict(gone) == .gone)
        #expect(verdict(source()) == .new)
        #expect(verdict(failing).isTrouble && verdict(gone).isTrouble)
        #expect(!verdict(passing).isTrouble && !verdict(source()).isTrouble)
    }

    @Test func `trouble stands first, with its reason`() {
        let failing = source("https://z.example/") { poll in
            poll.health.failureCount = 5
            poll.health.lastFailure = "https://z.example/ answered with status 503."
            poll.health.lastStatus = 503
        }
        let screen = SourcesScreen([source("https://a.example/"), failing], now: Self.now)
        let lines = screen.health(columns: 200)
        #expect(lines[1].contains("5 polls failed: https://z.example/ answered with status 503."))
        #expect(lines[2].hasPrefix("new"))
        let list = screen.list(columns: 200)
        #expect(list[1].contains("1:30 min"))
        #expect(list[1].contains("never"))
    }

    @Test func `titles of sources cannot steer the terminal`() {
        let hostile = source { $0.title = "a\u{1B}[2Jb" }
        let lines = SourcesScreen([hostile], now: Self.now).list(columns: 200)
        #expect(!lines.joined().contains("\u{1B}"))
    }

    @Test func `intervals are read as people type them`() throws {
        #expect(try PollInterval("15m").duration == .seconds(900))
        #expect(try PollInterval("1d").duration == .seconds(86_400))
        for text in ["", "5", "0m", "59s", "31d", "-5m", "m", "99999999999999999999d"] {
            #expect(throws: ProgramFailure.self, "\(text)") { try PollInterval(text) }
        }
    }

    @Test func `a list of feeds is read and written`() throws {
        let folder = try ScratchFolder()
        let text = SourceList.text([source(), source("https://b.example/?a=1&b=<2>")])
        let path = try folder.write("sources.opml", text)
        #expect(
            try SourceList.read(path)
                == ["https://news.example/feed", "https://b.example/?a=1&b=<2>"]
        )
        #expect(throws: ProgramFailure.self) { try SourceList.read(folder.path + "/none") }
        let other = try folder.write("page.html", "<p>No list.")
        #expect(throws: ProgramFailure.self) { try SourceList.read(other) }
    }

    /// Ten articles a day over 30 days, of which the last week's have no date.
    private func yield(dated share: Int, perDay: Int = 10) -> SourceYield {
        let days = (0..<30).map { number in
            var day = SourceYield.Day(day: Self.today - 29 + number, articles: perDay)
            (day.withAuthor, day.withText, day.withTitle) = (perDay, perDay, perDay)
            day.withDate = number > 22 ? perDay * share / 100 : perDay
            return day
        }
        return SourceYield(articles: 30 * perDay, days: days)
    }

    @Test func `a source is thin when a field of its articles becomes rare`() {
        let source = yielding(10, last: 0)
        let verdict = SourceVerdict(source, stored: yield(dated: 30), now: Self.now)
        guard case .thin(let part) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(part == ThinPart(part: "date", before: 100, now: 30))
        #expect(part.sentence == "dates in 30 % of the articles of 7 days, 100 % before")
        #expect(verdict.isTrouble)
        #expect(SourceVerdict(source, stored: yield(dated: 90), now: Self.now) == .well)
        #expect(SourceVerdict(source, stored: yield(dated: 0, perDay: 1), now: Self.now) == .well)
    }

    @Test func `a source is thin when what it names is not stored any more`() {
        var stored = yield(dated: 100)
        for index in stored.days.indices where stored.days[index].day >= Self.today - 7 {
            stored.days[index] = SourceYield.Day(day: stored.days[index].day, articles: 1)
            stored.days[index].withAuthor = 1
            (stored.days[index].withDate, stored.days[index].withText) = (1, 1)
            stored.days[index].withTitle = 1
        }
        let verdict = SourceVerdict(yielding(10, last: 0), stored: stored, now: Self.now)
        #expect(verdict == .thin(ThinPart(part: "stored", before: 100, now: 10)))
    }

    @Test func `health tells what the store has of a source, also under its old address`() {
        let source = source { $0.health.movedFrom = "https://old.example/feed" }
        let yields = [source.url: yield(dated: 100), "https://old.example/feed": yield(dated: 50)]
        let report = SourceHealthReport([source], yields: yields, now: Self.now)
        #expect(report.health[0].stored?.articles == 600)
        #expect(report.health[0].stored?.withTitle == 1)
        #expect(report.health[0].state == "new")
        let screen = SourcesScreen([source], yields: [:], now: Self.now)
        #expect(screen.health(columns: 120).first?.contains("AUTHOR") == true)
        #expect(SourceHealthReport([source], yields: nil, now: Self.now).health[0].stored == nil)
    }
}
