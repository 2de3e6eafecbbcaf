import CZeroMQ
import Glibc

/// A ZeroMQ socket that sends and receives whole messages of several frames without ever waiting.
///
/// A socket belongs to one thread from its making to `close()`: let an actor on a `SocketLoop` make
/// it and keep it. It is not `Sendable`, so the compiler holds this.
package final class Socket {
    /// What a socket does with its peers.
    package enum Kind: Sendable {
        /// Talks to any number of peers, each by its identity, which is the first frame.
        case router
        /// Talks to the other side, usually one router.
        case dealer
        /// Talks to exactly one other socket of the same process.
        case pair

        fileprivate var number: Int32 {
            switch self {
            case .router: ZMQ_ROUTER
            case .dealer: ZMQ_DEALER
            case .pair: ZMQ_PAIR
            }
        }
    }

    /// What became of a message that was to be sent.
    package enum SendOutcome: Sendable, Equatable {
        /// ZeroMQ has taken the whole message.
        case sent
        /// Nothing was taken: the limit of waiting messages is reached (`EAGAIN`).
        case wouldBlock
        /// Nothing was taken: a router has no peer of this identity (`EHOSTUNREACH`).
        case hostUnreachable
    }

    /// What was there to be received.
    package enum Reception: Sendable, Equatable {
        /// One whole message; from a router the first frame is the sender's identity.
        case message([[UInt8]])
        /// A message that exceeded the limits; it was taken from the queue and dropped, but for its
        /// first frame, so that a router can tell the sender.
        case overLimit(firstFrame: [UInt8], frames: Int, bytes: Int)
        /// No message waits.
        case nothing
    }

    /// How much one received message may be.
    package struct ReceiveLimit: Sendable, Equatable {
        /// Most frames.
        package var frames: Int
        /// Most bytes over all frames.
        package var bytes: Int

        /// Makes a limit.
        package init(frames: Int, bytes: Int) {
            self.frames = frames
            self.bytes = bytes
        }
    }

    /// What the socket does.
    package let kind: Kind
    /// `nil` once the socket is closed.
    private(set) var handle: UnsafeMutableRawPointer?
    /// What the authenticator called the sender of the message that was received last; `nil` when
    /// no authenticator was asked, because the connection is not protected.
    package private(set) var user: String?
    private let context: Context

    /// Makes a socket and sets its options.
    ///
    /// - Throws: `ZeroMQError`: `EMFILE` without free sockets, `EINVAL` for an option out of range.
    package init(
        _ kind: Kind,
        in context: Context,
        options: SocketOptions = SocketOptions()
    ) throws(ZeroMQError) {
        guard let handle = zmq_socket(context.handle, kind.number) else {
            throw .last("A \(kind) socket could not be made")
        }
        self.kind = kind
        self.handle = handle
        self.context = context
        try set(options)
    }

    deinit { close() }

    /// Listens on an address such as `tcp://127.0.0.1:5570`, `tcp://127.0.0.1:*` or `ipc:///path`.
    ///
    /// - Throws: `ZeroMQError`: `EADDRINUSE` when another socket listens there.
    package func bind(_ endpoint: String) throws(ZeroMQError) {
        guard zmq_bind(try open(), endpoint) == 0 else {
            throw .last("The socket could not bind to \(endpoint)")
        }
    }

    /// Stops listening on an address that `lastEndpoint` gave; its connections end.
    ///
    /// - Throws: `ZeroMQError`: `ENOENT` when the socket does not listen there.
    package func unbind(_ endpoint: String) throws(ZeroMQError) {
        guard zmq_unbind(try open(), endpoint) == 0 else {
            throw .last("The socket could not stop listening on \(endpoint)")
        }
    }

    /// Connects to an address in the background; it does not wait for the other side.
    ///
    /// - Throws: `ZeroMQError`: `EINVAL` for an address that is none.
    package func connect(_ endpoint: String) throws(ZeroMQError) {
        guard zmq_connect(try open(), endpoint) == 0 else {
            throw .last("The socket could not connect to \(endpoint)")
        }
    }

    /// The address that the last `bind` or `connect` resolved to, with the port that was chosen.
    package func lastEndpoint() throws(ZeroMQError) -> String {
        var buffer = [UInt8](repeating: 0, count: 1024)
        var size = buffer.count
        guard zmq_getsockopt(try open(), ZMQ_LAST_ENDPOINT, &buffer, &size) == 0 else {
            throw .last("The socket's address could not be read")
        }
        return String(decoding: buffer.prefix(while: { $0 != 0 }), as: UTF8.self)
    }

    /// Hands a message of one frame or more to ZeroMQ; it is taken whole or not at all.
    ///
    /// - Parameters:
    ///   - frames: what to send.
    ///   - route: a router's frame before the first: the identity of the peer.
    /// - Returns: whether all of it was taken, or why nothing was.
    /// - Throws: `ZeroMQError` when the socket is closed or broken; never for a full queue.
    package func send(
        _ frames: [[UInt8]],
        to route: [UInt8]? = nil
    ) throws(ZeroMQError) -> SendOutcome {
        precondition(!frames.isEmpty, "A message has at least one frame.")
        let handle = try open()
        if let route, try !sendFrame(route, ZMQ_SNDMORE, handle) {
            return zmq_errno() == EHOSTUNREACH ? .hostUnreachable : .wouldBlock
        }
        var outcome = SendOutcome.sent
        for (index, frame) in frames.enumerated() {
            let more = index < frames.count - 1 ? ZMQ_SNDMORE : 0
            if try sendFrame(frame, more, handle) { continue }
            if zmq_errno() == EHOSTUNREACH { return .hostUnreachable }
            if index == 0, route == nil { return .wouldBlock }
            // The peer left in the middle: libzmq drops the frames up to the last one and must be
            // given them, or it would drop the beginning of the next message instead.
            outcome = .wouldBlock
        }
        return outcome
    }

    /// Takes the next whole message, if one is there.
    ///
    /// - Throws: `ZeroMQError` when the socket is closed or broken.
    package func receive(_ limit: ReceiveLimit) throws(ZeroMQError) -> Reception {
        let handle = try open()
        var frames: [[UInt8]] = []
        var first: [UInt8] = []
        var (count, bytes) = (0, 0)
        var part = zmq_msg_t()
        zmq_msg_init(&part)
        defer { zmq_msg_close(&part) }
        repeat {
            guard try receiveFrame(&part, handle) else { return .nothing }
            count += 1
            bytes += zmq_msg_size(&part)
            if count == 1 { first = Self.copy(&part) }
            // Not the first frame of a router: libzmq leaves it without properties when it was
            // fetched for a poll. A peer can neither set nor change the property.
            if count == (kind == .router ? 2 : 1) {
                user = zmq_msg_gets(&part, "User-Id").map { String(cString: $0) }
            }
            if count <= limit.frames, bytes <= limit.bytes {
                frames.append(count == 1 ? first : Self.copy(&part))
            } else {
                frames = []
            }
        } while zmq_msg_more(&part) != 0
        guard count <= limit.frames, bytes <= limit.bytes else {
            return .overLimit(firstFrame: first, frames: count, bytes: bytes)
        }
        return .message(frames)
    }

    /// Changes how long the socket goes on sending after `close()`.
    package func setLinger(_ linger: Duration) throws(ZeroMQError) {
        try set(ZMQ_LINGER, Self.milliseconds(linger), "linger time")
    }

    /// Closes the socket; what ZeroMQ has taken is still sent within the linger time.
    ///
    /// Calling it again does nothing.
    package func close() {
        guard let handle else { return }
        self.handle = nil
        zmq_close(handle)
    }
}

