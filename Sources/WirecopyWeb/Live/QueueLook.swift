package import WirecopyClient
import WirecopyMessages

/// What is known of the queue at one moment.
package struct QueueLook: Sendable {
    /// The last looks at the broker; without any when it has never answered.
    package var history: StatusHistory
    /// Why the broker did not answer the last time; `nil` when it did.
    package var problem: String?

    /// Makes a look.
    package init(history: StatusHistory = StatusHistory(), problem: String? = nil) {
        self.history = history
        self.problem = problem
    }

    /// How the queue does as a whole.
    var health: Health {
        guard problem == nil, let status = history.latest else {
            return Health(
                word: "away",
                sentence: problem ?? "The broker was not asked yet."
            )
        }
        guard status.ledger.isBalanced else {
            return Health(
                word: "broken",
                sentence: "The ledger does not balance: \(status.ledger.lost) pages are lost. "
                    + "wirecopy ledger shows where."
            )
        }
        if let stage = status.stages.first(where: { $0.unattendedSinceMs != nil }) {
            return Health(
                word: "waiting",
                sentence: "Pages wait for stage \(stage.stage.rawValue), and no worker is there."
            )
        }
        return Health(word: "balanced", sentence: "Every page is accounted for.")
    }

    /// A light and its sentence.
    struct Health: Equatable {
        /// `balanced`, `waiting`, `broken` or `away`.
        let word: String
        /// A full sentence.
        let sentence: String
    }
}
