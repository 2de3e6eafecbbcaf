import Foundation
import Synchronization
import WirecopyMessages

/// Keeps the index behind the log: as a thread of its own, or at once where there is none.
///
/// It reads the log back from the files, so that a lag costs no memory; how far it may lie behind
/// is bounded, because a start has to catch up first.
final class IndexFollower: Sendable {
    /// When the index is brought up to date.
    enum Rhythm: Sendable {
        /// By a thread, when enough has gathered or some time has passed.
        case thread
        /// In the commit itself.
        case inline
    }

    /// Messages behind which the index begins to work at once; the rows of a transaction share
    /// most of the pages that they change.
    private static let messagesDue = 8192
    /// Bytes of the log behind which it begins to work at once.
    private static let bytesDue = 16 << 20
    /// How long a change may wait for the index otherwise; reports show it after that at most.
    private static let delay: TimeInterval = 0.1
    /// Messages that the index may be behind: a start catches up with them in a second.
    private static let messagesMax = 200_000
    /// Bytes of the log that it may be behind, likewise.
    private static let bytesMax = 128 << 20
    /// How long a full disk is left alone before the index is tried again.
    private static let fullPause: TimeInterval = 1

    /// What the thread and its callers share.
    private struct State {
        var durable: IndexCheckpoint
        var indexed: IndexCheckpoint
        var demanded = 0
        var firstWaiting: Date?
        var isFull = false
        var isFinishing = false
        var hasEnded = false
        var failure: QueueFailure?
        var sealed: [IndexRun] = []
    }

    private let follow: Mutex<LogFollowing>
    private let state: Mutex<State>
    private let condition = NSCondition()
    private let rhythm: Rhythm

    init(_ following: sending LogFollowing, _ rhythm: Rhythm) {
        let checkpoint = following.checkpoint
        state = Mutex(State(durable: checkpoint, indexed: checkpoint))
        follow = Mutex(following)
        self.rhythm = rhythm
        guard case .thread = rhythm else { return }
        let thread = Thread { [weak self] in
            while let follower = self, follower.workOnce() {}
        }
        thread.name = "index"
        thread.start()
    }

    /// The first place that the index does not know.
    var indexedPosition: Int { state.withLock { $0.indexed.nextPosition } }

    /// Messages that are durable and that the index does not know.
    var lagMessages: Int {
        state.withLock { max(0, $0.durable.nextPosition - $0.indexed.nextPosition) }
    }

    /// The number of the first frame that the index does not know.
    var indexedSequence: Int { state.withLock { $0.indexed.nextSequence } }

    /// Whether the index lacks space on the disk.
    var isFull: Bool { state.withLock { $0.isFull } }

    /// Notes that the log is durable up to here.
    ///
    /// - Throws: what broke the index.
    func advance(to checkpoint: IndexCheckpoint) throws(QueueFailure) {
        let (failure, isDue) = state.withLock { state in
            let wasEven = state.indexed.nextSequence == state.durable.nextSequence
            state.durable = checkpoint
            if wasEven, case .thread = rhythm { state.firstWaiting = Date() }
            return (state.failure, wasEven || Self.isDue(state))
        }
        if let failure { throw failure }
        switch rhythm {
        case .inline:
            work()
            if let failure = state.withLock({ $0.failure }) { throw failure }
        case .thread: if isDue { signal() }
        }
    }

    /// Waits while the index is too far behind.
    func waitForRoom() {
        guard case .thread = rhythm, state.withLock({ Self.isTooFarBehind($0) }) else { return }
        signal()
        wait { state in
            !Self.isTooFarBehind(state) || state.isFull || state.failure != nil
        }
    }

    /// Waits until the index knows everything that is durable now.
    ///
    /// - Throws: what keeps the index from it.
    func catchUp() throws(QueueFailure) {
        let target = state.withLock { state in
            state.demanded = max(state.demanded, state.durable.nextSequence)
            return state.durable.nextSequence
        }
        if case .inline = rhythm { work() }
        signal()
        wait { state in
            state.indexed.nextSequence >= target || state.failure != nil || state.isFull
                || state.hasEnded
        }
        let (failure, isFull) = state.withLock { state in
            (state.failure, state.isFull && state.indexed.nextSequence < target)
        }
        if let failure { throw failure }
        if isFull {
            throw QueueFailure(.storageFull, "The disk is too full to bring the index up to date.")
        }
    }

