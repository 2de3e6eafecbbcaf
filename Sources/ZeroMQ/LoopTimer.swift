/// Names one timer of a `SocketLoop`.
package struct LoopTimer: Sendable, Hashable {
    let number: UInt64
}

/// The timers of a loop, the next one first.
///
/// A sorted array: a worker has a timer for each slot and a broker a handful, so that insertion by
/// moving is cheaper than a heap.
struct LoopTimers {
    private struct Entry {
        let timer: LoopTimer
        let deadline: ContinuousClock.Instant
        let action: () -> Void
    }

    private var entries: [Entry] = []
    private var lastNumber: UInt64 = 0

    /// When the next timer is due.
    var nextDeadline: ContinuousClock.Instant? { entries.first?.deadline }

    mutating func add(
        _ deadline: ContinuousClock.Instant,
        _ action: @escaping () -> Void
    ) -> LoopTimer {
        lastNumber += 1
        let timer = LoopTimer(number: lastNumber)
        let place = entries.firstIndex { $0.deadline > deadline } ?? entries.endIndex
        entries.insert(Entry(timer: timer, deadline: deadline, action: action), at: place)
        return timer
    }

    mutating func remove(_ timer: LoopTimer) {
        entries.removeAll { $0.timer == timer }
    }

    mutating func removeAll() {
        entries.removeAll()
    }

    /// Takes the first timer that is due, if any.
    ///
    /// Timers set later than `last` wait for the next turn, so that a timer that sets itself again
    /// with no delay does not keep the loop from its sockets.
    mutating func takeDue(
        at now: ContinuousClock.Instant,
        last: LoopTimer
    ) -> (() -> Void)? {
        guard
            let place = entries.firstIndex(where: {
                $0.deadline <= now && $0.timer.number <= last.number
            })
        else { return nil }
        return entries.remove(at: place).action
    }

    /// The timer that was set last.
    var newest: LoopTimer { LoopTimer(number: lastNumber) }
}
