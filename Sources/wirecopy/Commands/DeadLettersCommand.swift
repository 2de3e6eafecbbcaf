import ArgumentParser
import WirecopyMessages
import WirecopyProgram

/// `wirecopy dead-letters`: messages that were given up.
struct DeadLettersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead-letters",
        abstract: "List, show and retry messages that were given up.",
        subcommands: [List.self, Show.self, Retry.self],
        defaultSubcommand: List.self
    )

    /// `dead-letters ls`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ls",
            abstract: "List dead letters, newest first."
        )

        @Option(help: "Only letters of this reason, such as http_gone.")
        var reason: String?

        @Option(help: "Most letters to list.")
        var limit = 100

        @OptionGroup var options: DataOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let request = DeadLetterRequest(limit: max(0, min(limit, 10_000)), code: reason)
            let report = try await DeadLettersCommand.report(request, options)
            if output.json { return Terminal.printReport(report) }
            var table = Table([
                ("LETTER", .right), ("AT", .left), ("STAGE", .left), ("REASON", .left),
                ("PAGE", .left),
            ])
            for letter in report.letters {
                let at = Instant(milliseconds: letter.atMs).rfc3339.prefix(19)
                table.add([
                    "\(letter.position)", String(at), letter.stage.rawValue, letter.code,
                    letter.subject,
                ])
            }
            if !table.isEmpty { table.lines(columns: Terminal.columns).forEach(Terminal.print) }
            Terminal.note("\(Quantity.count(report.total, "dead letter"))")
        }
    }

    /// `dead-letters show LETTER`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show a dead letter with its cause, history and input."
        )

        @Argument(help: "Number of the letter, as ls shows it.")
        var letter: Int

        @OptionGroup var options: DataOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let request = DeadLetterRequest(limit: 1, position: letter)
            let report = try await DeadLettersCommand.report(request, options)
            guard let found = report.letters.first else {
                throw ProgramFailure(.noInput, "There is no dead letter \(letter).")
            }
            if output.json { return Terminal.printReport(found) }
            Terminal.print("letter \(found.position)  \(found.stage.rawValue)  \(found.code)")
            Terminal.print(Terminal.safe(found.subject))
            Terminal.print(Terminal.safe(found.message))
            for attempt in found.attempts {
                let at = Instant(milliseconds: attempt.atMs).rfc3339
                Terminal.print(
                    Terminal.safe(
                        "attempt \(attempt.attempt)  \(at)  \(attempt.code)  \(attempt.worker)  "
                            + attempt.message
                    )
                )
            }
            Terminal.print(Terminal.safe(found.input ?? ""))
        }
    }

    /// `dead-letters retry LETTER... | --all`
    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retry",
            abstract: "Send dead letters through again."
        )

        @Argument(help: "Numbers of the letters, as ls shows them.")
        var letters: [Int] = []

        @Flag(help: "Retry every dead letter.")
        var all = false

        @Option(help: "With --all: only letters of this reason.")
        var reason: String?

        @OptionGroup var plan: FleetPlan
        @OptionGroup var options: DataOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard letters.isEmpty == all else {
                throw ValidationError("Name letters, or say --all.")
            }
        }

        func run() async throws {
            let logger = options.program.startLogging("wirecopy")
            var request = ReplayRequest()
            request.outcome = OutcomeKind.dead.rawValue
            request.positions = letters
            request.reason = reason
            request.priority = .retry
            let pipeline = try await Pipeline.open(options, plan: plan, logger: logger)
            let report = try await Replay(pipeline: pipeline, request: request).run()
            if output.json { return Terminal.printReport(report) }
            Terminal.print("\(Quantity.count(report.replayed, "letter")) sent through again")
        }
    }

    private static func report(
        _ request: DeadLetterRequest,
        _ options: DataOptions
    ) async throws(ProgramFailure) -> DeadLetterReport {
        let logger = options.program.startLogging("wirecopy")
        let queue = try await QueueAccess.open(options, logger)
        let report = try await queue.deadLetters(request)
        await queue.close()
        return report
    }
}
