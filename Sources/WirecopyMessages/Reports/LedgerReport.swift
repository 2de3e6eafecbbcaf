/// The balance of everything that ever entered: entered = the sum of the outcomes + in flight +
/// standing.
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
    /// Standing orders: messages with a key that wait for the moment set for them, such as sources
    /// between two polls. They are not in flight; the balance of a host or a stage counts them as
    /// in flight and open.
    package var standing: Int {
        get { standingTold ?? 0 }
        set { standingTold = newValue }
    }
    /// `nil` from a broker that knows no standing orders.
    private var standingTold: Int?
    /// The balance of each stage, in the order of the pipeline; only when asked for.
    package var stages: [StageBalance]?
    /// The balance of each host, the largest first, at most `sourcesMax`; only when asked for.
    package var sources: [SourceBalance]?
    /// Pages of hosts beyond `sourcesMax`; only when asked for.
    package var otherSourcesEntered: Int?

    private enum CodingKeys: String, CodingKey {
        case entered, inFlight, openMessages, outcomes, lost, reasons, stages, sources
        case otherSourcesEntered
        case standingTold = "standing"
    }

    /// More hosts than anybody reads; the rest is told as one sum.
    package static let sourcesMax = 1000

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
        standingTold = 0
    }

    /// Pages that ended in this way.
    package func count(_ outcome: OutcomeKind) -> Int {
        outcomes[outcome.rawValue] ?? 0
    }

    /// True when nothing is lost and every page is counted exactly once, as a whole and, where
    /// they are told, in each stage and over all sources.
    package var isBalanced: Bool {
        let isWholeBalanced = lost == 0 && entered == outcomes.values.reduce(inFlight + standing, +)
        return isWholeBalanced && stages?.allSatisfy(\.isBalanced) ?? true
            && areSourcesBalanced
    }

    private var areSourcesBalanced: Bool {
        guard let sources else { return true }
        // What retention removed is counted in the whole, and has no source any more.
        let sum = sources.reduce(otherSourcesEntered ?? 0) { $0 + $1.entered }
        return sum <= entered && sources.allSatisfy(\.isBalanced)
    }

    /// The messages of one stage: entered = done + dead + open.
    package struct StageBalance: Report {
        /// Given up and kept.
        package var dead: Int
        /// Finished, with something that was made of them.
        package var done: Int
        /// Messages that ever came to the stage.
        package var entered: Int
        /// Ready, leased or delayed.
        package var open: Int
        /// The stage.
        package var stage: StageName

        /// Makes the balance of a stage that nothing came to.
        package init(stage: StageName) {
            self.stage = stage
            (dead, done, entered, open) = (0, 0, 0, 0)
        }

        /// Neither open nor dead, and nothing was made of them: always 0, or something is broken.
        package var lost: Int { entered - done - dead - open }
        /// True when every message is counted.
        package var isBalanced: Bool { lost == 0 }
    }

    /// The pages of one host: entered = the sum of the outcomes + in flight.
    package struct SourceBalance: Report {
        /// Pages that entered.
        package var entered: Int
        /// Host of the URL, or a name for the kind of input, such as `file`.
        package var host: String
        /// Pages whose way has not ended.
        package var inFlight: Int
        /// Pages by how their way ended.
        package var outcomes: [String: Int]

        /// Makes the balance of a host that nothing came from.
        package init(host: String) {
            self.host = host
            (entered, inFlight, outcomes) = (0, 0, [:])
        }

        /// True when every page is counted exactly once.
        package var isBalanced: Bool { entered == outcomes.values.reduce(inFlight, +) }
    }
}

/// Asks for the ledger.
package struct LedgerRequest: Report {
    /// Whether each stage and each source is told too; that takes a walk through the journal.
    package var details: Bool?

    /// Makes a request.
    package init(details: Bool? = nil) { self.details = details }
}
