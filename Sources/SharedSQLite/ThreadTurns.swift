/// The turns of one thread at a shared connection. One lasts as long as any statement of the thread
/// is at work, since one may run while another's rows are read, and for the first thread until the
/// second one wants it.
///
/// It belongs to one thread.
package final class ThreadTurns {
    /// Which of the two threads.
    package enum Thread: Sendable {
        /// The one whose transaction it is.
        case first
        case second
    }

    private let connection: SharedConnection
    private let thread: Thread
    private var hasTurn = false
    /// Statements that are at work, and whatever else lasts as long as a turn has to.
    private var works = 0

    /// Takes part in the use of a connection.
    package init(_ connection: SharedConnection, _ thread: Thread) {
        self.connection = connection
        self.thread = thread
    }

    /// Notes that a statement begins its work, and waits for the thread's turn.
    package func begin() {
        works += 1
        guard !hasTurn else { return }
        connection.take(by: thread)
        hasTurn = true
    }

    /// Notes that a statement has ended its work.
    package func end() {
        guard works > 0 else { return }
        works -= 1
        if works == 0, thread == .second || connection.isWanted { release() }
    }

    /// Ends a turn: the thread does something else for long, or has failed and left statements in
    /// the middle, which are not used again.
    package func giveUp() {
        works = 0
        release()
    }

    private func release() {
        guard hasTurn else { return }
        hasTurn = false
        connection.release()
    }

    /// Whether the transaction in which both threads work goes on; asked in a turn.
    package var isInTransaction: Bool { connection.isInTransaction }
}
