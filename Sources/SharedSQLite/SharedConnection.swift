import GRDBSQLite
import Glibc
import Synchronization

/// A connection to SQLite that two threads use in turns, within a transaction of the first one.
///
/// The first thread keeps its turn until the second one wants it, which then has it for a few
/// statements. Why not SQLite's own lock (`SQLITE_OPEN_FULLMUTEX`): it is taken at each of the
/// thousand calls that an article's rows cost, and who waits for it sleeps.
///
/// Unchecked: the connection is touched in a turn alone.
package final class SharedConnection: @unchecked Sendable {
    /// The connection, for the thread whose turn it is.
    package let handle: OpaquePointer
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let isTaken = Atomic(false)
    private let isWantedBySecond = Atomic(false)

    /// How often a thread that waits looks before it sleeps: less than a tenth of a millisecond,
    /// longer than most turns. With a tenth of the looks a turn that writes an article's long rows
    /// outlasted them; one that sleeps is woken by a system call of the other thread.
    private static let looksMax = 200_000
    /// How often the first thread looks whether the second one has seen that it may go.
    private static let courtesyMax = 500

    /// Shares a connection that outlives this object.
    package init(_ handle: OpaquePointer) {
        self.handle = handle
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Waits for the turn of the calling thread, which does not have it.
    func take(by thread: ThreadTurns.Thread) {
        switch thread {
        case .first:
            var looks = 0
            while isWanted, looks < Self.courtesyMax { looks += 1 }
            lock()
        case .second:
            isWantedBySecond.store(true, ordering: .relaxed)
            lock()
            isWantedBySecond.store(false, ordering: .relaxed)
        }
    }

    /// Ends the turn of the calling thread.
    func release() {
        isTaken.store(false, ordering: .relaxed)
        pthread_mutex_unlock(mutex)
    }

    /// Whether the second thread waits for its turn.
    var isWanted: Bool { isWantedBySecond.load(ordering: .relaxed) }

    private func lock() {
        if !tryLock() { pthread_mutex_lock(mutex) }
        isTaken.store(true, ordering: .relaxed)
    }

    private func tryLock() -> Bool {
        for _ in 0..<Self.looksMax where !isTaken.load(ordering: .relaxed) {
            if pthread_mutex_trylock(mutex) == 0 { return true }
        }
        return false
    }

    /// Whether the transaction goes on; asked in a turn. After some failures, such as that of a
    /// full disk, SQLite rolls back by itself, and what the other thread does would be kept.
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }
}
