import ArgumentParser
import WirecopyMessages
import WirecopyProgram
import WirecopyStorage

/// `wirecopy quotes`: statements, by speaker or about something.
struct QuotesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quotes",
        abstract: "List who said what, those of the newest articles first.",
        discussion: """
            A statement that several articles tell is listed once, with how many they are and how
            many of those are no copies.
            """
    )

    @Option(help: "Only statements of speakers with these words in their name.")
    var by: String?

    @Option(help: "Only statements whose sentence has these words.")
    var about: String?

    @Option(help: "Only from articles of this story: its number, a URL, words of a headline.")
    var story: String?

    @Option(help: "Only from articles since: 12h, 2d, 3w, or 2026-11-20.")
    var since: String?

    @Option(help: "Only from articles until: 12h, 2d, 3w, or 2026-11-20.")
    var until: String?

    @Option(help: "Only statements given so, with commas: direct, partial, continued, indirect.")
    var kind: String?

    @Flag(help: "List each article's telling of a statement by itself.")
    var each = false

    @Option(help: "Most statements to list.")
    var limit = 50

    @OptionGroup var options: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws { _ = try kinds() }

    func run() async throws {
        var query = QuotationQuery(
            by: by,
            about: about,
            since: try Moment.instant(since),
            limit: limit
        )
        query.until = try Moment.instant(until)
        query.kinds = try kinds()
        query.isOnce = !each
        if let story { query.story = try await options.story(story).summary.id }
        let asked = query
        let report = try await options.read { (store) throws(StorageFailure) in
            try await store.quotations(asked)
        }
        if output.json { return Terminal.printReport(report) }
        report.quotations.flatMap(StatementLines.lines).forEach { Terminal.print($0) }
        let more = report.hasMore ? "; there are more: --limit" : ""
        Terminal.note("\(Quantity.count(report.quotations.count, "statement"))\(more)")
    }

    private func kinds() throws -> [QuotationKind] {
        try (kind ?? "").split { $0 == "," || $0 == " " }.map { word in
            guard let kind = QuotationKind(rawValue: String(word)), kind != .notSpeech else {
                throw ValidationError(
                    "\(word) is no kind; the kinds are direct, partial, continued, indirect."
                )
            }
            return kind
        }
    }
}
