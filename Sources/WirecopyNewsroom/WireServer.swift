import Dispatch
import Foundation
import Glibc
import Synchronization

/// A small HTTP server on loopback that follows scripts, good or bad, byte for byte.
///
/// One thread accepts, one thread serves a connection; connections are bounded. A descriptor is
/// closed only by the thread that serves it, under the lock, so that `stop` never meets a number
/// that was used again.
final class WireServer: Sendable {
    /// Turns a request into what to do; the second closure is called when it is done.
    typealias Handler = @Sendable (HTTPRequest) -> (script: WireScript, finished: () -> Void)

    /// The port it listens on.
    let port: UInt16

    private let listener: Int32
    private let connections = Mutex(Connections())
    private let threads = DispatchGroup()

    private struct Connections {
        var open: Set<Int32> = []
        var isStopped = false
    }

    /// More than any polite client opens, far below the usual limit of 1,024 descriptors.
    static let connectionLimit = 256
    /// How long a connection may say nothing before it is closed.
    static let idleLimitSeconds = 15
    /// Rest after a failed accept, so that a lack of descriptors does not become a busy loop.
    private static let acceptPauseMicroseconds: UInt32 = 10_000
    /// How long `stop` waits for the threads.
    static let stopLimitSeconds = 10

    /// Binds to 127.0.0.1; port 0 takes a free one.
    init(port: UInt16) throws(NewsroomFailure) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw .socket(call: "socket", code: errno) }
        do throws(NewsroomFailure) {
            self.port = try Self.listen(descriptor, port: port)
        } catch {
            close(descriptor)
            throw error
        }
        listener = descriptor
    }

    /// Begins to answer.
    func start(_ handler: @escaping Handler) {
        threads.enter()
        Thread.detachNewThread { [self] in
            accept(handler)
            threads.leave()
        }
    }

    /// Closes all connections, waits for their threads and frees the port. May be called twice.
    func stop() {
        let isFirst = connections.withLock { state in
            defer { state.isStopped = true }
            for descriptor in state.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
            return !state.isStopped
        }
        guard isFirst else { return }
        shutdown(listener, Int32(SHUT_RDWR))
        _ = threads.wait(timeout: .now() + .seconds(Self.stopLimitSeconds))
        close(listener)
    }

    private static func listen(
        _ descriptor: Int32,
        port: UInt16
    ) throws(NewsroomFailure) -> UInt16 {
        setOption(descriptor, SOL_SOCKET, SO_REUSEADDR, Int32(1))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, size)
            }
        }
        guard bound == 0 else {
            throw errno == EADDRINUSE ? .portTaken(port) : .socket(call: "bind", code: errno)
        }
        guard Glibc.listen(descriptor, 128) == 0 else {
            throw errno == EADDRINUSE ? .portTaken(port) : .socket(call: "listen", code: errno)
        }
        let named = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(descriptor, $0, &size)
            }
        }
        guard named == 0 else { throw .socket(call: "getsockname", code: errno) }
        return UInt16(bigEndian: address.sin_port)
    }

    /// True for errors of `accept` after which the next connection may be fine (accept(2)).
    private static func isPassing(_ code: Int32) -> Bool {
        [EINTR, ECONNABORTED, EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code)
    }

    private func accept(_ handler: @escaping Handler) {
        while true {
            let descriptor = Glibc.accept(listener, nil, nil)
            if descriptor < 0 {
                guard Self.isPassing(errno), !connections.withLock(\.isStopped) else { return }
                usleep(Self.acceptPauseMicroseconds)
                continue
            }
            let isWelcome = connections.withLock { state in
                guard !state.isStopped, state.open.count < Self.connectionLimit else {
                    return false
                }
                state.open.insert(descriptor)
                return true
            }
            guard isWelcome else {
                close(descriptor)
                continue
            }
            threads.enter()
            Thread.detachNewThread { [self] in
                WireConnection(descriptor: descriptor).serve(handler)
                connections.withLock { state in
                    state.open.remove(descriptor)
                    close(descriptor)
                }
                threads.leave()
            }
        }
    }
}

