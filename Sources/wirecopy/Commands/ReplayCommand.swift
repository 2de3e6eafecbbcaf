import ArgumentParser
import Foundation
import WirecopyMessages
import WirecopyProgram

/// `wirecopy replay`: sends finished or dead messages through again.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Send pages through a stage again, from the journal; nothing is fetched anew.",
        discussion: """
            Look first:   wirecopy replay --stage parse --since 2d --dry-run
            What changes: wirecopy replay --stage parse --host tide.example --compare
            Hold, go on:  wirecopy replay pause 3   wirecopy replay resume 3   wirecopy replay ls
            """,
        subcommands: [Start.self, List.self, Pause.self, Resume.self],
        defaultSubcommand: Start.self
    )

    /// `replay --stage STAGE`
    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "start",
            abstract: "Select messages and send them through again (the default)."
        )

        @Option(help: "Stage that shall work again: fetch, parse, extract or store.")
        var stage: String

        @OptionGroup var selection: SelectionOptions

        @Flag(help: "Count what would be replayed; change nothing.")
        var dryRun = false

        @Flag(help: "Show field by field what this program would find; change nothing.")
        var compare = false

        @Option(help: "With --compare: look at most at so many messages.")
        var limit: Int?

        @OptionGroup var plan: FleetPlan
        @OptionGroup var options: DataOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard StageName(rawValue: stage) != nil else {
                throw ValidationError("--stage is fetch, parse, extract or store, not \(stage).")
            }
            guard !(dryRun && compare) else {
                throw ValidationError("Say --dry-run or --compare, not both.")
            }
            guard limit.map({ $0 > 0 && compare }) ?? true else {
                throw ValidationError("--limit is a count above 0 and goes with --compare.")
            }
        }

        func run() async throws {
            let logger = options.program.startLogging("wirecopy")
            let request = try selection.request(stage: StageName(rawValue: stage))
            if compare { return try await showComparison(request) }
            if dryRun {
                let queue = try await QueueAccess.open(options, logger)
                let report = try await queue.countReplay(request)
                await queue.close()
                return show(report)
            }
            let session = ReplaySession(options: options, plan: plan, logger: logger)
            try ReplayCommand.finish(try await session.start(request), output)
        }

        private func showComparison(_ request: ReplayRequest) async throws {
            let reports = try QueueAccess.journal(in: options.directory)
            let comparison = try StageComparison(stage: stage, reports: reports)
            let report = try await comparison.run(request, limit: limit ?? .max)
            if output.json { return Terminal.printReport(report) }
            ComparisonScreen(report).lines(columns: Terminal.columns).forEach(Terminal.print)
        }

        private func show(_ report: ReplayReport) {
            if output.json { return Terminal.printReport(report) }
            let size = Quantity.bytes(report.bytes)
            Terminal.print("\(Quantity.count(report.count, "message")) selected, \(size)")
            let hosts = report.hosts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            for (host, count) in hosts { Terminal.print("  \(count)  \(Terminal.safe(host))") }
        }
    }

    /// Tells how a replay ended; one that was held ends with the status of an interruption.
    static func finish(
        _ record: ReplayRecord?,
        _ output: OutputOptions
    ) throws(ProgramFailure) {
        guard let record else {
            let nothing = ReplayReport(count: 0, bytes: 0, hosts: [:], replayed: 0)
            guard !output.json else { return Terminal.printReport(nothing) }
            return Terminal.print("0 messages selected")
        }
        if output.json { Terminal.printReport(record) }
        let progress = "\(record.replayed) of \(Quantity.count(record.count, "message"))"
        guard record.state == .finished else {
            throw ProgramFailure(
                .interrupted,
                "Replay \(record.id) is held after \(progress); "
                    + "wirecopy replay resume \(record.id) goes on with it."
            )
        }
        if !output.json { Terminal.print("replay \(record.id): \(progress) sent through again") }
    }
}
