import Glibc

/// A value that one thread at a time may touch.
///
/// Why not `Synchronization.Mutex`: in debug builds its lock is taken inside the standard library,
/// where ThreadSanitizer does not see it and reports races that are none. Unchecked: `value` is
/// touched under the lock alone.
final class ThreadLock<Value>: @unchecked Sendable {
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private var value: Value

    init(_ value: sending Value) {
        self.value = value
        pthread_mutex_init(lock, nil)
    }

    deinit {
        pthread_mutex_destroy(lock)
        lock.deallocate()
    }

    func withLock<Output>(_ body: (inout Value) -> Output) -> Output {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return body(&value)
    }
}
