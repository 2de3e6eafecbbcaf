import Foundation
import HTTPServer
import Testing

@testable import WirecopyNewsroom

@Suite(.timeLimit(.minutes(2)))
struct WireServerTests {
    private let running: RunningNewsroom

    init() throws { running = try RunningNewsroom() }

    private static let malformed: [(text: String, status: Int)] = [
        ("\r\n\r\n", 400), ("GET\r\n\r\n", 400), ("GET / HTTP/1.1 extra\r\n\r\n", 400),
        ("GET nowhere HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/2.0\r\n\r\n", 505),
        ("GET / GOPHER\r\n\r\n", 400), ("GET / HTTP/1.1\r\nno colon\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\n: empty\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", 413),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 501),
        ("GET / HTTP/1.1\r\nX: \(String(repeating: "x", count: 20_000))\r\n\r\n", 431),
        (String(repeating: "x", count: 20_000), 431), ("\u{0}\u{1}\u{2}\r\n\r\n", 400),
    ]

    @Test func `malformed requests are answered with their status and the server lives`() throws {
        for (text, status) in Self.malformed {
            let client = try #require(RawClient(port: running.port))
            client.send(text)
            #expect(RawAnswer(client.read().bytes).status == status, "\(text.prefix(40))")
        }
        #expect(try running.get("/").status == 200)
    }

    @Test func `noise never brings the reader down`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            var reader = HTTPRequestReader()
            let count = Int.random(in: 0...200, using: &generator)
            let pieces: [[UInt8]] = [[0x0D, 0x0A], Array("GET / HTTP/1.1".utf8), [0x3A]]
            for _ in 0..<count {
                let isPiece = Bool.random(using: &generator)
                let noise = [UInt8.random(in: 0...255, using: &generator)]
                reader.add(isPiece ? pieces.randomElement(using: &generator) ?? [] : noise)
                _ = reader.next()
            }
        }
    }

    @Test func `a connection carries many requests, also sent at once`() throws {
        let client = try #require(RawClient(port: running.port))
        let request = "GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n"
        let last = "GET /robots.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        client.send(String(repeating: request, count: 9) + last)
        let text = String(decoding: client.read().bytes, as: UTF8.self)
        #expect(text.components(separatedBy: "HTTP/1.1 200 OK").count == 11)
    }

    @Test func `a request may come byte by byte`() throws {
        let client = try #require(RawClient(port: running.port))
        for byte in "GET /robots.txt HTTP/1.1\r\nConnection: close\r\n\r\n".utf8 {
            client.send([byte])
        }
        #expect(RawAnswer(client.read().bytes).status == 200)
    }

    @Test func `the body of a control request is read away`() throws {
        let client = try #require(RawClient(port: running.port))
        client.send("POST /_control/reset HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello")
        client.send("GET /robots.txt HTTP/1.1\r\nConnection: close\r\n\r\n")
        let text = String(decoding: client.read().bytes, as: UTF8.self)
        #expect(text.components(separatedBy: "HTTP/1.1 200 OK").count == 3)
    }

    @Test func `other methods are refused and HEAD has no body`() throws {
        for (method, status) in [("PUT", 405), ("POST", 405), ("HEAD", 200)] {
            let client = try #require(RawClient(port: running.port))
            client.send("\(method) / HTTP/1.1\r\nConnection: close\r\n\r\n")
            let answer = RawAnswer(client.read().bytes)
            #expect(answer.status == status)
            if method == "HEAD" { #expect(answer.body.isEmpty) }
        }
        #expect(try running.get("/_control/advance").status == 405)
    }

    @Test func `clients that leave early do no harm`() throws {
        for name in ["endless-body", "hang-body", "slow-drip", "huge"] {
            for _ in 0..<5 {
                let client = try #require(RawClient(port: running.port))
                client.send("GET /_odd/\(name) HTTP/1.1\r\nHost: x\r\n\r\n")
            }
        }
        #expect(try running.get("/").status == 200)
    }

    @Test func `an unknown address is not found and a withdrawn one is gone`() throws {
        #expect(try running.get("/nowhere").status == 404)
        #expect(try running.get("/_odd/nowhere").status == 404)
        let dead = try #require(
            running.newsroom.archive.demoAddresses.first { $0.outcome == .dead(reason: "http_410") }
        )
        #expect(try running.get(dead.path).status == 410)
    }

    @Test(arguments: [
        ("/a?utm_source=x&utm_medium=y", "/a"), ("/a?id=3&fbclid=z", "/a?id=3"), ("/a", "/a"),
        ("/a?ref=top", "/a"), ("/a?reference=1", "/a?reference=1"),
    ])
    func `tracking parameters do not change an address`(target: String, plain: String) {
        #expect(Site.withoutTracking(target) == plain)
    }
}
