import ArgumentParser
import WirecopyMessages
import WirecopyProgram
import WirecopyQueue

/// `wirecopy retention`: what the journal keeps, and what the settings would remove of it.
struct RetentionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention",
        abstract: "Show what is kept of what is finished, and what would be removed now.",
        discussion: """
            Nothing is removed: the broker does that by itself, with its own settings. Flags here \
            show what other settings would do.
            """
    )

    @OptionGroup var retention: RetentionOptions
    @OptionGroup var options: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        _ = options.program.startLogging("wirecopy")
        let journal = try QueueAccess.journal(in: options.directory)
        var policy = RetentionPolicy()
        policy.finished = Self.limits(retention.finished)
        policy.dead = Self.limits(retention.dead)
        policy.bodies = Self.limits(retention.bodies)
        do throws(QueueFailure) {
            let report = try journal.retention(policy, now: .now())
            if output.json { return Terminal.printReport(report) }
            show(report)
        } catch {
            throw ProgramFailure(.inputOutputError, error.message)
        }
    }

    private func show(_ report: RetentionReport) {
        var table = Table([
            ("KIND", .left), ("KEPT", .right), ("BYTES", .right), ("OLDEST", .right),
            ("WOULD GO", .right), ("BYTES", .right),
        ])
        let now = Instant.now().milliseconds
        for kind in report.kinds {
            table.add([
                kind.kind, "\(kind.count)", Quantity.bytes(kind.bytes),
                kind.oldestAtMs.map { Quantity.duration(milliseconds: max(0, now - $0)) } ?? "–",
                "\(kind.wouldGo)", kind.wouldGoBytes.map(Quantity.bytes) ?? "–",
            ])
        }
        table.lines(columns: Terminal.columns).forEach(Terminal.print)
        let removed = Quantity.count(report.removedPages, "page")
        Terminal.print("\(removed) removed so far; \(report.logFiles) files of the log.")
    }

    private static func limits(_ setting: KeepSetting?) -> RetentionPolicy.Limits {
        RetentionPolicy.Limits(ageMax: setting?.ageMax, bytesMax: setting?.bytesMax)
    }
}
