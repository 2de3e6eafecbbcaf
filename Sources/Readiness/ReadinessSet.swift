import CEpoll
import Glibc

/// Waits for many descriptors at once, at a cost that depends on how many are ready and not on how
/// many are watched (epoll(7)).
///
/// One thread owns the set and calls everything but `wake`, which may come from any thread: it does
/// nothing but write to a descriptor that lives as long as the set. Hence `@unchecked Sendable`.
package final class ReadinessSet: @unchecked Sendable {
    /// What a descriptor is ready for.
    package struct Ready: Sendable {
        /// The descriptor.
        package let descriptor: Int32
        /// Bytes, a connection or the end can be read.
        package let isReadable: Bool
        /// There is room for bytes.
        package let isWritable: Bool
        /// The peer is gone, or the descriptor is of no more use.
        package let isBroken: Bool
    }

    /// Events that are taken at once; more wait for the next call.
    private static let eventsMax = 256

    private let poll: Int32
    private let alarm: Int32
    /// What is watched for, by descriptor; 0 for nothing.
    private var interests: [UInt32] = []
    private var events = [epoll_event](repeating: epoll_event(), count: eventsMax)

    /// Makes a set that watches nothing; the process must have two descriptors left.
    package init() {
        poll = epoll_create1(Int32(EPOLL_CLOEXEC))
        alarm = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        let code = errno
        precondition(poll >= 0 && alarm >= 0, "No descriptor is left to wait with: errno \(code).")
        watch(alarm, reading: true, writing: false)
    }

    deinit {
        close(alarm)
        close(poll)
    }

    /// Watches a descriptor, or watches it for something else from now on.
    package func watch(_ descriptor: Int32, reading: Bool, writing: Bool) {
        let index = Int(descriptor)
        if index >= interests.count {
            interests += [UInt32](repeating: 0, count: index + 1 - interests.count)
        }
        let wanted = (reading ? shim_epoll_in() : 0) | (writing ? shim_epoll_out() : 0)
        guard interests[index] != wanted else { return }
        let isNew = interests[index] == 0
        interests[index] = wanted
        guard wanted != 0 else { return control(EPOLL_CTL_DEL, descriptor, 0) }
        control(isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, wanted)
    }

    /// Watches a descriptor no longer; to be called before it is closed.
    package func forget(_ descriptor: Int32) {
        guard isWatched(descriptor) else { return }
        interests[Int(descriptor)] = 0
        control(EPOLL_CTL_DEL, descriptor, 0)
    }

    /// Whether a descriptor is watched for anything.
    package func isWatched(_ descriptor: Int32) -> Bool {
        interests.indices.contains(Int(descriptor)) && interests[Int(descriptor)] != 0
    }

    private func control(_ operation: Int32, _ descriptor: Int32, _ interest: UInt32) {
        var event = epoll_event(events: interest, data: epoll_data_t(fd: descriptor))
        // A descriptor that was closed unseen has left the set by itself (ENOENT, EBADF).
        _ = epoll_ctl(poll, operation, descriptor, &event)
    }

    /// Waits until something is ready, somebody calls `wake`, or the time is over, and reports what
    /// is ready; descriptors that are forgotten by `body` meanwhile are left out.
    ///
    /// - Parameters:
    ///   - milliseconds: the longest wait; 0 only looks, -1 waits for ever.
    ///   - body: is called for each that is ready, on the caller's thread.
    package func wait(milliseconds: Int32, _ body: (Ready) -> Void) {
        let count = epoll_wait(poll, &events, Int32(Self.eventsMax), milliseconds)
        // A signal ends a wait early; the caller comes again.
        for index in 0..<max(0, Int(count)) {
            let event = events[index]
            let descriptor = event.data.fd
            guard descriptor != alarm else {
                var value: eventfd_t = 0
                _ = eventfd_read(alarm, &value)
                continue
            }
            guard interests[Int(descriptor)] != 0 else { continue }
            body(
                Ready(
                    descriptor: descriptor,
                    isReadable: event.events & shim_epoll_in() != 0,
                    isWritable: event.events & shim_epoll_out() != 0,
                    isBroken: event.events & shim_epoll_broken() != 0
                )
            )
        }
    }

    /// Ends a wait that goes on now, or else the next one; from any thread.
    package func wake() { _ = eventfd_write(alarm, 1) }
}
