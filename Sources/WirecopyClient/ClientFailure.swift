package import WirecopyMessages

/// Why the broker did not do what it was asked for.
package struct ClientFailure: Error, Sendable, Equatable {
    /// The kinds of failure.
    package enum Code: Sendable, Equatable {
        /// No broker answered in time.
        case unreachable
        /// The broker does not take this peer or what it says.
        case refused(RefusalCode)
        /// The operation of an operator could not be done.
        case operationFailed
        /// The broker answered something that does not fit the question.
        case answerUnreadable
        /// The connection was closed by its owner before the answer came.
        case closed
        /// A socket could not be made; the message names the cause as C does.
        case socketFailed
    }

    /// The kind of failure.
    package let code: Code
    /// A full sentence that says what to do.
    package let message: String

    /// Makes a failure with a full sentence.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    static func unreachable(_ endpoint: String, after time: Duration) -> ClientFailure {
        let seconds = Double(time.wholeMilliseconds) / 1000
        return ClientFailure(
            .unreachable,
            "The broker at \(endpoint) did not answer within \(seconds) seconds. "
                + "Start one with `wirecopy up`, or name another with --broker."
        )
    }
}
