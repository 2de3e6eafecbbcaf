import Foundation
import Glibc
import Synchronization
import WirecopyProgram

/// Serves generated pages over HTTP on several addresses of loopback, each of which is a host to
/// the fetcher. One thread does it all; pages are small.
final class PageSite: Sendable {
    /// Hosts, so that limits of one host do not slow a test down.
    private static let hosts = 8
    /// More connections than fetchers open at once.
    private static let connectionsMax = 512
    /// Longest request; a fetcher sends a few hundred bytes.
    private static let requestBytesMax = 16 << 10

    /// Pages are numbered from 0 to one less.
    let pages: Int
    private let page: @Sendable (Int) -> String
    private let port: UInt16
    private let listeners: [Int32]
    private let isStopped = Mutex(false)

    /// Begins to serve.
    init(pages: Int, _ page: @escaping @Sendable (Int) -> String = html) throws {
        self.page = page
        self.pages = pages
        let port = try Self.freePort()
        self.port = port
        listeners = try (1...Self.hosts).map { try Self.listen(host: $0, port: port) }
        Thread.detachNewThread { [self] in serve() }
    }

    /// Ends serving.
    func stop() { isStopped.withLock { $0 = true } }

    /// Address of a page.
    func address(of number: Int) -> String {
        "http://127.0.0.\(number % Self.hosts + 1):\(port)/page/\(number)"
    }

    /// A page; each has a title and a text of its own.
    static func html(_ number: Int) -> String {
        let sentences = (1...4).map { line in
            """
            <p>Pilot boat \(number) left quay \(line) of Kalvik harbour on Wednesday with \
            \(number + line) crates of instruments. “We counted crate \(number * 10 + line) twice,”\
             said Ada Quist, the harbour master of Kalvik.</p>
            """
        }
        return """
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
            <title>Pilot boat \(number) leaves Kalvik</title>
            <meta property="article:published_time" content="2026-03-04T05:12:00Z"></head>
            <body><article><h1>Pilot boat \(number) leaves Kalvik</h1>
            \(sentences.joined(separator: "\n"))
            </article></body></html>

            """
    }

    /// A port of loopback on which nobody listens.
    static func freePort() throws -> UInt16 {
        let descriptor = try listen(host: 1, port: 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(descriptor, $0, &size)
            }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func listen(host: Int, port: UInt16) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var yes: Int32 = 1
        _ = unsafe setsockopt(
            descriptor,
            SOL_SOCKET,
            SO_REUSEADDR,
            &yes,
            socklen_t(MemoryLayout<Int32>.size)
        )
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0000 + host).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, size)
            }
        }
        guard descriptor >= 0, bound == 0, Glibc.listen(descriptor, 128) == 0 else {
            throw ProgramFailure(.unavailable, "The site cannot listen: errno \(errno).")
        }
        return descriptor
    }

    private func serve() {
        var requests: [Int32: [UInt8]] = [:]
        while !isStopped.withLock({ $0 }) {
            var polled = (listeners + requests.keys).map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            guard unsafe poll(&polled, nfds_t(polled.count), 100) > 0 else { continue }
            for entry in polled where entry.revents != 0 {
                if listeners.contains(entry.fd) {
                    let client = accept(entry.fd, nil, nil)
                    guard client >= 0 else { continue }
                    if requests.count < Self.connectionsMax {
                        requests[client] = []
                    } else {
                        close(client)
                    }
                } else if !answer(entry.fd, &requests[entry.fd, default: []]) {
                    close(entry.fd)
                    requests[entry.fd] = nil
                }
            }
        }
        for descriptor in listeners + requests.keys { close(descriptor) }
    }

    /// Reads what came and answers each whole request; false when the connection is over.
    private func answer(_ client: Int32, _ request: inout [UInt8]) -> Bool {
        var piece = [UInt8](repeating: 0, count: 4096)
        let count = unsafe recv(client, &piece, piece.count, 0)
        guard count > 0, request.count < Self.requestBytesMax else { return false }
        request += piece.prefix(count)
        guard request.suffix(4).elementsEqual("\r\n\r\n".utf8) else { return true }
        let answer = Array(answer(to: String(decoding: request, as: UTF8.self)).utf8)
        request = []
        return unsafe send(client, answer, answer.count, Int32(MSG_NOSIGNAL))
            == answer.count
    }

    private func answer(to request: String) -> String {
        let path = request.split(separator: " ").dropFirst().first ?? ""
        let number = path.hasPrefix("/page/") ? Int(path.dropFirst("/page/".count)) : nil
        guard let number, 0..<pages ~= number else {
            return "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        }
        let body = page(number)
        return """
            HTTP/1.1 200 OK\r
            Content-Type: text/html; charset=utf-8\r
            Content-Length: \(body.utf8.count)\r
            \r

            """ + body
    }
}
