import Foundation
import WirecopyMessages
import WirecopyProgram

/// What enters an installation under test, and what comes of it.
extension Rig {
    /// Begins to hand pages of the site to the broker: from one number up to another.
    func add(_ pages: Range<Int>, broker named: String? = nil) throws -> RigProgram {
        let list = "\(folder)/urls-\(pages.lowerBound).txt"
        let text = pages.map { site.address(of: $0) + "\n" }.joined()
        try Data(text.utf8).write(to: URL(filePath: list))
        return try start("wirecopy", ["add", list, "--broker", named ?? endpoint])
    }

    /// Hands pages to the broker and waits until it has confirmed them.
    func addAll(_ pages: Range<Int>, within seconds: Double = 600) throws {
        try finish(try add(pages), within: seconds)
    }

    /// Waits until a command has ended well.
    func finish(_ command: RigProgram, within seconds: Double = 600) throws {
        guard let end = command.end(within: seconds) else {
            command.kill()
            throw ProgramFailure(.unavailable, "\(command.name) did not end in \(seconds) s.")
        }
        guard end.status == 0 else {
            let words = end.lastWords
            throw ProgramFailure(.incomplete, "\(command.name) ended: \(end.status) \(words)")
        }
    }

    /// Messages that the store has handled so far: a cheap measure of progress.
    var handled: Int { StoreCount.handled(path: store) }

    /// Waits until so many messages more are handled; false when they are not within the time.
    @discardableResult
    func progresses(by count: Int, within seconds: Double) -> Bool {
        let goal = handled + count
        return Wait.until(within: seconds) { handled >= goal }
    }

    /// The ledger, asked of the broker or read at rest; `nil` when nobody answers.
    func ledger() -> LedgerReport? {
        let asking = broker?.isRunning == true ? ["--broker", endpoint] : ["--data", data]
        guard let command = try? start("wirecopy", ["ledger", "--json"] + asking) else {
            return nil
        }
        guard let end = command.end(within: 30), [0, 1].contains(end.status) else {
            command.kill()
            return nil
        }
        return try? LedgerReport(reportJSON: Array(command.text))
    }

    /// Messages that were given back or taken back for another attempt since the broker started;
    /// `nil` when it does not answer.
    func retried() -> Int? {
        let arguments = ["status", "--json", "--broker", endpoint]
        guard let command = try? start("wirecopy", arguments) else { return nil }
        guard command.end(within: 30)?.status == 0 else {
            command.kill()
            return nil
        }
        let status = try? BrokerStatus(reportJSON: Array(command.text))
        return status?.stages.reduce(0) { $0 + $1.retriedTotal }
    }

    /// Whether the broker says that nothing is under way.
    var isAtRest: Bool { ledger()?.inFlight == 0 }

    /// Waits until so many pages have entered and each has an end.
    ///
    /// - Throws: `ProgramFailure` with the last ledger when they do not come to an end in time.
    func settle(_ pages: Int, within seconds: Double) throws {
        var last: LedgerReport?
        let isSettled = Wait.until(within: seconds) {
            // Asking costs a process; the store says cheaply that something still moves.
            let before = handled
            Wait.pass(0.3)
            guard handled == before || handled >= pages else { return false }
            last = ledger() ?? last
            return last.map { $0.entered >= pages && $0.inFlight == 0 } ?? false
        }
        guard isSettled else {
            let ledger = last.map { "\($0)" } ?? "none"
            throw ProgramFailure(
                .incomplete,
                "After \(seconds) s pages are still under way; the last ledger was \(ledger)."
            )
        }
    }

    /// Counts everything in the end; the programs have ended.
    func balance() throws -> Balance {
        guard let ledger = ledger() else {
            throw ProgramFailure(.incomplete, "The ledger of \(data) cannot be read.")
        }
        var balance = Balance(ledger)
        balance.count(in: try StoreCount(path: store))
        balance.check(store)
        return balance
    }
}
