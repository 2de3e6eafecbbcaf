import Foundation
import Glibc
import Synchronization

/// A small HTTP proxy on loopback, to which every name is this machine; it notes what it is asked.
final class LoopbackProxy: Sendable {
    let port: UInt16
    private let listener: Int32
    private let lines = Mutex<[String]>([])

    init() throws {
        (listener, port) = try LoopbackSocket.listener()
        Thread.detachNewThread { [self] in acceptClients() }
    }

    var url: String { "http://127.0.0.1:\(port)" }
    /// First lines of the requests.
    var asked: [String] { lines.withLock { $0 } }

    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func acceptClients() {
        defer { close(listener) }
        while true {
            let client = accept(listener, nil, nil)
            guard client >= 0 else { return }
            Thread.detachNewThread { [self] in
                serve(client)
                close(client)
            }
        }
    }

    private func serve(_ client: Int32) {
        guard let head = Self.readHead(client), let line = head.first else { return }
        lines.withLock { $0.append(line) }
        let words = line.split(separator: " ").map(String.init)
        guard words.count == 3, let (port, path) = Self.target(words[1]),
            let server = LoopbackSocket.connected(to: port)
        else { return Self.send(client, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n") }
        defer { close(server) }
        if words[0] == "CONNECT" {
            Self.send(client, "HTTP/1.1 200 Yours\r\nX-Proxy: 1\r\n\r\n")
        } else {
            let fields = head.dropFirst().filter { !$0.hasPrefix("Proxy-") }
            let lines =
                ["\(words[0]) \(path) \(words[2])"] + fields + ["Connection: close", "", ""]
            Self.send(server, lines.joined(separator: "\r\n"))
        }
        Self.pass(between: client, and: server)
    }

    /// Port and path of `http://host:port/path`, or the port of `host:port`.
    private static func target(_ text: String) -> (port: UInt16, path: String)? {
        let rest = text.hasPrefix("http://") ? text.dropFirst("http://".count) : text[...]
        let authority = rest.prefix { $0 != "/" }
        let port = authority.split(separator: ":").last.flatMap { UInt16($0) }
        return port.map { ($0, String(rest.dropFirst(authority.count))) }
    }

    /// The lines of a head without the empty one.
    private static func readHead(_ socket: Int32) -> [String]? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard bytes.count < 16_384, recv(socket, &byte, 1, 0) == 1 else { return nil }
            bytes.append(byte)
        }
        return String(decoding: bytes.dropLast(4), as: UTF8.self).components(separatedBy: "\r\n")
    }

    private static func send(_ socket: Int32, _ text: String) { send(socket, Array(text.utf8)) }

    private static func send(_ socket: Int32, _ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let rest = Array(bytes[sent...])
            let count = Glibc.send(socket, rest, rest.count, Int32(MSG_NOSIGNAL))
            guard count > 0 else { return }
            sent += count
        }
    }

    /// Passes bytes both ways until one side ends.
    private static func pass(between client: Int32, and server: Int32) {
        var piece = [UInt8](repeating: 0, count: 16_384)
        while true {
            var sides = [client, server].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&sides, 2, -1) > 0 else { return }
            for (index, side) in sides.enumerated() where side.revents != 0 {
                let count = recv(side.fd, &piece, piece.count, 0)
                guard count > 0 else { return }
                send(sides[1 - index].fd, Array(piece.prefix(count)))
            }
        }
    }
}
