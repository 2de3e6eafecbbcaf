import Foundation
import Synchronization
import WirecopyMessages

/// The thread on which a journal removes what its policy no longer keeps: small steps with pauses
/// between them, so that it never has more than a fraction of the disk.
final class RetentionThread: Sendable {
    /// Between two rounds; limits are set in days.
    private static let interval: TimeInterval = 600
    /// Between two steps of a round.
    private static let pause: TimeInterval = 0.1

    private let condition = NSCondition()
    private let isEnding = Mutex(false)
    private let hasEnded = Mutex(false)
    private let own = Mutex<pthread_t?>(nil)

    init(_ journal: LogJournal) {
        let delay = TimeInterval(journal.options.retentionDelay.components.seconds)
        let thread = Thread { [weak journal, self] in
            run(after: delay) { () -> TimeInterval? in journal.map { Self.step($0) } }
        }
        thread.name = "retention"
        thread.start()
    }

    /// Ends the thread, after the step that it is in.
    func end() {
        isEnding.withLock { $0 = true }
        signal()
        // The journal may have had its last user in a step of this thread.
        if own.withLock({ $0.map { pthread_equal($0, pthread_self()) != 0 } }) ?? false { return }
        condition.lock()
        while !hasEnded.withLock({ $0 }) { condition.wait() }
        condition.unlock()
    }

    private func run(after delay: TimeInterval, _ step: () -> TimeInterval?) {
        own.withLock { $0 = pthread_self() }
        var wait = delay
        while pauses(wait), let next = step() { wait = next }
        hasEnded.withLock { $0 = true }
        signal()
    }

    /// Waits; `false` when the thread shall end.
    private func pauses(_ seconds: TimeInterval) -> Bool {
        let end = Date().addingTimeInterval(seconds)
        condition.lock()
        defer { condition.unlock() }
        while !isEnding.withLock({ $0 }) {
            guard condition.wait(until: end) else { break }
        }
        return !isEnding.withLock { $0 }
    }

    private func signal() {
        condition.lock()
        condition.broadcast()
        condition.unlock()
    }

    /// One step, and how long to wait for the next.
    private static func step(_ journal: LogJournal) -> TimeInterval {
        let options = journal.options
        do throws(QueueFailure) {
            guard let done = try journal.retain(options.retention, now: options.now()) else {
                return interval
            }
            options.onRetention(done, nil)
            return pause
        } catch {
            options.onRetention(nil, error)
            return interval
        }
    }
}