extension Socket {
    func open() throws(ZeroMQError) -> UnsafeMutableRawPointer {
        guard let handle else {
            throw ZeroMQError(number: ENOTSOCK, attempt: "The socket is closed")
        }
        return handle
    }

    /// Sends one frame; false when it was not taken because of the state of the queue or the peer.
    private func sendFrame(
        _ frame: [UInt8],
        _ more: Int32,
        _ handle: UnsafeMutableRawPointer
    ) throws(ZeroMQError) -> Bool {
        while true {
            let sent = frame.withUnsafeBytes {
                zmq_send(handle, $0.baseAddress, $0.count, ZMQ_DONTWAIT | more)
            }
            if sent >= 0 { return true }
            switch zmq_errno() {
            case EINTR: continue
            case EAGAIN, EHOSTUNREACH: return false
            default: throw .last("A frame of \(frame.count) bytes could not be sent")
            }
        }
    }

    /// Receives one frame; false when none waits.
    private func receiveFrame(
        _ part: inout zmq_msg_t,
        _ handle: UnsafeMutableRawPointer
    ) throws(ZeroMQError) -> Bool {
        while zmq_msg_recv(&part, handle, ZMQ_DONTWAIT) < 0 {
            switch zmq_errno() {
            case EINTR: continue
            case EAGAIN: return false
            default: throw .last("A frame could not be received")
            }
        }
        return true
    }

