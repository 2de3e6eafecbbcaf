import ArgumentParser
import Foundation
import WirecopyMessages
import WirecopyProgram
import WirecopyStorage

/// `wirecopy search WORDS`: finds articles.
struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find articles by words, \"phrases\", begin*, -without; the best come first."
    )

    @Argument(parsing: .allUnrecognized, help: "Words that must all occur.")
    var words: [String]

    @Option(help: "Only articles of this host.")
    var host: String?

    @Option(help: "Only articles since: 12h, 2d, 3w, or 2026-11-20.")
    var since: String?

    @Option(help: "Only articles until: 12h, 2d, 3w, or 2026-11-20.")
    var until: String?

    @Option(help: "Only articles of authors with these words in their names.")
    var author: String?

    @Option(help: "Only articles in this language: en, de, en-GB.")
    var language: String?

    @Option(help: "Most articles to list.")
    var limit = 20

    @OptionGroup var options: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        var query = SearchQuery(
            text: words.joined(separator: " "),
            host: host,
            since: try Moment.instant(since),
            limit: limit
        )
        query.until = try Moment.instant(until)
        query.author = author
        query.language = language
        let asked = query
        let report = try await options.read { (store) throws(StorageFailure) in
            try await store.search(asked)
        }
        if output.json { return Terminal.printReport(report) }
        for hit in report.hits {
            let date = hit.published?.prefix(10) ?? "no date"
            Terminal.print("\(hit.id)  \(date)  \(Terminal.safe(hit.title ?? "(no title)"))")
            Terminal.print("    \(Terminal.safe(hit.snippet))")
            Terminal.print("    \(Terminal.safe(hit.url))")
        }
        let more = report.hasMore ? "; there are more: --limit" : ""
        let bound = "; only the \(SearchReport.rankedMax) that came last were ranked"
        let ranked = report.isPartial ? bound : ""
        Terminal.note("\(Quantity.count(report.hits.count, "article"))\(more)\(ranked)")
    }
}
