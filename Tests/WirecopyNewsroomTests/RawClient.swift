import Foundation
import Glibc

/// A client that sees every byte: it sends what it is told and reads until a limit.
final class RawClient {
    private let descriptor: Int32

    /// Longest wait for a byte; tests of stalls make it shorter.
    init?(port: UInt16, patienceMilliseconds: Int = 10_000) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(
            tv_sec: patienceMilliseconds / 1000,
            tv_usec: patienceMilliseconds % 1000 * 1000
        )
        setsockopt(
            descriptor,
            SOL_SOCKET,
            SO_RCVTIMEO,
            &limit,
            socklen_t(MemoryLayout<timeval>.size)
        )
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, size)
            }
        }
        guard connected == 0 else { return nil }
    }

    deinit { close(descriptor) }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
        _ = bytes.withUnsafeBytes {
            Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
    }

    /// Reads until the peer closes, nothing comes for too long, or `limit` bytes are there.
    func read(limit: Int = 64 * 1024 * 1024) -> (bytes: [UInt8], isClosed: Bool) {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while all.count < limit {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count <= 0 { return (all, count == 0 || errno == ECONNRESET) }
            all += buffer[..<count]
        }
        return (all, false)
    }
}

/// An answer taken apart by its first empty line.
struct RawAnswer {
    let bytes: [UInt8]
    let head: String
    let body: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        let mark = Array("\r\n\r\n".utf8)
        let end = bytes.firstRange(of: mark)?.upperBound ?? bytes.endIndex
        head = String(decoding: bytes[..<end], as: UTF8.self)
        body = Array(bytes[end...])
    }

    var status: Int? { Int(head.split(separator: " ").dropFirst().first ?? "") }

    func header(_ name: String) -> String? {
        head.components(separatedBy: "\r\n").compactMap { line -> String? in
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == name else { return nil }
            return parts[1].trimmingCharacters(in: .whitespaces)
        }.first
    }
}