    private static func copy(_ part: inout zmq_msg_t) -> [UInt8] {
        let size = zmq_msg_size(&part)
        guard size > 0, let data = zmq_msg_data(&part) else { return [] }
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            UnsafeMutableRawBufferPointer(buffer).copyMemory(from: .init(start: data, count: size))
            count = size
        }
    }

    private func set(_ options: SocketOptions) throws(ZeroMQError) {
        if let identity = options.identity { try setBytes(ZMQ_ROUTING_ID, identity, "identity") }
        try setLinger(options.linger)
        try set(ZMQ_SNDHWM, Int32(clamping: options.sendLimit), "send limit")
        try set(ZMQ_RCVHWM, Int32(clamping: options.receiveLimit), "receive limit")
        try setFrameBytesMax(options.frameBytesMax + SocketSecurity.frameBytesAdded)
        try set(
            ZMQ_HANDSHAKE_IVL,
            Self.milliseconds(options.handshakeTimeout),
            "time for a handshake"
        )
        try set(ZMQ_BACKLOG, Int32(clamping: options.backlog), "length of the queue of callers")
        try set(options.security)
        try set(
            ZMQ_RECONNECT_IVL,
            Self.milliseconds(options.reconnectInterval),
            "reconnect interval"
        )
        try set(
            ZMQ_RECONNECT_IVL_MAX,
            Self.milliseconds(options.reconnectIntervalMax),
            "longest reconnect interval"
        )
        if kind == .router {
            try set(ZMQ_ROUTER_MANDATORY, options.isMandatory ? 1 : 0, "mandatory routing")
            try set(ZMQ_ROUTER_HANDOVER, options.handsOver ? 1 : 0, "handover")
        }
        guard let heartbeat = options.heartbeat else { return }
        try set(ZMQ_HEARTBEAT_IVL, Self.milliseconds(heartbeat.interval), "heartbeat interval")
        try set(ZMQ_HEARTBEAT_TIMEOUT, Self.milliseconds(heartbeat.timeout), "heartbeat timeout")
    }

    func set(_ option: Int32, _ value: Int32, _ name: String) throws(ZeroMQError) {
        var value = value
        guard zmq_setsockopt(try open(), option, &value, MemoryLayout<Int32>.size) == 0 else {
            throw .last("The \(name) \(value) could not be set")
        }
    }

    private func setFrameBytesMax(_ bytes: Int) throws(ZeroMQError) {
        var limit = Int64(bytes)
        let size = MemoryLayout<Int64>.size
        guard zmq_setsockopt(try open(), ZMQ_MAXMSGSIZE, &limit, size) == 0 else {
            throw .last("The limit of \(bytes) bytes a frame could not be set")
        }
    }

    func setBytes(_ option: Int32, _ bytes: [UInt8], _ name: String) throws(ZeroMQError) {
        guard zmq_setsockopt(try open(), option, bytes, bytes.count) == 0 else {
            throw .last("The \(name) of \(bytes.count) bytes could not be set")
        }
    }

    private static func milliseconds(_ duration: Duration) -> Int32 {
        let (seconds, attoseconds) = duration.components
        guard seconds < 2_000_000 else { return Int32.max }
        return Int32(max(0, seconds) * 1000 + attoseconds / 1_000_000_000_000_000)
    }
}
