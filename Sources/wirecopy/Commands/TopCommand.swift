import ArgumentParser
import Foundation
import WirecopyMessages
import WirecopyProgram

/// `wirecopy top`: the state of the queue, live.
struct TopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "top",
        abstract: "Show queues, workers and rates, live; --json writes a line each interval."
    )

    @Option(help: "Seconds between two looks.")
    var interval = 1

    @Option(help: "Stop after so many looks.")
    var count: Int?

    @OptionGroup var options: DataOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard 1...3600 ~= interval else {
            throw ValidationError("--interval is between 1 and 3600 seconds.")
        }
    }

    func run() async throws {
        let logger = options.program.startLogging("wirecopy")
        guard options.endpoint != nil else {
            throw ProgramFailure(
                .unavailable,
                "No broker serves \(options.directory.path). Type wirecopy up, or wirecopy status "
                    + "for the state at rest."
            )
        }
        let stop = StopFlag()
        let signals = StopSignals { stop.raise() }
        let queue = try await QueueAccess.open(options, logger)
        let isScreen = Terminal.showsOutput && !output.json
        if isScreen { Terminal.write("\u{1B}[?1049h\u{1B}[?25l", to: .standardOutput) }
        do {
            try await follow(queue, stop, isScreen: isScreen)
        } catch {
            leaveScreen(isScreen)
            throw error
        }
        leaveScreen(isScreen)
        await queue.close()
        withExtendedLifetime(signals) {}
    }

    private func follow(
        _ queue: QueueAccess,
        _ stop: StopFlag,
        isScreen: Bool
    ) async throws(ProgramFailure) {
        var previous: BrokerStatus?
        var looks = 0
        while !stop.isRaised, looks < count ?? .max {
            let status = try await queue.status()
            if output.json {
                Terminal.printReport(status)
            } else {
                draw(StatusScreen(status, previous: previous), isScreen: isScreen)
            }
            previous = status
            looks += 1
            for _ in 0..<interval * 10 where !stop.isRaised && looks < count ?? .max {
                try? await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    private func draw(_ screen: StatusScreen, isScreen: Bool) {
        let lines = screen.lines(columns: Terminal.columns)
        guard isScreen else { return lines.forEach(Terminal.print) }
        let visible = lines.prefix(Terminal.rows - 1).map { $0 + "\u{1B}[K" }
        let text = "\u{1B}[H" + visible.joined(separator: "\n") + "\n\u{1B}[J"
        Terminal.write(text, to: .standardOutput)
    }

    private func leaveScreen(_ isScreen: Bool) {
        if isScreen { Terminal.write("\u{1B}[?25h\u{1B}[?1049l", to: .standardOutput) }
    }
}