/// One accepted connection, used by its own thread only.
struct WireConnection {
    let descriptor: Int32

    /// Requests answered on one connection before it is closed.
    private static let requestLimit = 10_000
    /// Bytes read at once.
    private static let readSizeBytes = 16 * 1024
    /// POLLRDHUP of <poll.h>, which the Glibc module hides behind _GNU_SOURCE: the peer is gone.
    private static let peerIsGone: Int16 = 0x2000

    /// Answers requests until the client leaves, asks to close or sends nonsense.
    func serve(_ handler: WireServer.Handler) {
        setOption(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, Int32(1))
        let limit = timeval(tv_sec: WireServer.idleLimitSeconds, tv_usec: 0)
        setOption(descriptor, SOL_SOCKET, SO_RCVTIMEO, limit)
        setOption(descriptor, SOL_SOCKET, SO_SNDTIMEO, limit)
        var reader = HTTPRequestReader()
        var answered = 0
        while answered < Self.requestLimit {
            switch reader.next() {
            case .needsMore:
                guard let bytes = receive() else { return }
                reader.add(bytes)
            case .malformed(let status):
                let answer = HTTPAnswer.plain("Bad request\n", status: status)
                _ = send(answer.head(now: 0, length: answer.body.count, isLast: true) + answer.body)
                lingerBriefly()
                return
            case .request(let request):
                let (script, finished) = handler(request)
                let isDone = perform(script)
                finished()
                guard isDone, script.keepsAlive else {
                    if isDone { lingerBriefly() }
                    return
                }
                answered += 1
            }
        }
    }

    /// False when the client is gone.
    private func perform(_ script: WireScript) -> Bool {
        for step in script.steps {
            switch step {
            case .send(let bytes):
                guard send(bytes) else { return false }
            case .pause(let milliseconds):
                guard pause(milliseconds) else { return false }
            case .sendRepeatedly(let bytes, let times, let milliseconds):
                for _ in 0..<times {
                    guard send(bytes), milliseconds == 0 || pause(milliseconds) else {
                        return false
                    }
                }
            }
        }
        return true
    }

    /// Waits; false when the client leaves meanwhile.
    private func pause(_ milliseconds: Int) -> Bool {
        var watched = pollfd(fd: descriptor, events: Self.peerIsGone, revents: 0)
        return unsafe poll(&watched, 1, Int32(clamping: milliseconds)) == 0
    }

    /// Reads away what the client still sends: closing with unread bytes would reset the
    /// connection and could take the answer with it.
    private func lingerBriefly() {
        shutdown(descriptor, Int32(SHUT_WR))
        setOption(descriptor, SOL_SOCKET, SO_RCVTIMEO, timeval(tv_sec: 1, tv_usec: 0))
        for _ in 0..<64 {
            guard receive() != nil else { return }
        }
    }

    private func receive() -> ArraySlice<UInt8>? {
        var buffer = [UInt8](repeating: 0, count: Self.readSizeBytes)
        let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
        return count > 0 ? buffer[..<count] : nil
    }

    private func send(_ bytes: [UInt8]) -> Bool {
        var position = 0
        while position < bytes.count {
            let sent = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.send(
                    descriptor,
                    buffer.baseAddress?.advanced(by: position),
                    buffer.count - position,
                    Int32(MSG_NOSIGNAL)
                )
            }
            guard sent > 0 else { return false }
            position += sent
        }
        return true
    }
}

/// Sets an option that may fail without harm: the defaults work too, only slower.
private func setOption<Value: BitwiseCopyable>(
    _ descriptor: Int32,
    _ level: Int32,
    _ name: Int32,
    _ value: Value
) {
    var value = value
    let size = socklen_t(MemoryLayout<Value>.size)
    _ = unsafe setsockopt(descriptor, level, name, &value, size)
}
