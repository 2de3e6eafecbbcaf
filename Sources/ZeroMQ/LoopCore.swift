import CZeroMQ
import Glibc
import Synchronization

/// The part of a `SocketLoop` that its thread holds.
///
/// Unchecked: `jobs`, `isAsleep`, `threadID` and `isFinished` are atomic or locked; `loop` is
/// written once before the thread starts; `wake` never changes; `sockets` and `timers` are touched
/// on the loop's thread alone, which each method of `SocketLoop` checks.
final class LoopCore: @unchecked Sendable {
    /// A socket and what to call for it.
    struct Watched {
        let socket: Socket
        var onReadable: () -> Void
        var onWritable: (() -> Void)?
        var isReading = true

        var events: Int16 {
            Int16((isReading ? ZMQ_POLLIN : 0) | (onWritable == nil ? 0 : ZMQ_POLLOUT))
        }
    }

    /// What other threads hand to this one.
    private enum Work {
        case job(UnownedJob)
        case action(@Sendable () -> Void)
    }

    weak var loop: SocketLoop?
    var sockets: [Watched] = []
    var timers = LoopTimers()

    private let jobs = ThreadLock<[Work]>([])
    private let isAsleep = Atomic<Bool>(false)
    private let isFinished = Atomic<Bool>(false)
    private let threadID = Atomic<UInt>(0)
    private let wake: Int32

    init() throws(ZeroMQError) {
        let event = eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC))
        guard event >= 0 else {
            throw ZeroMQError(number: errno, attempt: "The socket loop's event could not be made")
        }
        wake = event
    }

    deinit { Glibc.close(wake) }

    var isOnThread: Bool { threadID.load(ordering: .relaxed) == pthread_self() }

    func index(of socket: Socket) -> Int? {
        sockets.firstIndex { $0.socket === socket }
    }

    /// Adds a job; the event is raised only when the thread sleeps, so a busy loop costs no call.
    func add(_ job: UnownedJob) {
        jobs.withLock { $0.append(.job(job)) }
        wakeUp()
    }

    func add(_ action: @escaping @Sendable () -> Void) {
        jobs.withLock { $0.append(.action(action)) }
        wakeUp()
    }

    /// Lets the thread end once the loop object is gone.
    func finish() {
        isFinished.store(true, ordering: .sequentiallyConsistent)
        wakeUp()
    }

    func closeAll() {
        let closing = sockets
        sockets = []
        timers.removeAll()
        for watched in closing { watched.socket.close() }
    }

    /// Starts the thread, which holds this object until it ends.
    func start(name: String) throws(ZeroMQError) {
        let held = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let result = pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument else { return nil }
                let core = Unmanaged<LoopCore>.fromOpaque(argument).takeRetainedValue()
                core.run()
                return nil
            },
            held.toOpaque()
        )
        guard result == 0 else {
            held.release()
            throw ZeroMQError(number: result, attempt: "The socket loop's thread could not start")
        }
        pthread_setname_np(thread, String(decoding: name.utf8.prefix(15), as: UTF8.self))
        pthread_detach(thread)
    }
}

extension LoopCore {
    private func run() {
        threadID.store(pthread_self(), ordering: .relaxed)
        while !isFinished.load(ordering: .sequentiallyConsistent) {
            runJobs()
            runTimers()
            waitAndServe()
        }
        closeAll()
    }

    private func wakeUp() {
        guard isAsleep.exchange(false, ordering: .sequentiallyConsistent) else { return }
        var one: UInt64 = 1
        _ = Glibc.write(wake, &one, 8)
    }

    private func runJobs() {
        let batch = jobs.withLock { jobs in
            defer { jobs.removeAll(keepingCapacity: true) }
            return jobs
        }
        // Whoever has a job here holds an actor that holds the loop, so it is there.
        guard !batch.isEmpty, let loop else { return }
        let executor = loop.asUnownedSerialExecutor()
        for work in batch {
            switch work {
            case .job(let job): job.runSynchronously(on: executor)
            case .action(let action): action()
            }
        }
    }

    private func runTimers() {
        guard timers.nextDeadline != nil else { return }
        let (now, newest) = (ContinuousClock.now, timers.newest)
        while let action = timers.takeDue(at: now, last: newest) { action() }
    }

    private func waitAndServe() {
        var watched = sockets.filter { $0.events != 0 && $0.socket.handle != nil }
        var polled = watched.map {
            zmq_pollitem_t(socket: $0.socket.handle, fd: 0, events: $0.events, revents: 0)
        }
        polled.append(zmq_pollitem_t(socket: nil, fd: wake, events: Int16(ZMQ_POLLIN), revents: 0))
        isAsleep.store(true, ordering: .sequentiallyConsistent)
        // A job that came before the flag was up has raised no event: look once more.
        let isBusy =
            jobs.withLock { !$0.isEmpty } || isFinished.load(ordering: .sequentiallyConsistent)
        let count = zmq_poll(&polled, Int32(polled.count), isBusy ? 0 : timeoutMilliseconds())
        isAsleep.store(false, ordering: .sequentiallyConsistent)
        guard count > 0 else { return }
        if polled.removeLast().revents != 0 { quieten() }
        for (index, item) in polled.enumerated() where item.revents != 0 {
            serve(watched[index].socket, Int32(item.revents))
        }
        watched.removeAll()
    }

    private func serve(_ socket: Socket, _ events: Int32) {
        // An earlier handler of this turn may have taken the socket out or closed it.
        if events & ZMQ_POLLOUT != 0, let index = index(of: socket) {
            sockets[index].onWritable?()
        }
        if events & ZMQ_POLLIN != 0, let index = index(of: socket), sockets[index].isReading {
            sockets[index].onReadable()
        }
    }

    private func quieten() {
        var count: UInt64 = 0
        _ = Glibc.read(wake, &count, 8)
    }

    /// Until the next timer, rounded up so that the loop does not spin through its last
    /// millisecond.
    private func timeoutMilliseconds() -> Int {
        guard let deadline = timers.nextDeadline else { return -1 }
        let (seconds, attoseconds) = (deadline - ContinuousClock.now).components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let milliseconds = attoseconds / 1_000_000_000_000_000
        return Int(min(seconds, 86_400)) * 1000 + Int(milliseconds) + 1
    }
}
