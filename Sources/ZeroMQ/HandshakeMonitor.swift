import CZeroMQ
import Glibc
import Synchronization

/// Tells how the handshakes of a socket's connections end.
///
/// Owned by an actor on a `SocketLoop`, like the socket. Close it before the socket.
package final class HandshakeMonitor {
    /// The end of one handshake.
    package enum Event: Sendable, Equatable {
        /// The connection is ready.
        case succeeded
        /// The other side does not take this one's key; the status is ZAP's: 300 try later, 400
        /// no, 500 its own fault.
        case refused(status: Int)
        /// One side speaks CURVE and the other does not.
        case mechanismMismatch
        /// A message of the handshake could not be opened: a wrong key of the server, or bytes
        /// that were recorded or changed.
        case cryptographic
        /// The other side does not follow the protocol of handshakes; the number is libzmq's.
        case malformed(Int)
        /// The connection ended in the middle, or the time for it was over.
        case broken
    }

    private static let lastNumber = Atomic<Int>(0)
    /// An event and the address, which is not used.
    private static let limit = Socket.ReceiveLimit(frames: 2, bytes: 4096)

    private let watched: Socket
    private let socket: Socket
    private let loop: SocketLoop

    /// Begins to watch a socket, before it binds or connects; `onEvent` is called on the loop's
    /// thread.
    ///
    /// - Throws: `ZeroMQError` when the process has no descriptors left.
    package init(
        _ watched: Socket,
        in context: Context,
        on loop: SocketLoop,
        onEvent: @escaping (Event) -> Void
    ) throws(ZeroMQError) {
        let number = Self.lastNumber.add(1, ordering: .relaxed).newValue
        let endpoint = "inproc://handshakes-\(number)"
        try watched.monitorHandshakes(at: endpoint)
        var options = SocketOptions()
        options.linger = .zero
        // No limit: at a limit libzmq would make its own thread wait for this one. What can wait
        // is bounded by the handshakes that peers can begin between two turns of the loop.
        options.receiveLimit = 0
        do {
            socket = try Socket(.pair, in: context, options: options)
            try socket.connect(endpoint)
        } catch {
            watched.stopMonitoring()
            throw error
        }
        self.watched = watched
        self.loop = loop
        loop.register(socket) { [weak self] in self?.drain(onEvent) }
    }

    /// Ends the watch.
    package func close() {
        // In this order: a monitor without a reader would make libzmq's thread wait.
        watched.stopMonitoring()
        loop.unregister(socket)
        socket.close()
    }

    private func drain(_ onEvent: (Event) -> Void) {
        for _ in 0..<SocketLoop.drainMax {
            guard case .message(let frames)? = try? socket.receive(Self.limit) else { return }
            guard let event = frames.first.flatMap(Self.event) else { continue }
            onEvent(event)
        }
    }

    /// Reads the first frame: 16 bits of event and 32 bits of value, as this machine orders bytes.
    static func event(_ frame: [UInt8]) -> Event? {
        guard frame.count == 6 else { return nil }
        let code = frame.withUnsafeBytes { $0.loadUnaligned(as: UInt16.self) }
        let value = frame.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 2, as: UInt32.self) }
        switch Int32(code) {
        case ZMQ_EVENT_HANDSHAKE_SUCCEEDED: return .succeeded
        case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH: return .refused(status: Int(value))
        case ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL: return .broken
        case ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL:
            switch Int32(bitPattern: value) {
            case ZMQ_PROTOCOL_ERROR_ZMTP_MECHANISM_MISMATCH: return .mechanismMismatch
            case ZMQ_PROTOCOL_ERROR_ZMTP_CRYPTOGRAPHIC: return .cryptographic
            default: return .malformed(Int(value))
            }
        default: return nil
        }
    }
}

extension Socket {
    fileprivate func monitorHandshakes(at endpoint: String) throws(ZeroMQError) {
        let events =
            ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH
            | ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL | ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL
        guard zmq_socket_monitor(try open(), endpoint, events) == 0 else {
            throw .last("The handshakes of a socket could not be watched")
        }
    }

    fileprivate func stopMonitoring() {
        guard let handle else { return }
        _ = zmq_socket_monitor(handle, nil, 0)
    }
}
