/// What the server does on the wire for one request, step by step: answers are data, so that
/// even misbehaviour can be read, listed and tested without a socket.
package struct WireScript: Sendable, Equatable {
    /// One thing to do on the connection.
    package enum Step: Sendable, Equatable {
        case send([UInt8])
        case pause(milliseconds: Int)
        /// Sends the bytes again and again, until it is done or the client is gone.
        case sendRepeatedly([UInt8], times: Int, everyMilliseconds: Int)
    }

    /// The status it claims, for the request log; 0 where it never sends one.
    package let status: Int
    /// What to do, in order.
    package let steps: [Step]
    /// Whether another request may follow on the connection.
    package let keepsAlive: Bool

    /// Joins the parts.
    package init(status: Int, steps: [Step], keepsAlive: Bool) {
        self.status = status
        self.steps = steps
        self.keepsAlive = keepsAlive
    }
}
