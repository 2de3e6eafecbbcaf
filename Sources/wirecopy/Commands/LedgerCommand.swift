import ArgumentParser
import WirecopyMessages
import WirecopyProgram

/// `wirecopy ledger`: the balance of everything that ever entered.
struct LedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Account for every page that entered; exit status 1 when it does not balance."
    )

    @OptionGroup var options: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let logger = options.program.startLogging("wirecopy")
        let queue = try await QueueAccess.open(options, logger)
        let ledger = try await queue.ledger()
        await queue.close()
        if output.json {
            Terminal.printReport(ledger)
        } else {
            show(ledger)
        }
        guard ledger.isBalanced else {
            throw ProgramFailure(.incomplete, "The ledger does not balance.")
        }
    }

    private func show(_ ledger: LedgerReport) {
        Terminal.print(LedgerLine(ledger).text)
        LedgerScreen(ledger).lines(columns: Terminal.columns).forEach(Terminal.print)
    }
}
