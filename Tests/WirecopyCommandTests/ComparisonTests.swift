import Testing
import WirecopyMessages

@testable import wirecopy

@Suite struct ComparisonTests {
    private func field(_ values: String...) -> ComparedField { ComparedField("authors", values) }

    @Test func `a field is gained, lost, changed or the same`() {
        let kinds = [
            ([], ["a"]), (["a"], []), (["a"], ["b"]), (["a", "b"], ["b", "a"]), (["a"], ["a"]),
        ].map { Difference(before: $0, after: $1).kind }
        #expect(kinds == [.gained, .lost, .changed, .changed, .same])
    }

    @Test func `values of lists are counted with their repetitions`() {
        let difference = Difference(before: ["a", "a", "b"], after: ["a", "c", "c"])
        #expect(difference.valuesGained == 2)
        #expect(difference.valuesLost == 2)
        let reordered = Difference(before: ["a", "b"], after: ["b", "a"])
        #expect(reordered.valuesGained == 0)
        #expect(reordered.valuesLost == 0)
    }

    private func add(_ tally: inout ComparisonTally, _ host: String, _ pair: [[String]]) {
        tally.add(
            url: "https://\(host)/1",
            host: host,
            recorded: [ComparedField("title", pair[0])],
            version: "1.0",
            computed: [ComparedField("title", pair[1])]
        )
    }

    @Test func `differences are told by field, by site and by example`() throws {
        var tally = ComparisonTally(stage: .parse, version: "1.1")
        add(&tally, "tide.example", [["Old"], ["New"]])
        add(&tally, "tide.example", [["Same"], ["Same"]])
        add(&tally, "reef.example", [[], ["New"]])
        let report = tally.finished()
        #expect(report.pages == 3)
        #expect(report.changedPages == 2)
        #expect(report.recordedVersions == ["1.0": 3])
        let title = try #require(report.fields.first)
        #expect([title.gained, title.changed, title.same, title.lost] == [1, 1, 1, 0])
        #expect(report.sites.map(\.host) == ["reef.example", "tide.example"])
        #expect(report.sites.map(\.pages) == [1, 2])
        #expect(report.examples.map(\.before) == ["Old", nil])
        #expect(report.examples.map(\.after) == ["New", "New"])
        let screen = ComparisonScreen(report).lines(columns: 100).joined(separator: "\n")
        for part in ["2 would change", "title", "tide.example", "- Old", "+ New"] {
            #expect(screen.contains(part), "\(part)")
        }
    }

    @Test func `sites and examples are bounded, whatever is compared`() {
        var tally = ComparisonTally(stage: .parse, version: "1.1")
        let long = String(repeating: "x", count: 5000)
        for number in 0..<(ComparisonReport.sitesMax + 50) {
            add(&tally, "site\(number).example", [["a"], [long]])
        }
        let report = tally.finished()
        #expect(report.sites.count == ComparisonReport.sitesMax + 1)
        let others = report.sites.first { $0.host == ComparisonReport.otherSites }
        #expect(others?.pages == 50)
        #expect(report.examples.count == ComparisonReport.examplesMax)
        #expect(report.examples.allSatisfy { ($0.after?.utf8.count ?? 0) < 300 })
    }

    @Test func `an article that would be rejected loses all its fields`() {
        let page = FetchedPage(
            url: "https://tide.example/1",
            origin: "http",
            fetchedAt: Instant(milliseconds: 1),
            bodyBytes: 1,
            bodyDigest: "sha256:"
        )
        var article = ParsedArticle(
            page: page,
            encoding: "utf-8",
            paragraphs: [Paragraph(.body, "Calm sea.")]
        )
        article.title = Evidenced("Kalvik", source: "h1", confidence: 1)
        var tally = ComparisonTally(stage: .parse, version: "1.1")
        tally.add(
            url: page.url,
            host: "tide.example",
            recorded: ComparedOutput.payload(article).fields,
            version: "1.0",
            computed: ComparedOutput.payload(Outcome(rejected: .noMainText, "No text.")).fields
        )
        let fields = tally.finished().fields
        #expect(fields.first { $0.field == "result" }?.changed == 1)
        #expect(fields.first { $0.field == "title" }?.lost == 1)
        #expect(fields.first { $0.field == "paragraphs" }?.valuesLost == 1)
        #expect(fields.first { $0.field == "modified" }?.same == 1)
    }

    @Test func `other certainty about a value is no change`() {
        let sure = ComparedField("title", Evidenced("a", source: "h1", confidence: 1).value)
        let unsure = ComparedField("title", Evidenced("a", source: "og", confidence: 0.5).value)
        #expect(sure == unsure)
    }
}
