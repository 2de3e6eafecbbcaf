import ArgumentParser
import WirecopyMessages
import WirecopyProgram

extension ReplayCommand {
    /// `replay ls`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ls",
            abstract: "List replays, oldest first, and how far they came."
        )

        @OptionGroup var options: DataOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            _ = options.program.startLogging("wirecopy")
            let folder = ReplayFolder(options.directory)
            let records = try folder.records()
            if output.json { return Terminal.printReport(ReplayListReport(replays: records)) }
            var table = Table([
                ("REPLAY", .right), ("BEGAN", .left), ("STATE", .left), ("DONE", .right),
                ("OF", .right), ("SELECTION", .left),
            ])
            for record in records {
                let began = Instant(milliseconds: record.startedAtMs).rfc3339.prefix(19)
                table.add([
                    "\(record.id)", String(began), try state(of: record, in: folder),
                    "\(record.replayed)", "\(record.count)", record.selection,
                ])
            }
            if !table.isEmpty { table.lines(columns: Terminal.columns).forEach(Terminal.print) }
            Terminal.note(Quantity.count(records.count, "replay"))
        }

        /// A replay whose command is gone says `running` in its record and is not.
        private func state(
            of record: ReplayRecord,
            in folder: ReplayFolder
        ) throws(ProgramFailure) -> String {
            guard record.state == .running else { return record.state.rawValue }
            return try folder.isTaken(record.id) ? "running" : "interrupted"
        }
    }

    /// `replay pause ID`
    struct Pause: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pause",
            abstract: "Hold a replay; what it sent through already is finished."
        )

        @Argument(help: "Number of the replay, as ls shows it.")
        var replay: Int

        @OptionGroup var options: DataOptions

        func run() async throws {
            _ = options.program.startLogging("wirecopy")
            let folder = ReplayFolder(options.directory)
            var record = try folder.record(replay)
            guard record.state != .finished else {
                throw ProgramFailure(.noInput, "Replay \(replay) is finished.")
            }
            guard try !folder.isTaken(replay) else { return try folder.askToPause(replay) }
            record.state = .paused
            try folder.save(record)
        }
    }

    /// `replay resume [ID]`
    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resume",
            abstract: "Go on with a replay that was held or interrupted, where it was."
        )

        @Argument(help: "Number of the replay; may be left out when only one is not finished.")
        var replay: Int?

        @OptionGroup var plan: FleetPlan
        @OptionGroup var options: DataOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let logger = options.program.startLogging("wirecopy")
            let id = try chosen(ReplayFolder(options.directory))
            let session = ReplaySession(options: options, plan: plan, logger: logger)
            try ReplayCommand.finish(try await session.resume(id), output)
        }

        private func chosen(_ folder: ReplayFolder) throws(ProgramFailure) -> Int {
            if let replay {
                guard try folder.record(replay).state != .finished else {
                    throw ProgramFailure(.noInput, "Replay \(replay) is finished.")
                }
                return replay
            }
            let open = try folder.records().filter { $0.state != .finished }
            guard let first = open.first, open.count == 1 else {
                throw ProgramFailure(
                    open.isEmpty ? .noInput : .usage,
                    "\(Quantity.count(open.count, "replay")) can be gone on with; "
                        + "type wirecopy replay ls, and name one."
                )
            }
            return first.id
        }
    }
}
