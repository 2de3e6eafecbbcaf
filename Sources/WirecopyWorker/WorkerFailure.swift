package import WirecopyMessages

/// Why a worker cannot go on; its program ends with the sentence and a status other than 0.
package enum WorkerFailure: Error, Sendable, Equatable {
    /// The broker does not take this worker or what it says.
    case refused(RefusalCode, String)
    /// This worker's key cannot be used, or it needs one and has none; the text is the sentence.
    case keyUnusable(String)
    /// A socket could not be made; the text is the cause's sentence.
    case socketFailed(String)
    /// So many slots are held by calls of the stage that exceeded their time.
    case slotsHung(count: Int, timeLimit: Duration)
    /// So many calls of the stage did not end within the grace period of a stop.
    case graceExceeded(count: Int, grace: Duration)

    /// A full sentence that says what happened and what follows.
    package var message: String {
        switch self {
        case .refused(let code, let sentence):
            "The broker refused this worker (\(code.rawValue)): \(sentence)"
        case .keyUnusable(let sentence), .socketFailed(let sentence):
            sentence
        case .slotsHung(let count, let limit):
            "\(count) slots are held by messages that exceeded the time limit of "
                + "\(limit.wholeMilliseconds) ms; their leases are given back and the worker ends, "
                + "so that a supervisor can start a fresh one."
        case .graceExceeded(let count, let grace):
            "\(count) messages were still in work after the grace period of "
                + "\(grace.wholeMilliseconds) ms; their leases are given back."
        }
    }
}
