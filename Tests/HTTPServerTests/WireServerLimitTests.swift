import Glibc
import HTTPServer
import Testing

/// Limits that a server holds against its clients; what it answers is held by the newsroom's tests.
@Suite(.timeLimit(.minutes(1)))
struct WireServerLimitTests {
    private static func server(_ limits: WireLimits) throws -> WireServer {
        let server = try WireServer(ListenAddress("127.0.0.1:0"), limits: limits)
        server.start { request in (HTTPAnswer.plain("here\n").script(for: request), {}) }
        return server
    }

    @Test func `a request that is dripped ends at its time limit`() throws {
        let server = try Self.server(WireLimits(idleSeconds: 5, requestSeconds: 1))
        defer { server.stop() }
        let client = Client(port: server.address.port)
        client.send("GET / HT")
        // The limit is noticed with the next byte after it has passed; the client drips for ever.
        var answer = ""
        while answer.isEmpty {
            client.send("x")
            answer = client.read(withinMilliseconds: 100)
        }
        #expect(answer.hasPrefix("HTTP/1.1 408 "))
    }

    @Test func `connections beyond the limit are turned away and the others served`() throws {
        let server = try Self.server(WireLimits(connections: 2))
        defer { server.stop() }
        let request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
        let served = [Client(port: server.address.port), Client(port: server.address.port)]
        for client in served {
            client.send(request)
            #expect(client.read(withinMilliseconds: 5000).hasPrefix("HTTP/1.1 200 OK"))
        }
        let late = Client(port: server.address.port)
        late.send(request)
        #expect(late.read(withinMilliseconds: 5000).isEmpty)
        #expect(late.isClosedByServer)
        served[0].send(request)
        #expect(served[0].read(withinMilliseconds: 5000).contains("here"))
    }

    @Test func `a connection is closed after its last request`() throws {
        let server = try Self.server(WireLimits(requestsPerConnection: 2))
        defer { server.stop() }
        let client = Client(port: server.address.port)
        for _ in 0..<2 {
            client.send("GET / HTTP/1.1\r\n\r\n")
            #expect(client.read(withinMilliseconds: 5000).contains("here"))
        }
        client.send("GET / HTTP/1.1\r\n\r\n")
        #expect(client.read(withinMilliseconds: 5000).isEmpty)
    }

    @Test func `an IPv6 client is served where the machine has IPv6`() throws {
        guard let server = try? WireServer(ListenAddress("[::1]:0")) else { return }
        defer { server.stop() }
        #expect(server.address.port != 0)
        #expect(server.address.description.hasPrefix("[::1]:"))
    }
}

/// A client that sends what it is told and reads what there is.
private final class Client {
    private let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    private(set) var isClosedByServer = false

    init(port: UInt16) {
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
        #expect(connected == 0)
    }

    deinit { close(descriptor) }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes {
            Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
    }

    /// What comes within a time: one read.
    func read(withinMilliseconds milliseconds: Int32) -> String {
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&watched, 1, milliseconds) == 1 else { return "" }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        isClosedByServer = count == 0 || (count < 0 && errno == ECONNRESET)
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }
}
