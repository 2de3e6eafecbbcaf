import Dispatch
import Glibc
import HTTPServer
import Testing

/// Milliseconds; a loaded machine takes seconds to let a thread of the server run.
private let patience: Int32 = 30_000

/// Limits that a server holds against its clients; what it answers is held by the newsroom's tests.
@Suite(.timeLimit(.minutes(3)))
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

    @Test func `connections that say nothing make room, and the others are served`() throws {
        // Nobody may be closed for having waited too long: a loaded machine takes its time.
        let server = try Self.server(WireLimits(connections: 2, idleSeconds: 120))
        defer { server.stop() }
        let request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
        var silent = [Client(port: server.address.port), Client(port: server.address.port)]
        for _ in 0..<40 {
            let client = Client(port: server.address.port)
            client.send(request)
            #expect(client.read(withinMilliseconds: patience).hasPrefix("HTTP/1.1 200 OK"))
            silent.append(client)
        }
        // Which two stay is not certain: a client has its answer before the server's thread notes
        // that it waits again, so its neighbours may pass for those that wait longer.
        let end = ContinuousClock.now + .milliseconds(Int(patience))
        while silent.count > 2, ContinuousClock.now < end {
            silent.removeAll { client in
                #expect(client.read(withinMilliseconds: 1).isEmpty)
                return client.isClosedByServer
            }
        }
        #expect(silent.count == 2)
        for client in silent {
            client.send(request)
            #expect(client.read(withinMilliseconds: patience).contains("here"))
        }
    }

    @Test func `a half request is no reason to stay`() throws {
        let server = try Self.server(WireLimits(connections: 1))
        defer { server.stop() }
        let half = Client(port: server.address.port)
        half.send("GET / HT")
        let whole = Client(port: server.address.port)
        whole.send("GET / HTTP/1.1\r\n\r\n")
        #expect(whole.read(withinMilliseconds: patience).contains("here"))
        #expect(half.read(withinMilliseconds: patience).isEmpty)
        #expect(half.isClosedByServer)
    }

    @Test func `when all connections are being answered, one more is turned away`() throws {
        let (begun, ending) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let server = try WireServer(
            ListenAddress("127.0.0.1:0"),
            limits: WireLimits(connections: 1)
        )
        defer { server.stop() }
        server.start { request in
            begun.signal()
            ending.wait()
            return (HTTPAnswer.plain("here\n").script(for: request), {})
        }
        let served = Client(port: server.address.port)
        served.send("GET / HTTP/1.1\r\n\r\n")
        begun.wait()
        let late = Client(port: server.address.port)
        #expect(late.read(withinMilliseconds: patience).isEmpty)
        #expect(late.isClosedByServer)
        ending.signal()
        #expect(served.read(withinMilliseconds: patience).contains("here"))
    }

    @Test func `an answer that nobody reads ends at its time limit`() throws {
        let server = try WireServer(
            ListenAddress("127.0.0.1:0"),
            limits: WireLimits(answerSeconds: 1)
        )
        defer { server.stop() }
        let finished = DispatchSemaphore(value: 0)
        let page = [UInt8](repeating: 0x61, count: 32 << 20)
        server.start { request in
            (HTTPAnswer(body: page).script(for: request), { finished.signal() })
        }
        let client = Client(port: server.address.port)
        client.send("GET / HTTP/1.1\r\n\r\n")
        // A client that takes a little now and then is no better than one that takes nothing.
        while finished.wait(timeout: .now() + 0.1) == .timedOut {
            _ = client.read(withinMilliseconds: 10)
        }
    }

    @Test func `what a client sends after its last request keeps nothing open for long`() throws {
        let server = try Self.server(WireLimits(connections: 1))
        defer { server.stop() }
        let client = Client(port: server.address.port)
        client.send("nonsense\r\n\r\n")
        #expect(client.read(withinMilliseconds: patience).hasPrefix("HTTP/1.1 400 "))
        while !client.isClosedByServer {
            client.send("x")
            _ = client.read(withinMilliseconds: 50)
        }
    }

    @Test func `a connection is closed after its last request`() throws {
        let server = try Self.server(WireLimits(requestsPerConnection: 2))
        defer { server.stop() }
        let client = Client(port: server.address.port)
        for _ in 0..<2 {
            client.send("GET / HTTP/1.1\r\n\r\n")
            #expect(client.read(withinMilliseconds: patience).contains("here"))
        }
        client.send("GET / HTTP/1.1\r\n\r\n")
        #expect(client.read(withinMilliseconds: patience).isEmpty)
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
