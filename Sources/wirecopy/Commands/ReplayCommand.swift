import ArgumentParser
import WirecopyMessages
import WirecopyProgram

/// `wirecopy replay`: sends finished or dead messages through again.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Send pages through a stage again, from the journal; nothing is fetched anew.",
        discussion: """
            Look first:  wirecopy replay --stage parse --since 2d --dry-run
            """
    )

    @Option(help: "Stage that shall work again: fetch, parse, extract or store.")
    var stage: String

    @Option(help: "Only pages queued since: 90m, 12h, 2d, or 2026-11-20.")
    var since: String?

    @Option(help: "Only pages queued before: 90m, 12h, 2d, or 2026-11-20.")
    var until: String?

    @Option(help: "Only pages of this host.")
    var host: String?

    @Option(help: "Only the page of this URL.")
    var url: String?

    @Option(help: "Only pages that ended so: stored, unchanged, duplicate, rejected or dead.")
    var outcome: String?

    @Option(help: "Only pages that ended for this reason, such as no_main_text.")
    var reason: String?

    @Flag(help: "Count what would be replayed; change nothing.")
    var dryRun = false

    @OptionGroup var plan: FleetPlan
    @OptionGroup var options: DataOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard StageName(rawValue: stage) != nil else {
            throw ValidationError("--stage is fetch, parse, extract or store, not \(stage).")
        }
        if let outcome, OutcomeKind(rawValue: outcome) == nil {
            throw ValidationError("There is no outcome \(outcome).")
        }
    }

    func run() async throws {
        let logger = options.program.startLogging("wirecopy")
        var request = try request()
        request.dryRun = dryRun
        if dryRun {
            let queue = try await QueueAccess.open(options, logger)
            let report = try await queue.countReplay(request)
            await queue.close()
            return try show(report)
        }
        let pipeline = try await Pipeline.open(options, plan: plan, logger: logger)
        let replay = Replay(pipeline: pipeline, request: request)
        let report = try await replay.run()
        try show(report)
    }

    private func request() throws(ProgramFailure) -> ReplayRequest {
        var request = ReplayRequest()
        request.stage = StageName(rawValue: stage)
        request.sinceMs = try Moment.instant(since)?.milliseconds
        request.untilMs = try Moment.instant(until)?.milliseconds
        request.host = host
        request.url = url
        request.outcome = outcome
        request.reason = reason
        return request
    }

    private func show(_ report: ReplayReport) throws(ProgramFailure) {
        if output.json { return Terminal.printReport(report) }
        let size = Quantity.bytes(report.bytes)
        Terminal.print("\(Quantity.count(report.count, "message")) selected, \(size)")
        for (host, count) in report.hosts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            Terminal.print("  \(count)  \(Terminal.safe(host))")
        }
        if !dryRun { Terminal.print("\(report.replayed) sent through again") }
    }
}
