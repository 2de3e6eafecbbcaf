import Glibc
import HTTPServer
import WirecopyProgram

/// One connection to a server on 127.0.0.1 that sends any bytes; used by one thread.
final class RawClient {
    /// A server that says nothing for so long is gone.
    private static let patienceSeconds = 30
    /// An answer is a page of metrics, some tens of KiB; more is a flood.
    private static let answerBytesMax = 64 << 20

    private let descriptor: Int32

    /// Connects.
    ///
    /// - Throws: `ProgramFailure.unavailable` when nobody takes the connection.
    init(port: UInt16) throws(ProgramFailure) {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        descriptor = socket(AF_INET, kind, 0)
        var limit = timeval(tv_sec: Self.patienceSeconds, tv_usec: 0)
        let limitSize = socklen_t(MemoryLayout<timeval>.size)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            _ = unsafe setsockopt(descriptor, SOL_SOCKET, option, &limit, limitSize)
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let connected = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, size)
            }
        }
        guard connected == 0 else {
            let code = errno
            close(descriptor)
            throw ProgramFailure(
                .unavailable,
                "Nobody takes a connection to 127.0.0.1:\(port) (errno \(code))."
            )
        }
    }

    deinit { close(descriptor) }

    /// Sends bytes; false when the server has closed the connection.
    func send(_ bytes: [UInt8]) -> Bool {
        var position = 0
        while position < bytes.count {
            let count = unsafe bytes[position...].withUnsafeBytes {
                unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            position += count
        }
        return true
    }

    /// Says that nothing more comes.
    func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Everything up to the end; `nil` when the end does not come, or too much does.
    func readToEnd() -> [UInt8]? {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while all.count < Self.answerBytesMax {
            let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
            if count == 0 || (count < 0 && errno == ECONNRESET) { return all }
            guard count > 0 else { return nil }
            all += buffer[..<count]
        }
        return nil
    }

    /// Whether the server has closed a connection on which it has nothing to say.
    var isClosed: Bool {
        var byte: UInt8 = 0
        let count = unsafe recv(descriptor, &byte, 1, Int32(MSG_DONTWAIT))
        return count == 0 || (count < 0 && errno == ECONNRESET)
    }
}
