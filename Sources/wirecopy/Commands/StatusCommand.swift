import ArgumentParser
import WirecopyMessages
import WirecopyProgram

/// `wirecopy status`: the state of the queue at this moment.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the queues, the workers and the ledger at this moment."
    )

    @OptionGroup var options: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let logger = options.program.startLogging("wirecopy")
        let queue = try await QueueAccess.open(options, logger)
        let status = try await queue.status()
        await queue.close()
        if output.json { return Terminal.printReport(status) }
        for line in StatusScreen(status, previous: nil).lines(columns: Terminal.columns) {
            Terminal.print(line)
        }
    }
}
