import Dispatch
import Synchronization

extension SocketLoop {
    /// Asks something on the loop's thread and waits for the answer; for threads that may block.
    ///
    /// It comes after what the loop has in hand, so an answer also proves that the loop turns.
    ///
    /// - Returns: `nil` when no answer came in time, or the question gave none; a question that was
    ///   not waited for is still asked.
    package func ask<Answer: Sendable>(
        within patience: Duration,
        _ question: @escaping @Sendable () -> Answer?
    ) -> Answer? {
        let slip = AnswerSlip<Answer>()
        post {
            slip.answer.withLock { $0 = question() }
            slip.isAnswered.signal()
        }
        let limit = DispatchTime.now() + .milliseconds(Int(patience / .milliseconds(1)))
        guard slip.isAnswered.wait(timeout: limit) == .success else { return nil }
        return slip.answer.withLock { $0 }
    }
}

/// Where an answer is laid down for the thread that waits for it.
private final class AnswerSlip<Answer: Sendable>: Sendable {
    let answer = Mutex<Answer?>(nil)
    let isAnswered = DispatchSemaphore(value: 0)
}
