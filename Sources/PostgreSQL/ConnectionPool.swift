import Synchronization

/// Some connections that are used by whoever needs one next; the others wait in turn.
package final class ConnectionPool: Sendable {
    private struct State {
        var idle: [ConnectionOwner]
        var waiting: [CheckedContinuation<ConnectionOwner, Never>] = []
    }

    private let state: Mutex<State>

    /// Prepares connections; each is opened when it is first needed.
    ///
    /// - Parameters:
    ///   - count: connections at most.
    ///   - label: name of their threads for debuggers.
    ///   - open: connects.
    package init(
        count: Int,
        label: String,
        open: @escaping @Sendable () throws -> Connection
    ) {
        let owners = (0..<count).map { _ in ConnectionOwner(label: label, open: open) }
        state = Mutex(State(idle: owners))
    }

    /// Runs `body` with a connection of its own. When the caller is cancelled, the server is asked
    /// to cancel what `body` does.
    ///
    /// - Throws: what opening the connection and `body` throw.
    package func perform<Answer: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Answer
    ) async throws -> Answer {
        let owner = await take()
        defer { giveBack(owner) }
        let cancellation = Cancellation()
        return try await withTaskCancellationHandler {
            try await owner.perform { connection in
                let canceller = connection.canceller
                cancellation.begin(canceller)
                connection.interruption = canceller
                defer {
                    connection.interruption = nil
                    cancellation.end()
                }
                return try body(connection)
            }
        } onCancel: {
            cancellation.cancel()
        }
    }

    private func take() async -> ConnectionOwner {
        await withCheckedContinuation { continuation in
            let owner: ConnectionOwner? = state.withLock { state in
                if let owner = state.idle.popLast() { return owner }
                state.waiting.append(continuation)
                return nil
            }
            if let owner { continuation.resume(returning: owner) }
        }
    }

    private func giveBack(_ owner: ConnectionOwner) {
        let next = state.withLock { state -> CheckedContinuation<ConnectionOwner, Never>? in
            guard !state.waiting.isEmpty else {
                state.idle.append(owner)
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume(returning: owner)
    }
}

/// Whether a piece of work was cancelled, and how to tell the server; what is cancelled before it
/// begins is cancelled as it begins.
private final class Cancellation: Sendable {
    private struct State {
        var canceller: Canceller?
        var isCancelled = false
    }

    private let state = Mutex(State())

    func begin(_ canceller: Canceller) {
        state.withLock { state in
            state.canceller = canceller
            if state.isCancelled { canceller.cancel() }
        }
    }

    func end() { state.withLock { $0.canceller = nil } }

    func cancel() {
        // Under the lock, so that the work of the next caller is never hit.
        state.withLock { state in
            state.isCancelled = true
            state.canceller?.cancel()
        }
    }
}
