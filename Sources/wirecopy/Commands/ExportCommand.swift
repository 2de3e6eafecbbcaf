import ArgumentParser
import RobotsFile
import WirecopyMessages
import WirecopyProgram
import WirecopyStorage

/// `wirecopy export`: everything that is known, for other programs.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write articles as JSON lines, or pages as a web archive.",
        subcommands: [JSONLines.self, WARC.self],
        defaultSubcommand: JSONLines.self
    )

    /// `export jsonl`
    struct JSONLines: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "jsonl",
            abstract:
                "Write every article to standard output, one JSON object a line (the default)."
        )

        @Option(help: "Only articles since: 12h, 2d, 3w, or 2026-11-20.")
        var since: String?

        @Option(
            help: ArgumentHelp(
                "Leave out articles whose publisher asks one of these.",
                discussion: "Words with commas: \(UsageSignal.words).",
                valueName: "signals"
            )
        )
        var without: String?

        @OptionGroup var options: StoreOptions

        func validate() throws { _ = try UsageSignal.named(in: without) }

        func run() async throws {
            let leftOut = try UsageSignal.named(in: without)
            let since = try Moment.instant(since)
            let count = try await options.read { (store) throws(StorageFailure) in
                var articles = store.export(since: since, usageLeftOut: leftOut)
                    .makeAsyncIterator()
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

    /// `export warc`
    struct WARC: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "warc",
            abstract:
                "Write pages as they came in, as a WARC 1.1 file with one gzip member a record.",
            discussion: """
                wirecopy export warc --host tide.example --since 2d --out tide.warc.gz
                """
        )

        @Option(help: "File to write, which must not be there yet; standard output without it.")
        var out: String?

        @Flag(help: "Write feeds, sitemaps and other answers too that are no pages.")
        var all = false

        @OptionGroup var selection: SelectionOptions
        @OptionGroup var options: DataOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard out != nil || !Terminal.showsOutput else {
                throw ValidationError("Name a file with --out, or send the output into one.")
            }
            guard out != nil || !output.json else {
                throw ValidationError("--json goes with --out.")
            }
        }

        func run() async throws {
            _ = options.program.startLogging("wirecopy")
            let reports = try QueueAccess.journal(in: options.directory)
            let request = try selection.request(stage: nil)
            let export = try ArchiveExport(reports: reports, request: request, all: all)
            let report = try export.write(to: out)
            if output.json { return Terminal.printReport(report) }
            let size = Quantity.bytes(report.bytes)
            let others = report.otherVisits
            let visits = others == 0 ? "" : "\(Quantity.count(others, "other visit")), "
            Terminal.note("\(Quantity.count(report.pages, "page")), \(visits)\(size)")
            guard report.unreadable == 0 else {
                throw ProgramFailure(
                    .incomplete,
                    "\(Quantity.count(report.unreadable, "page")) could not be read and "
                        + "\(report.unreadable == 1 ? "is" : "are") left out: "
                        + "\(report.unreadableCause ?? "")"
                )
            }
        }
    }
}

extension UsageSignal {
    /// All words that a publisher may ask.
    fileprivate static var words: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// The words of a list with commas, each checked.
    fileprivate static func named(in list: String?) throws -> [String] {
        let words = (list ?? "").split { $0 == "," || $0 == " " }.map(String.init)
        if list != nil, words.isEmpty { throw ValidationError("--without names no signal.") }
        for word in words where UsageSignal(rawValue: word) == nil {
            throw ValidationError("\(word) is no signal; the signals are \(Self.words).")
        }
        return words
    }
}
