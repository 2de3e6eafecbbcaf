import HTTPServer
import Testing

/// What is a request, and what another reader might take for one.
struct HTTPRequestTests {
    private static func steps(_ text: String) -> [HTTPRequestReader.Step] {
        var reader = HTTPRequestReader()
        reader.add(text.utf8)
        var steps: [HTTPRequestReader.Step] = []
        while steps.last != .needsMore {
            steps.append(reader.next())
            if case .malformed? = steps.last { break }
        }
        return steps
    }

    private static func request(_ text: String) throws -> HTTPRequest {
        guard case .request(let request)? = steps(text).first else {
            throw HTTPServerFailure.addressInvalid(text)
        }
        return request
    }

    @Test(arguments: [
        // Each of these hides a second request from one reader and shows it to another.
        ("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nContent-Length: 2\r\ncontent-length: 2\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nContent-Length: +2\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nContent-Length: 2, 2\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nContent-Length: 0x2\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nContent-Length:\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nContent-Length : 2\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nTransfer-Encoding : chunked\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: identity\r\nContent-Length: 1\r\n\r\n", 501),
        ("GET / HTTP/1.1\r\nX: a\r\n folded: b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nX: a\nContent-Length: 3\r\n\r\n", 400),
        ("GET / HTTP/1.1\nHost: x\n\n", 400), ("GET / HTTP/1.1\r\nX: a\rb\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nX: \u{0}\r\n\r\n", 400), ("GET / HTTP/1.1\r\nX: \u{7F}\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        ("GET /a\tb HTTP/1.1\r\n\r\n", 400), ("GET  / HTTP/1.1\r\n\r\n", 400),
        ("G(T / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/1.1\r\nX(: a\r\n\r\n", 400),
        ("GET / http/1.1\r\n\r\n", 400), ("GET / HTTP/1.10\r\n\r\n", 505),
        ("POST / HTTP/1.1\r\nContent-Length: 65537\r\n\r\n", 413),
        ("GET / HTTP/1.1\r\n\(String(repeating: "X: y\r\n", count: 101))\r\n", 431),
    ])
    func `what two readers could read differently is refused`(_ text: String, _ status: Int) {
        #expect(Self.steps(text) == [.malformed(status: status)])
    }

    @Test func `an unlikely but clear request is taken`() throws {
        let request = try Self.request(
            "\r\nM-SEARCH /é?a=%00 HTTP/1.1\r\nX-a: 1\r\nx-A:\t2 \r\nE:\r\n\r\n"
        )
        #expect(request.method == "M-SEARCH")
        #expect(request.path == "/é")
        #expect(request.query == "a=%00")
        #expect(request.headers == ["x-a": "1, 2", "e": ""])
    }

    @Test(arguments: [
        ("Connection: close", false), ("Connection: keep-alive, Close", false),
        ("Connection: keep-alive\r\nConnection: close", false), ("Connection: closed", true),
        ("X: close", true),
    ])
    func `a connection is kept unless its client says otherwise`(_ field: String, _ keeps: Bool)
        throws
    {
        #expect(try Self.request("GET / HTTP/1.1\r\n\(field)\r\n\r\n").keepsAlive == keeps)
        #expect(try !Self.request("GET / HTTP/1.0\r\n\(field)\r\n\r\n").keepsAlive)
    }

    @Test func `a head may be as long as the limit and no longer`() {
        let limit = HTTPRequestReader.headLimitBytes
        let start = "GET / HTTP/1.1\r\nX: "
        let rest = limit - start.utf8.count - 4
        let longest = start + String(repeating: "y", count: rest)
        #expect(Self.steps(longest + "\r\n\r\n").count == 2)
        #expect(Self.steps(longest + "y\r\n\r\n") == [.malformed(status: 431)])
        #expect(Self.steps(longest + "\r\n") == [.needsMore])
    }

    @Test func `a body that comes later is not taken for a request`() {
        var reader = HTTPRequestReader()
        reader.add("POST / HTTP/1.1\r\nContent-Length: 18\r\n\r\nGET / ".utf8)
        guard case .request = reader.next() else {
            Issue.record("No request.")
            return
        }
        #expect(reader.next() == .needsMore)
        reader.add("HTTP/1.1\r\n\r\n".utf8)
        #expect(reader.next() == .needsMore)
        #expect(reader.heldBytes == 0)
    }
}
