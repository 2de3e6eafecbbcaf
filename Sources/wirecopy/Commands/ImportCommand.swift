import ArgumentParser
import Foundation
import WirecopyFetch
import WirecopyMessages
import WirecopyProgram

/// `wirecopy import`: takes in what other programs collected.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take in the pages of web archives.",
        subcommands: [WARC.self]
    )

    /// `import warc FILE...`
    struct WARC: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "warc",
            abstract: "Take in the pages of WARC and ARC files, also gzipped.",
            discussion: """
                A damaged record is told, counted and rejected; the rest is taken. Revisits are \
                taken with the content of the record that they refer to, if it is in the same \
                file. A running service gets the pages; without one they are processed to the end.
                """
        )

        @Argument(help: "Archives, folders of them, or - for standard input.")
        var files: [String]

        @Flag(
            name: .customLong("dry-run"),
            help: "Tell what would be taken, and what not and why; write nothing."
        )
        var isDryRun = false

        @OptionGroup var plan: FleetPlan
        @OptionGroup var options: DataOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let logger = options.program.startLogging("wirecopy")
            guard !isDryRun else {
                return await InputPreview.show(files, settings, asJSON: output.json)
            }
            let stop = StopFlag()
            let report = try await Pipeline.use(options, plan: plan, logger: logger, stop: stop) {
                (pipeline) async throws(ProgramFailure) in
                try await take(pipeline, stop)
            }
            try finish(report, wasStopped: stop.isRaised)
        }

        private func take(
            _ pipeline: Pipeline,
            _ stop: StopFlag
        ) async throws(ProgramFailure) -> ImportReport {
            let watch = LedgerWatch(connection: pipeline.connection)
            let progress = RunProgress(before: try await watch.status().ledger)
            let publisher = InputPublisher(connection: pipeline.connection, stop: stop)
            let count = try await publisher.publish(files, settings, showsRejected: true)
            var report = ImportReport(publisher.archiveTally, published: count)
            guard pipeline.isOwn else { return report }
            let status = try await watch.follow(progress, until: { true }, stop).get()
            report.outcomes = progress.report(status).outcomes
            return report
        }

        private var settings: InputSettings {
            var settings = InputSettings(
                source: "/wirecopy/import",
                workingDirectory: FileManager.default.currentDirectoryPath
            )
            settings.takesOnlyArchives = true
            return settings
        }

        private func finish(
            _ report: ImportReport,
            wasStopped: Bool
        ) throws(ProgramFailure) {
            if output.json { Terminal.printReport(report) } else { show(report) }
            if wasStopped {
                throw ProgramFailure(
                    .interrupted,
                    "Stopped; importing the same files again takes the rest, and nothing twice."
                )
            }
            guard report.damaged == 0 else {
                throw ProgramFailure(
                    .incomplete,
                    "\(Quantity.count(report.damaged, "damaged record")) could not be taken."
                )
            }
        }

        private func show(_ report: ImportReport) {
            let parts = [
                Quantity.count(report.records, "record"),
                "\(Quantity.count(report.pages, "page")) taken", "\(report.damaged) damaged",
                "\(report.passedOver.values.reduce(0, +)) passed over",
            ]
            Terminal.print(parts.joined(separator: "  "))
            for (reason, count) in report.passedOver.sorted(by: { $0.key < $1.key }) {
                Terminal.print("  \(count)  \(reason)")
            }
            if report.revisits > 0 { Terminal.print("\(report.revisits) of the pages by revisits") }
            if report.digestsWrong > 0 {
                Terminal.print("\(Quantity.count(report.digestsWrong, "block digest")) wrong")
            }
            let ends = OutcomeKind.counts { report.outcomes?[$0.rawValue] ?? 0 }
            if !ends.isEmpty { Terminal.print(ends.joined(separator: "  ")) }
        }
    }
}

/// What an import found and took.
struct ImportReport: Report {
    /// See `ArchiveTally`.
    var damaged: Int
    /// See `ArchiveTally`.
    var digestsWrong: Int
    /// How the pages ended; `nil` when a service goes on with them.
    var outcomes: [String: Int]?
    /// Pages that were taken.
    var pages: Int
    /// Records that hold no page, by what they are.
    var passedOver: [String: Int]
    /// Messages on the broker's disk: pages, and rejections of what is damaged.
    var published: Int
    /// Records that can be read.
    var records: Int
    /// Of the pages, those whose content came from an earlier record.
    var revisits: Int

    /// Tells a tally.
    init(_ tally: ArchiveTally, published: Int) {
        damaged = tally.damaged
        digestsWrong = tally.digestsWrong
        pages = tally.pages
        passedOver = tally.passedOver
        records = tally.records
        revisits = tally.revisits
        self.published = published
    }
}
