import Foundation
import Glibc
import Synchronization

/// A plain TCP connection to loopback that says whatever bytes a test wants.
final class RawTCP: Sendable {
    struct Refused: Error {}

    let descriptor: Int32

    /// Connects to the port of an endpoint such as `tcp://127.0.0.1:5577`.
    init(_ endpoint: String) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = try Self.address(of: endpoint)
        guard
            withUnsafePointer(
                to: &address,
                { pointer in
                    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                    }
                }
            ) == 0
        else { throw Refused() }
        Self.limitWaiting(descriptor)
    }

    init(adopting descriptor: Int32) {
        self.descriptor = descriptor
        Self.limitWaiting(descriptor)
    }

    deinit { close(descriptor) }

    /// A socket that listens on a free port, and its endpoint.
    static func listen() throws -> (descriptor: Int32, endpoint: String) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = try address(of: "tcp://127.0.0.1:0")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && Glibc.listen(descriptor, 4) == 0
                    && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard isBound else { throw Refused() }
        return (descriptor, "tcp://127.0.0.1:\(UInt16(bigEndian: address.sin_port))")
    }

    func say(_ bytes: [UInt8]) -> Bool {
        send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }

    /// What comes next; `nil` when the other side has closed, empty when nothing came for long.
    func hear() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count > 0 { return Array(buffer.prefix(count)) }
        return count < 0 && errno == EAGAIN ? [] : nil
    }

    /// Whether the other side closes before it is silent for long.
    func isClosedByPeer() -> Bool {
        while let bytes = hear() { if bytes.isEmpty { return false } }
        return true
    }

    private static func limitWaiting(_ descriptor: Int32) {
        var limit = timeval(tv_sec: 15, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    }

    private static func address(of endpoint: String) throws -> sockaddr_in {
        guard let port = endpoint.split(separator: ":").last.flatMap({ UInt16($0) }) else {
            throw Refused()
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}

/// Stands between a peer and a broker and keeps what the peer says.
final class Recorder: Sendable {
    let endpoint: String
    private let recorded = Mutex<[UInt8]>([])

    init(to target: String) throws {
        let (listener, endpoint) = try RawTCP.listen()
        self.endpoint = endpoint
        Thread.detachNewThread { [self] in
            let near = RawTCP(adopting: accept(listener, nil, nil))
            close(listener)
            guard let far = try? RawTCP(target) else { return }
            Thread.detachNewThread {
                while let bytes = far.hear(), near.say(bytes) {}
            }
            while let bytes = near.hear(), far.say(bytes) {
                recorded.withLock { $0 += bytes }
            }
        }
    }

    /// What the peer has said so far.
    var bytes: [UInt8] { recorded.withLock { $0 } }
}
