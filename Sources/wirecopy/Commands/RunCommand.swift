import ArgumentParser
import Foundation
import Logging
import Synchronization
import WirecopyClient
import WirecopyFetch
import WirecopyMessages
import WirecopyProgram

/// `wirecopy run INPUT...`: add, process, report, exit.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Take pages in, process them to the end, report, and leave nothing running.",
        discussion: """
            INPUT is a URL, a saved page (.html, .txt, .mhtml), a folder of them, a list of URLs, \
            JSON of another crawler, a web archive, or - for standard input. Without INPUT, what \
            is still in the queue is finished.
            """
    )

    @Argument(help: "Pages to take in.")
    var inputs: [String] = []

    @OptionGroup var adding: AddOptions
    @OptionGroup var plan: FleetPlan
    @OptionGroup var options: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let logger = options.program.startLogging("wirecopy")
        guard !adding.isDryRun else {
            let settings = adding.settings(source: "/wirecopy/run")
            return await InputPreview.show(inputs, settings, asJSON: output.json)
        }
        ContactQuestion.userAgent(for: inputs)
        let stop = StopFlag()
        let report = try await Pipeline.use(options, plan: plan, logger: logger, stop: stop) {
            (pipeline) async throws(ProgramFailure) in
            try await process(pipeline, stop)
        }
        try finish(report, wasStopped: stop.isRaised)
    }

    private func process(
        _ pipeline: Pipeline,
        _ stop: StopFlag
    ) async throws(ProgramFailure) -> RunReport {
        let watch = LedgerWatch(connection: pipeline.connection)
        let progress = RunProgress(before: try await watch.status().ledger)
        let publisher = InputPublisher(connection: pipeline.connection, stop: stop)
        let (inputs, adding) = (inputs, adding)
        async let publishing = Self.publish(publisher, inputs, adding, stop)
        let ended = Task { await watch.follow(progress, until: { publisher.hasFinished }, stop) }
        let published = await publishing
        if case .failure = published { stop.raise() }
        let status = await ended.value
        if case .failure(let failure) = published { throw failure }
        return progress.report(try status.get())
    }

    private static func publish(
        _ publisher: InputPublisher,
        _ inputs: [String],
        _ adding: AddOptions,
        _ stop: StopFlag
    ) async -> Result<Int, ProgramFailure> {
        do {
            return .success(try await publisher.publish(inputs, adding))
        } catch {
            return .failure(error)
        }
    }

    private func finish(_ report: RunReport, wasStopped: Bool) throws(ProgramFailure) {
        if output.json {
            Terminal.printReport(report)
        } else {
            Terminal.print(summary(report))
        }
        guard report.lost == 0, report.isBalanced else {
            throw ProgramFailure(
                .incomplete,
                "The ledger does not balance: type wirecopy ledger --data \(options.data)."
            )
        }
        if wasStopped, report.inFlight > 0 {
            throw ProgramFailure(
                .interrupted,
                "Stopped with \(Quantity.count(report.inFlight, "page")) in the queue; "
                    + "wirecopy run without input goes on with them."
            )
        }
        if let dead = report.outcomes[OutcomeKind.dead.rawValue], dead > 0 {
            throw ProgramFailure(
                .incomplete,
                "\(Quantity.count(dead, "page")) could not be processed: "
                    + "type wirecopy dead-letters ls --data \(options.data)."
            )
        }
    }

    private func summary(_ report: RunReport) -> String {
        let seconds = max(0.001, Double(report.elapsedMs) / 1000)
        let ended = report.outcomes.values.reduce(0, +)
        let outcomes = OutcomeKind.counts { report.outcomes[$0.rawValue] ?? 0 }
        let elapsed = Quantity.duration(milliseconds: report.elapsedMs)
        let rate = "\(Quantity.rate(Double(ended) / seconds)) pages/s"
        let pages = "\(Quantity.count(report.pages, "page")) in \(elapsed)"
        let parts = [pages] + outcomes + ["\(report.lost) lost", rate]
        return parts.joined(separator: "  ")
    }
}

/// Raised once, by a signal or a fault, and looked at by everything that runs long.
final class StopFlag: Sendable {
    private let raised = Mutex(false)

    /// Whether it was raised.
    var isRaised: Bool { raised.withLock { $0 } }

    /// Raises it, for good.
    func raise() { raised.withLock { $0 = true } }
}
