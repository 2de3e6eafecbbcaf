import ArgumentParser
import WirecopyMessages
import WirecopyProgram
import WirecopyStorage

/// `wirecopy quotes`: statements, by speaker or about something.
struct QuotesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quotes",
        abstract: "List who said what, those of the newest articles first."
    )

    @Option(help: "Only statements of speakers with these words in their name.")
    var by: String?

    @Option(help: "Only statements whose sentence has these words.")
    var about: String?

    @Option(help: "Only from articles since: 12h, 2d, 3w, or 2026-11-20.")
    var since: String?

    @Option(help: "Most statements to list.")
    var limit = 50

    @OptionGroup var options: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let since = try Moment.instant(since)
        let query = QuotationQuery(by: by, about: about, since: since, limit: limit)
        let report = try await options.read { (store) throws(StorageFailure) in
            try await store.quotations(query)
        }
        if output.json { return Terminal.printReport(report) }
        for statement in report.quotations {
            let speaker = statement.speakerEntity ?? statement.speaker ?? "?"
            let cue = statement.cue.map { " (\($0))" } ?? ""
            let date = statement.published?.prefix(10) ?? "no date"
            Terminal.print(Terminal.safe("\(speaker)\(cue): \(statement.text)"))
            Terminal.print(
                Terminal.safe(
                    "    \(statement.article)  \(date)  \(statement.title ?? statement.url)"
                )
            )
        }
        let more = report.hasMore ? "; there are more: --limit" : ""
        Terminal.note("\(Quantity.count(report.quotations.count, "statement"))\(more)")
    }
}
