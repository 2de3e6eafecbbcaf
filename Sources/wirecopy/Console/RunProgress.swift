import Foundation
import WirecopyMessages

/// The line that `run` draws over while it works, and the summary at its end.
struct RunProgress {
    private let before: LedgerReport
    private let startedAt = ContinuousClock.now
    private var lastPlainLine = ContinuousClock.now
    private let plainInterval = Duration.seconds(5)

    /// Begins to count from the state of the ledger before anything was added.
    init(before: LedgerReport) {
        self.before = before
    }

    /// Shows how far the run is: drawn over on a terminal, a line now and then elsewhere.
    mutating func show(_ ledger: LedgerReport) {
        if Terminal.showsProgress {
            Terminal.write("\r\u{1B}[K" + line(ledger), to: .standardError)
        } else if ContinuousClock.now - lastPlainLine >= plainInterval {
            lastPlainLine = .now
            Terminal.note(line(ledger))
        }
    }

    /// Ends the line that is drawn over.
    func finish() {
        if Terminal.showsProgress { Terminal.write("\r\u{1B}[K", to: .standardError) }
    }

    /// `00:12  60 pages  57 stored  2 duplicates  1 dead letter  0 lost  41 pages/s`
    func line(_ ledger: LedgerReport) -> String {
        let ends = OutcomeKind.allCases.map { ($0, ended($0, ledger)) }
        let total = ends.reduce(0) { $0 + $1.1 }
        let elapsed = ContinuousClock.now - startedAt
        var parts = [Quantity.clock(elapsed), Quantity.count(pages(ledger), "page")]
        parts += ends.filter { $0.1 > 0 || $0.0 == .stored }.map(Self.text)
        if ledger.inFlight > 0 { parts.append("\(ledger.inFlight) in flight") }
        parts.append("\(ledger.lost) lost")
        let seconds = max(0.001, Double(elapsed.wholeMilliseconds) / 1000)
        parts.append("\(Quantity.rate(Double(total) / seconds)) pages/s")
        return parts.joined(separator: "  ")
    }

    /// What this run changed in the ledger, and what it took.
    func report(_ status: BrokerStatus) -> RunReport {
        let ledger = status.ledger
        let outcomes = OutcomeKind.allCases.map { ($0.rawValue, ended($0, ledger)) }
        return RunReport(
            elapsedMs: (ContinuousClock.now - startedAt).wholeMilliseconds,
            pages: pages(ledger),
            outcomes: Dictionary(uniqueKeysWithValues: outcomes),
            ledger: ledger,
            stages: StageName.allCases.compactMap { stage in
                RunReport.StageWork(stage: stage, workers: status.workers)
            }
        )
    }

    private func pages(_ ledger: LedgerReport) -> Int {
        ledger.entered - before.entered + before.inFlight
    }

    private func ended(_ outcome: OutcomeKind, _ ledger: LedgerReport) -> Int {
        ledger.count(outcome) - before.count(outcome)
    }

    private static func text(_ outcome: OutcomeKind, _ count: Int) -> String {
        switch outcome {
        case .stored: "\(count) stored"
        case .unchanged: "\(count) unchanged"
        case .duplicate: Quantity.count(count, "duplicate")
        case .rejected: "\(count) rejected"
        case .polled: "\(count) polled"
        case .dead: Quantity.count(count, "dead letter")
        }
    }
}
