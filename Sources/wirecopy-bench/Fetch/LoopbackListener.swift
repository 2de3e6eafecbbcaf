import Glibc

/// A socket that listens on one of the many addresses of loopback, and does not block.
struct LoopbackListener {
    /// Connections that may wait to be accepted: a thousand come at once.
    private static let backlog: Int32 = 4096

    let descriptor: Int32
    let port: UInt16

    /// Listens on the host with a number; port 0 takes a free one.
    init(host: Int, port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        Self.setOption(descriptor, SOL_SOCKET, SO_REUSEADDR)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        _ = unsafe inet_pton(AF_INET, LoadServer.address(of: host), &address.sin_addr)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isListening = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, size) == 0 && listen(descriptor, Self.backlog) == 0
                    && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard descriptor >= 0, isListening else {
            throw BenchFailure("The server cannot listen: errno \(errno).")
        }
        self.port = UInt16(bigEndian: address.sin_port)
        Self.unblock(descriptor)
    }

    /// Lets a connection neither block nor wait for more bytes before it sends.
    static func makeQuick(_ client: Int32) {
        unblock(client)
        setOption(client, Int32(IPPROTO_TCP), TCP_NODELAY)
    }

    private static func unblock(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }

    private static func setOption(_ descriptor: Int32, _ level: Int32, _ name: Int32) {
        var yes: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        _ = unsafe setsockopt(descriptor, level, name, &yes, size)
    }
}
