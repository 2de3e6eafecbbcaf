import CZeroMQ
import Glibc

/// One thread that owns sockets and runs the actors that use them.
///
/// An actor names the loop as its executor; then every one of its methods, every socket handler and
/// every timer runs on the loop's thread, one at a time, and needs no further protection:
///
///     actor Port {
///         nonisolated let loop: SocketLoop
///         nonisolated var unownedExecutor: UnownedSerialExecutor {
///             unsafe loop.asUnownedSerialExecutor()
///         }
///         private var socket: Socket?
///
///         func open() throws(ZeroMQError) {
///             let socket = try Socket(.router, in: context)
///             try socket.bind("tcp://127.0.0.1:5570")
///             loop.register(socket) { [weak self] in self?.assumeIsolated { $0.drain() } }
///             loop.setTimer(after: .seconds(1)) { [weak self] in
///                 self?.assumeIsolated { $0.tick() }
///             }
///         }
///     }
///
/// `assumeIsolated` is sound because the loop calls the closures on its thread, and it checks that.
/// Make them hold the actor weakly: the loop keeps them until they are taken out or it ends.
/// Handlers should take at most a few hundred messages (`drainMax`) and return; the loop calls them
/// again while more wait. No work of more than a millisecond belongs on the thread.
///
/// The thread lives as long as somebody holds the loop, so that no job of an actor is ever
/// stranded. It then closes the sockets that are left.
///
/// Unchecked: the only stored property is `core`, which is safe for the reasons given there.
package final class SocketLoop: SerialExecutor, @unchecked Sendable {
    /// How many messages a handler should take before it lets others have a turn.
    package static let drainMax = 256

    private let core: LoopCore

    /// Starts the thread.
    ///
    /// - Parameter name: shown by debuggers and `top -H`; 15 bytes are kept.
    /// - Throws: `ZeroMQError` when the process has no descriptors or threads left.
    package init(name: String) throws(ZeroMQError) {
        core = try LoopCore()
        core.loop = self
        try core.start(name: name)
    }

    deinit { core.finish() }

    /// Calls `onReadable` on the loop's thread whenever a message waits in the socket.
    ///
    /// The loop keeps the socket until `unregister`. Registering a socket again changes its
    /// handler.
    package func register(_ socket: Socket, onReadable: @escaping () -> Void) {
        checkIsolated()
        core.sockets.removeAll { $0.socket === socket }
        core.sockets.append(LoopCore.Watched(socket: socket, onReadable: onReadable))
    }

    /// Turns the calls of `onReadable` off or on; while off, ZeroMQ's receive limit holds peers
    /// back.
    package func setReading(_ isReading: Bool, _ socket: Socket) {
        checkIsolated()
        guard let index = core.index(of: socket) else { return }
        core.sockets[index].isReading = isReading
    }

    /// Calls `onWritable` whenever the socket can take a message; `nil` ends the calls.
    ///
    /// A socket that can be written to makes the loop spin, so ask only while something waits.
    package func setWriting(_ socket: Socket, onWritable: (() -> Void)?) {
        checkIsolated()
        guard let index = core.index(of: socket) else { return }
        core.sockets[index].onWritable = onWritable
    }

    /// Forgets a socket; it is not closed.
    package func unregister(_ socket: Socket) {
        checkIsolated()
        core.sockets.removeAll { $0.socket === socket }
    }

    /// Calls `action` once on the loop's thread, not before this time has passed.
    ///
    /// With `.zero` the call comes after all jobs that wait now, before the loop sleeps again: the
    /// place to send what several jobs have gathered.
    @discardableResult
    package func setTimer(after delay: Duration, _ action: @escaping () -> Void) -> LoopTimer {
        checkIsolated()
        return core.timers.add(ContinuousClock.now + max(.zero, delay), action)
    }

    /// Takes a timer back; one that has fired already is ignored.
    package func cancel(_ timer: LoopTimer?) {
        checkIsolated()
        guard let timer else { return }
        core.timers.remove(timer)
    }

    /// Calls `action` on the loop's thread soon; may be called from any thread.
    ///
    /// For signal handlers and the like: a task would need the shared thread pool first, which a
    /// program that must stop may have blocked.
    package func post(_ action: @escaping @Sendable () -> Void) {
        core.add(action)
    }

    /// Closes all registered sockets and forgets all timers; jobs of actors still run.
    package func stop() {
        checkIsolated()
        core.closeAll()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        core.add(UnownedJob(job))
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    package func checkIsolated() {
        precondition(core.isOnThread, "This must run on the thread of the socket loop.")
    }

    package func isIsolatingCurrentContext() -> Bool? { core.isOnThread }
}
