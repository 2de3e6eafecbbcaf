import ArgumentParser
import Foundation
import WirecopyMessages
import WirecopyProgram

/// `wirecopy trace URL`: the whole way of one page.
struct TraceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "Show the way of a page: stages, workers, milliseconds, bytes, retries."
    )

    @Argument(help: "URL or path of the page, or the UUID of its first message.")
    var page: String

    @Option(help: "Write every message of the way into this new folder, as fixtures.")
    var save: String?

    @OptionGroup var options: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let logger = options.program.startLogging("wirecopy")
        let queue = try await QueueAccess.open(options, logger)
        let report = try await queue.trace(request)
        await queue.close()
        guard !report.lineages.isEmpty else {
            throw ProgramFailure(.noInput, "Nothing with the address \(page) ever entered.")
        }
        if let save {
            let journal = try QueueAccess.journal(in: options.directory)
            let count = try TraceFixtures(folder: save, reports: journal).write(report)
            Terminal.note("\(Quantity.count(count, "message")) written to \(save)")
        }
        if output.json { return Terminal.printReport(report) }
        for lineage in report.lineages { show(lineage) }
    }

    private var request: TraceRequest {
        if MessageID(page) != nil { return TraceRequest(root: page) }
        return TraceRequest(url: PageAddress.reference(page))
    }

    private func show(_ lineage: TraceReport.Lineage) {
        let entered = Instant(milliseconds: lineage.enteredAtMs).rfc3339
        let reason = lineage.reason.map { " (\($0))" } ?? ""
        let article = lineage.article.map { ", article \($0)" } ?? ""
        Terminal.print(Terminal.safe(lineage.subject))
        Terminal.print("entered \(entered); \(lineage.outcome ?? "in flight")\(reason)\(article)")
        var table = Table([
            ("AT", .right), ("MESSAGE", .left), ("STATE", .left), ("WORK", .right),
            ("BYTES", .right), ("VERSION", .left), ("MADE BY", .left),
        ])
        for step in lineage.steps {
            table.add([
                "+\(step.queuedAtMs - lineage.enteredAtMs) ms", shortKind(step.kind), step.state,
                step.serviceMs.map { "\($0) ms" } ?? "", Quantity.bytes(step.bytes),
                step.stageVersion ?? "", step.source,
            ])
        }
        table.lines(columns: Terminal.columns).forEach(Terminal.print)
        for attempt in lineage.steps.flatMap(\.attempts) {
            let excused = attempt.excused.map { ", \($0) in a row, not counted" } ?? ""
            let text = "attempt \(attempt.attempt) failed\(excused): \(attempt.code)"
            Terminal.print(Terminal.safe("  \(text): \(attempt.message)"))
        }
        Terminal.print("")
    }

    private func shortKind(_ kind: String) -> String {
        kind.split(separator: ".").dropFirst().joined(separator: ".")
    }
}
