import Synchronization
import WirecopyClient

/// Asks the broker again and again, one for all readers, and tells them what has changed.
package final class QueueWatch: Sendable {
    /// Where events go.
    package let board: LiveBoard
    private let queue: any QueueReports
    private let interval: Duration
    private let latest = Mutex(QueueLook())

    /// Prepares a watch; `run` does it.
    package init(
        _ queue: any QueueReports,
        board: LiveBoard = LiveBoard(),
        interval: Duration = WebLimits.lookInterval
    ) {
        self.queue = queue
        self.board = board
        self.interval = interval
    }

    /// The last look.
    package var look: QueueLook { latest.withLock { $0 } }

    /// Looks until it is cancelled; then all readers are ended.
    package func run(clock: some Clock<Duration> = ContinuousClock()) async {
        var sent: LiveEvent?
        var silentSince = clock.now
        while !Task.isCancelled {
            let event = LiveEvent(await lookOnce())
            if event != sent, let bytes = try? event.bytes() {
                board.publish(bytes)
                (sent, silentSince) = (event, clock.now)
            } else if silentSince.duration(to: clock.now) >= WebLimits.silenceMax {
                board.publish(LiveEvent.silence, isKept: false)
                silentSince = clock.now
            }
            // Cancellation ends the wait, and the loop sees it.
            try? await clock.sleep(for: interval)
        }
        board.close()
    }

    /// Asks once and keeps the answer.
    @discardableResult
    package func lookOnce() async -> QueueLook {
        do {
            let status = try await queue.status()
            return latest.withLock { look in
                look.history.add(status)
                look.problem = nil
                return look
            }
        } catch {
            return latest.withLock { look in
                look.problem = error.message
                return look
            }
        }
    }
}
