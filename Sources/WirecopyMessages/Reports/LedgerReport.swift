/// The balance of everything that ever entered: entered = the sum of the outcomes + in flight.
package struct LedgerReport: Report {
    /// Pages that entered.
    package var entered: Int
    /// Pages whose way has not ended.
    package var inFlight: Int
    /// Open messages over all queues; each page in flight has at least one.
    package var openMessages: Int
    /// Pages by how their way ended; a kind without pages is left out.
    package var outcomes: [String: Int]
    /// Pages in flight for which no message is open: lost. Always 0, or something is broken.
    package var lost: Int
    /// Rejected and dead pages by reason.
    package var reasons: [String: Int]

    /// Makes a report.
    package init(
        entered: Int,
        inFlight: Int,
        openMessages: Int,
        lost: Int,
        outcomes: [String: Int],
        reasons: [String: Int]
    ) {
        self.entered = entered
        self.inFlight = inFlight
        self.openMessages = openMessages
        self.lost = lost
        self.outcomes = outcomes
        self.reasons = reasons
    }

    /// Pages that ended in this way.
    package func count(_ outcome: OutcomeKind) -> Int {
        outcomes[outcome.rawValue] ?? 0
    }

    /// True when nothing is lost and every page is counted exactly once.
    package var isBalanced: Bool {
        lost == 0 && entered == outcomes.values.reduce(inFlight, +)
    }
}
