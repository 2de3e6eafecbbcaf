import Foundation
import Glibc

/// What a broker's `/metrics` says at one moment: the metrics that have no labels.
struct BrokerMetrics {
    /// The page has some 40 KB.
    private static let pageBytesMax = 1 << 20
    /// How long a scrape may take.
    private static let patience = timeval(tv_sec: 10, tv_usec: 0)

    private let values: [Substring: Double]

    /// Reads the page at a port of 127.0.0.1.
    init(port: UInt16) throws {
        let page = try Self.page(port)
        var values: [Substring: Double] = [:]
        for line in page.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
            let words = line.split(separator: " ")
            guard words.count == 2, let value = Double(words[1]) else { continue }
            values[words[0]] = value
        }
        self.values = values
    }

    /// Times that the journal's files were synced since the start.
    var syncs: Double { self["wirecopy_journal_sync_seconds_count"] }
    /// Messages stored, finished or failed since the start.
    var changes: Double { self["wirecopy_journal_batch_messages_sum"] }
    /// Groups in which they were committed.
    var groups: Double { self["wirecopy_journal_batch_messages_count"] }

    private subscript(name: Substring) -> Double { values[name] ?? 0 }

    /// A port that is free now, for a server that is started next.
    static func freePort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = loopback(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = unsafe with(&address) { unsafe bind(descriptor, $0, size) == 0 }
        let isNamed = unsafe with(&address) { unsafe getsockname(descriptor, $0, &size) == 0 }
        guard isBound, isNamed else {
            throw BenchFailure("No port of 127.0.0.1 is free: errno \(errno).")
        }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func page(_ port: UInt16) throws -> String {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var (address, patience) = (loopback(port), patience)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let waitSize = socklen_t(MemoryLayout<timeval>.size)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, waitSize)
        let request = Array("GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".utf8)
        guard unsafe with(&address, { unsafe connect(descriptor, $0, size) == 0 }),
            unsafe send(descriptor, request, request.count, Int32(MSG_NOSIGNAL))
                == request.count
        else { throw BenchFailure("The broker's metrics do not answer: errno \(errno).") }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count < pageBytesMax {
            let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
            guard count >= 0 else {
                throw BenchFailure("The broker's metrics broke off: errno \(errno).")
            }
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private static func with(
        _ address: inout sockaddr_in,
        _ body: (UnsafeMutablePointer<sockaddr>) -> Bool
    ) -> Bool {
        unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
        }
    }
}
