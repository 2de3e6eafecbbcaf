import Testing
import WirecopyMessages

@testable import WirecopyQueue

struct SourceReportTests {
    @Test func `sources are the polls that are open, with what they learned`() throws {
        let directory = try TemporaryDirectory()
        let journal = try LogJournal(directory: directory.path)
        var maker = MessageMaker()
        var poll = SourcePoll()
        poll.kind = .feed
        poll.title = "Harbour Post"
        poll.health.failureCount = 2
        var day = SourceHealth.Day(day: 20_000)
        day.found = 3
        poll.health.days = [day]
        let url = "https://news.example/feed"
        var messages = [maker.poll("a key of another kind"), maker.request()]
        for address in [url, "https://other.example/feed"] {
            let waiting = maker.poll(SourcePoll.key(of: address), notBefore: .ms(90_000))
            let request = FetchRequest(url: address, origin: "url", poll: poll)
            messages.append(Message(envelope: waiting.envelope, payload: request))
        }
        _ = try journal.commit(messages.map { .append($0) }, now: .ms(1000))
        let report = try journal.reports.sources(SourcesRequest())
        #expect(report.sources.map(\.url) == [url, "https://other.example/feed"])
        #expect(report.next == nil)
        let first = try #require(report.sources.first)
        #expect(first.dueMs == 90_000)
        #expect(first.title == "Harbour Post")
        #expect(first.failures == 2)
        #expect(first.days.map(\.found) == [3])
        #expect(try SourcesReport(reportJSON: report.reportJSON()) == report)
        let open = try #require(try journal.reports.openPoll(of: url))
        #expect(open.position == 3)
        let end = maker.stored(from: open.message)
        _ = try journal.commit([.acknowledge(position: 3, outputs: [end])], now: .ms(2000))
        #expect(try journal.reports.openPoll(of: url) == nil)
        #expect(try journal.reports.sources(SourcesRequest()).sources.count == 1)
        #expect(try journal.reports.sources(SourcesRequest(after: 4)).sources.isEmpty)
    }
}
