package import WirecopyMessages

/// Why the broker did not do what it was asked for.
package struct ClientFailure: Error, Sendable, Equatable {
    /// The kinds of failure.
    package enum Code: Sendable, Equatable {
        /// No broker answered in time.
        case unreachable
        /// The broker does not take this peer or what it says.
        case refused(RefusalCode)
        /// The broker does not take the connection, because of a key or the lack of one.
        case keyRefused
        /// The peer's own key cannot be used, or one is needed and none was given.
        case keyUnusable
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

    static func keyNeeded(_ endpoint: String) -> ClientFailure {
        ClientFailure(
            .keyUnusable,
            """
            \(endpoint) is another machine's, and messages would travel in plain text. Make a key \
            on the broker's machine with wirecopy keys new NAME --role ROLE, and give its file \
            with --key-file; or allow plaintext in so many words with --allow-plaintext.
            """
        )
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
