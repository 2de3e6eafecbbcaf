import Dispatch
import Synchronization

/// Brings SQLite's write-ahead log to the disk, beside the transactions that write it.
///
/// The store's connection commits without waiting for the disk (`synchronous = NORMAL`); what was
/// committed before a call of `makeDurable` is on disk once that has returned.
///
/// After a sync that failed the kernel counts pages as written that are not, and a later sync
/// proves nothing. So all callers fail from then on until `rewrite` has written the log once more.
/// A log that somebody left is in doubt as well: nobody knows how the syncs of that process ended.
final class WriteAheadLog: Sendable {
    private struct State {
        /// Why nothing is durable; `nil` when all is well.
        var doubt: StorageFailure?
        /// Callers whose transactions the next sync makes durable: as many as there are groups in
        /// flight.
        var waiting: [CheckedContinuation<Void, any Error>] = []
    }

    private let file: LogFile
    private let queue = DispatchQueue(label: "wirecopy.store.log")
    private let state = Mutex(State())

    /// Takes the log as somebody left it: in doubt.
    init(_ file: LogFile) {
        self.file = file
        state.withLock { state in
            state.doubt = StorageFailure(.failed, "The store's log was not looked at yet.")
        }
    }

    /// True when `rewrite` must come before anything that shall be durable.
    var isInDoubt: Bool { state.withLock { $0.doubt != nil } }

    /// Waits until all that was committed is on disk; several callers share a sync.
    ///
    /// - Throws: `StorageFailure` when the disk failed; then nobody knows what it holds.
    func makeDurable() async throws {
        try await withCheckedThrowingContinuation { caller in
            let isFirst = state.withLock { state in
                state.waiting.append(caller)
                return state.waiting.count == 1
            }
            if isFirst { queue.async { [self] in syncForAll() } }
        }
    }

    /// Does the same while the calling thread waits.
    ///
    /// - Throws: as `makeDurable()`.
    func makeDurableWaiting() throws {
        try queue.sync { try sync() }
    }

    /// Writes the log once more and waits until it is on disk; then it is in doubt no longer.
    /// Nobody else may write the store meanwhile.
    ///
    /// - Throws: `StorageFailure` when the disk failed; the log stays in doubt.
    func rewrite() throws {
        try queue.sync {
            try file.writeOver()
            try file.syncFolder()
            try file.sync()
            state.withLock { $0.doubt = nil }
        }
    }

    private func syncForAll() {
        // Taken before the sync: who comes during it may have committed during it.
        let callers = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        let result = Result<Void, any Error> { try sync() }
        for caller in callers { caller.resume(with: result) }
    }

    /// Runs on the queue, one at a time.
    private func sync() throws(StorageFailure) {
        if let doubt = state.withLock({ $0.doubt }) { throw doubt }
        do {
            try file.sync()
        } catch {
            state.withLock { $0.doubt = error }
            throw error
        }
    }
}
