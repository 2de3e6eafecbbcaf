import CZeroMQ
import Glibc
import Synchronization

/// Owns ZeroMQ's own threads; all sockets of a process that talk `inproc` share one.
///
/// Unchecked: a context of ZeroMQ may be used from any thread (zmq_ctx_new(3)), and the flag that
/// says whether it has ended is behind a mutex.
package final class Context: @unchecked Sendable {
    let handle: UnsafeMutableRawPointer
    private let hasEnded = Mutex(false)

    /// Starts ZeroMQ.
    ///
    /// - Parameter ioThreads: threads that move bytes; one carries about 1 GB a second.
    /// - Throws: `ZeroMQError` when the process has no descriptors left.
    package init(ioThreads: Int = 1) throws(ZeroMQError) {
        guard let handle = zmq_ctx_new() else { throw .last("ZeroMQ could not be started") }
        self.handle = handle
        zmq_ctx_set(handle, ZMQ_IO_THREADS, Int32(clamping: ioThreads))
    }

    deinit { terminate() }

    /// Waits until everything that closed sockets still had to send is sent, or their linger time
    /// is over; then ends ZeroMQ's threads.
    ///
    /// Blocks, so call it on a `SocketLoop`'s thread after the last socket was closed, never on the
    /// shared thread pool. A process that leaves without it loses the tail of what it sent. Calling
    /// it again does nothing.
    package func terminate() {
        let isFirst = hasEnded.withLock { ended in
            defer { ended = true }
            return !ended
        }
        guard isFirst else { return }
        while zmq_ctx_term(handle) != 0, zmq_errno() == EINTR {}
    }
}
