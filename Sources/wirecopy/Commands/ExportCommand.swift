import ArgumentParser
import WirecopyMessages
import WirecopyProgram
import WirecopyStorage

/// `wirecopy export jsonl`: every article with everything that was found, as JSON lines.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write every article to standard output, one JSON object a line."
    )

    @Argument(help: "The format: jsonl.")
    var format = "jsonl"

    @Option(help: "Only articles since: 12h, 2d, 3w, or 2026-11-20.")
    var since: String?

    @OptionGroup var options: StoreOptions

    func validate() throws {
        guard format == "jsonl" else {
            throw ValidationError("There is no format \(format); there is jsonl.")
        }
    }

    func run() async throws {
        let since = try Moment.instant(since)
        let count = try await options.read { (store) throws(StorageFailure) in
            var articles = store.export(since: since).makeAsyncIterator()
            var count = 0
            while let article = try await articles.next() {
                Terminal.printReport(article)
                count += 1
            }
            return count
        }
        Terminal.note("\(Quantity.count(count, "article"))")
    }
}
