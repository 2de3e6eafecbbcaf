import Dispatch

/// Owns one connection and a thread for it, opens it when it is first needed, and anew when it was
/// lost.
package final class ConnectionOwner: @unchecked Sendable {
    // The connection is touched on the queue only, which runs one piece of work at a time.
    private let queue: DispatchQueue
    private let open: @Sendable () throws -> Connection
    private var connection: Connection?

    /// Prepares a connection; nothing is opened yet.
    ///
    /// - Parameters:
    ///   - label: name of the thread for debuggers.
    ///   - open: connects, and does what each connection needs first.
    package init(label: String, open: @escaping @Sendable () throws -> Connection) {
        queue = DispatchQueue(label: label)
        self.open = open
    }

    /// Runs `body` with the connection on its own thread.
    ///
    /// - Throws: what opening the connection and `body` throw.
    package func perform<Answer: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Answer
    ) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [self] in
                continuation.resume(with: Result { try body(try current()) })
            }
        }
    }

    /// Runs `body` with the connection while the calling thread waits.
    ///
    /// - Throws: what opening the connection and `body` throw.
    package func performWaiting<Answer>(_ body: (Connection) throws -> Answer) throws -> Answer {
        try queue.sync { try body(try current()) }
    }

    private func current() throws -> Connection {
        if let connection, !connection.isGone { return connection }
        connection = nil
        let fresh = try open()
        connection = fresh
        return fresh
    }
}
