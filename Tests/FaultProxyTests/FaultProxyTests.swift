import Glibc
import Testing

@testable import FaultProxy

@Suite(.timeLimit(.minutes(1))) struct FaultProxyTests {
    @Test func `flips come about as often as is asked for`() {
        var flipper = BitFlipper(seed: 7)
        var piece = [UInt8](repeating: 0, count: 100_000)
        flipper.flip(&piece, piece.count, onceIn: 100)
        let flipped = piece.count { $0 != 0 }
        #expect(900...1100 ~= flipped)
        #expect(piece.allSatisfy { $0.nonzeroBitCount <= 1 })
    }

    @Test func `bytes pass both ways in fair weather`() throws {
        let link = try LinkUnderTest()
        try link.client.say("to the server")
        #expect(link.server.hear(13) == "to the server")
        try link.server.say("and back")
        #expect(link.client.hear(8) == "and back")
        #expect(link.proxy.linksTotal == 1)
    }

    @Test func `what is held comes when the way is open again`() throws {
        let link = try LinkUnderTest()
        link.proxy.weather = FaultWeather(both: .held)
        try link.client.say("late")
        #expect(!link.server.hasBytes(within: 200))
        link.proxy.weather = FaultWeather()
        #expect(link.server.hear(4) == "late")
    }

    @Test func `what is swallowed never comes and the other way stays open`() throws {
        let link = try LinkUnderTest()
        link.proxy.weather.toServer = .swallowed
        try link.client.say("lost")
        #expect(!link.server.hasBytes(within: 200))
        try link.server.say("heard")
        #expect(link.client.hear(5) == "heard")
        link.proxy.weather = FaultWeather()
        try link.client.say("again")
        #expect(link.server.hear(5) == "again")
    }

    @Test func `a cut ends the link on both sides`() throws {
        let link = try LinkUnderTest()
        try link.client.say("one")
        #expect(link.server.hear(3) == "one")
        link.proxy.cut()
        #expect(link.client.hear(1) == nil)
        #expect(link.server.hear(1) == nil)
    }

    @Test func `a slow link gives so many bytes a second`() throws {
        let link = try LinkUnderTest()
        link.proxy.weather.bytesPerSecondToClient = 1000
        let start = ContinuousClock.now
        try link.server.say(String(repeating: "x", count: 500))
        #expect(link.client.hear(500)?.utf8.count == 500)
        #expect(ContinuousClock.now - start > .milliseconds(350))
    }
}

/// A client and a server with a proxy between them.
private final class LinkUnderTest {
    let proxy: FaultProxy
    let client: Side
    let server: Side

    init() throws {
        let (listener, port) = try TCP.listen()
        defer { close(listener) }
        proxy = try FaultProxy(target: port, seed: 1)
        client = Side(try #require(TCP.connect(port: proxy.port)))
        server = Side(accept(listener, nil, nil))
    }

    deinit { proxy.stop() }
}

/// One end of the link.
private final class Side {
    private let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    func say(_ text: String) throws {
        #expect(TCP.sendAll(descriptor, Array(text.utf8)[...]))
    }

    /// So many bytes as text; `nil` when the link has ended or they do not come within 10 s.
    func hear(_ count: Int) -> String? {
        var bytes: [UInt8] = []
        while bytes.count < count {
            guard hasBytes(within: 10_000) else { return nil }
            var piece = [UInt8](repeating: 0, count: count - bytes.count)
            let size = recv(descriptor, &piece, piece.count, 0)
            guard size > 0 else { return nil }
            bytes += piece.prefix(size)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether something, be it the end, can be read within so many milliseconds.
    func hasBytes(within milliseconds: Int32) -> Bool {
        var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&polled, 1, milliseconds) > 0
    }
}
