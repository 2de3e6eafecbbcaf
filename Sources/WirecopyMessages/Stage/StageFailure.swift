/// Why a stage gave a message back, and what the queue should do with it.
package struct StageFailure: Error, Sendable, Equatable {
    /// What the queue should do with the message.
    package enum Disposition: Sendable, Equatable {
        /// Worth another attempt, not before `after`; `nil` leaves it to the retry policy.
        case retry(after: Duration?)
        /// Cannot succeed with this input; becomes a dead letter at once.
        case bury
    }

    /// The reason; used in metrics, dead letters and documentation.
    package let code: ErrorCode
    /// What the queue should do with the message.
    package let disposition: Disposition
    /// Full sentence: what was attempted, on what, what happened, with values and units.
    package let message: String
    /// For how long nothing more of the message's lane may go, such as a site's crawl delay.
    package var lanePause: Duration?

    /// Makes a failure; `message` is a full sentence.
    package init(_ code: ErrorCode, _ disposition: Disposition, _ message: String) {
        self.code = code
        self.disposition = disposition
        self.message = message
    }
}
