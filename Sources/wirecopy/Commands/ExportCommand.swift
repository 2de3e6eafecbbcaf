import ArgumentParser
import WirecopyMessages
import WirecopyProgram
import WirecopyWeb

/// `wirecopy export`: everything that is known, for other programs.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write articles in forms that others read, or pages as a web archive.",
        subcommands: [
            JSONLines.self, CSVExport.self, MarkdownExport.self, NinjsExport.self,
            NewsArticleExport.self, AtomExport.self, SQLiteExport.self, WARC.self,
        ],
        defaultSubcommand: JSONLines.self
    )

    /// `export jsonl`
    struct JSONLines: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "jsonl",
            abstract:
                "Write every article to standard output, one JSON object a line (the default)."
        )

        @OptionGroup var selection: ArticleSelectionOptions
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await write(.jsonl, selection, options)
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
