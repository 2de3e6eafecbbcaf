import ArgumentParser
import WirecopyMessages
import WirecopyProgram

/// `wirecopy dead-letters`: messages that were given up.
struct DeadLettersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead-letters",
        abstract: "List, show and retry messages that were given up.",
        subcommands: [List.self, Show.self, Retry.self],
        defaultSubcommand: List.self,
        aliases: ["dead"]
    )

    /// `dead-letters ls`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ls",
            abstract: "List dead letters, newest first."
        )

        @OptionGroup var filter: DeadLetterFilter

        @Option(help: "Most letters to list.")
        var limit = 100

        @OptionGroup var options: DataOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            var request = DeadLetterRequest(limit: max(0, min(limit, 10_000)), code: filter.code)
            request.host = filter.host
            request.stage = filter.stageName
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

    /// `dead-letters retry LETTER... | --code CODE | --host HOST | --stage STAGE | --all`
    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retry",
            abstract: "Send dead letters through again, ahead of replays.",
            discussion: """
                wirecopy dead retry 17 18
                wirecopy dead retry --code http_server_error --host tide.example
                """
        )

        @Argument(help: "Numbers of the letters, as ls shows them.")
        var letters: [Int] = []

        @OptionGroup var filter: DeadLetterFilter

        @Flag(help: "Retry every dead letter.")
        var all = false

        @OptionGroup var plan: FleetPlan
        @OptionGroup var options: DataOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            let isNamed = !letters.isEmpty || filter.isNarrow
            guard isNamed != all else {
                throw ValidationError("Name letters, a code, a host or a stage, or say --all.")
            }
        }

        func run() async throws {
            let logger = options.program.startLogging("wirecopy")
            var request = ReplayRequest()
            request.isOfDeadLetters = true
            request.positions = letters
            request.errorCode = filter.code
            request.host = filter.host
            request.stage = filter.stageName
            request.priority = .retry
            let session = ReplaySession(options: options, plan: plan, logger: logger)
            try ReplayCommand.finish(try await session.start(request), output)
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

/// Flags that select dead letters; all that are given must hold.
struct DeadLetterFilter: ParsableArguments {
    @Option(
        name: [.customLong("code"), .customLong("reason")],
        help: "Only letters of this code, such as http_gone."
    )
    var code: String?

    @Option(help: "Only letters of this host.")
    var host: String?

    @Option(help: "Only letters of this stage: fetch, parse, extract or store.")
    var stage: String?

    func validate() throws {
        if let stage, StageName(rawValue: stage) == nil {
            throw ValidationError(
                "There is no stage \(stage); there are fetch, parse, extract, store."
            )
        }
    }

    /// The stage that was named.
    var stageName: StageName? { stage.flatMap { StageName(rawValue: $0) } }
    /// Whether any flag was given.
    var isNarrow: Bool { code != nil || host != nil || stage != nil }
}