    /// Runs of the index that were stored since the last call.
    func takeSealed() -> [IndexRun] {
        state.withLock { state in
            guard !state.sealed.isEmpty else { return [] }
            defer { state.sealed = [] }
            return state.sealed
        }
    }

    /// Copies of what the index knows of open messages, and how far; call `catchUp` before.
    func snapshot() -> (open: OpenSet, checkpoint: IndexCheckpoint) {
        follow.withLock { ($0.open, $0.checkpoint) }
    }

    /// Ends the thread, after the index knows everything, or the disk was too full for it once
    /// more: the next start follows the log from there.
    func finish() {
        state.withLock { state in
            state.isFinishing = true
            state.isFull = false
        }
        signal()
        if case .thread = rhythm { wait { $0.hasEnded } }
        follow.withLock { $0.release() }
    }
}

// The thread.
extension IndexFollower {
    /// Waits until there is enough to do, and does it; `false` when the thread shall end.
    private func workOnce() -> Bool {
        condition.lock()
        while true {
            let (isDue, deadline, isOver) = state.withLock { state in
                (
                    Self.isDue(state), state.firstWaiting?.addingTimeInterval(Self.delay),
                    state.isFinishing && (state.isFull || !Self.isBehind(state))
                        || state.failure != nil
                )
            }
            if isOver {
                condition.unlock()
                end()
                return false
            }
            if isDue { break }
            if let deadline {
                if deadline <= Date() { break }
                _ = condition.wait(until: deadline)
            } else {
                condition.wait()
            }
        }
        condition.unlock()
        work()
        return true
    }

    private func end() {
        state.withLock { $0.hasEnded = true }
        signal()
    }

    /// Brings the index up to what is durable.
    private func work() {
        let target = state.withLock { $0.durable }
        do throws(QueueFailure) {
            try follow.withLock { following throws(QueueFailure) in
                while following.checkpoint.nextSequence < target.nextSequence {
                    guard try following.step(until: target.nextSequence) else {
                        throw following.missing(before: target.nextSequence)
                    }
                    let (checkpoint, runs) = (following.checkpoint, following.takeSealed())
                    state.withLock { state in
                        state.indexed = checkpoint
                        state.sealed += runs
                        state.isFull = false
                    }
                    signal()
                }
            }
            state.withLock { state in
                state.firstWaiting = Self.isBehind(state) ? Date() : nil
            }
        } catch  where error.code == .storageFull {
            state.withLock { state in
                state.isFull = true
                state.demanded = 0
                state.firstWaiting = Date().addingTimeInterval(Self.fullPause)
            }
        } catch {
            state.withLock { $0.failure = error }
        }
        signal()
    }

    private func signal() {
        condition.lock()
        condition.broadcast()
        condition.unlock()
    }

    private func wait(until isReached: (State) -> Bool) {
        condition.lock()
        while !state.withLock({ isReached($0) }) { condition.wait() }
        condition.unlock()
    }

    private static func isBehind(_ state: State) -> Bool {
        state.indexed.nextSequence < state.durable.nextSequence
    }

    private static func isDue(_ state: State) -> Bool {
        guard isBehind(state), !state.isFull else { return false }
        return state.isFinishing || state.demanded > state.indexed.nextSequence
            || lag(state).messages >= messagesDue || lag(state).bytes >= bytesDue
    }

    private static func isTooFarBehind(_ state: State) -> Bool {
        lag(state).messages > messagesMax || lag(state).bytes > bytesMax
    }

    private static func lag(_ state: State) -> (messages: Int, bytes: Int) {
        let (durable, indexed) = (state.durable, state.indexed)
        let isSameFile = durable.place.file == indexed.place.file
        return (
            durable.nextPosition - indexed.nextPosition,
            isSameFile
                ? durable.place.offset - indexed.place.offset
                : (durable.place.file - indexed.place.file) * durable.place.offset + bytesDue
        )
    }
}
