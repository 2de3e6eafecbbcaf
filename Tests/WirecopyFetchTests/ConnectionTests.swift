import Curl
import FaultProxy
import HTTPServer
import Testing
import WirecopyNewsroom

/// How exchanges share connections, and go through a proxy.
@Suite struct ConnectionTests {
    private func opened() throws -> (newsroom: Newsroom, port: UInt16, CurlConfiguration) {
        // Under load the idle time of a public website passes between two requests.
        let newsroom = try Newsroom(port: 0, limits: WireLimits(idleSeconds: 600))
        newsroom.start()
        var configuration = CurlConfiguration()
        configuration.addressPolicy.allowsPrivateAddresses = true
        let port = try #require(newsroom.baseURL.split(separator: ":").last.flatMap { UInt16($0) })
        return (newsroom, port, configuration)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a connection is used again until the server closes it`() async throws {
        let (newsroom, port, configuration) = try opened()
        defer { newsroom.stop() }
        let relay = try FaultProxy(target: port, seed: 1)
        defer { relay.stop() }
        let transport = CurlTransport(configuration: configuration)
        let base = "http://127.0.0.1:\(relay.port)/_odd/"
        for (path, links) in [
            ("ok", 1), ("ok", 1), ("conditional", 1), ("no-length", 1), ("ok", 2),
        ] {
            #expect(try await transport.fetch(HTTPRequest(url: base + path)).status == 200)
            #expect(relay.linksTotal == links, "\(path)")
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a hundred exchanges at once take no more connections than a host may have`() async throws
    {
        var (newsroom, port, configuration) = try opened()
        defer { newsroom.stop() }
        let relay = try FaultProxy(target: port, seed: 1)
        defer { relay.stop() }
        configuration.connectionsPerHost = 3
        let transport = CurlTransport(configuration: configuration)
        let url = "http://127.0.0.1:\(relay.port)/_odd/ok"
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<100 {
                group.addTask { try await transport.fetch(HTTPRequest(url: url)).status }
            }
            for try await status in group { #expect(status == 200) }
        }
        #expect(1...3 ~= relay.linksTotal)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a proxy finds the hosts, and may itself have a private address`() async throws {
        let (newsroom, port, _) = try opened()
        defer { newsroom.stop() }
        let proxy = try LoopbackProxy()
        defer { proxy.stop() }
        var configuration = CurlConfiguration()
        configuration.proxy = proxy.url
        let transport = CurlTransport(configuration: configuration)
        let url = "http://tide.example:\(port)/_odd/ok"
        #expect(try await transport.fetch(HTTPRequest(url: url)).status == 200)
        #expect(proxy.asked == ["GET \(url) HTTP/1.1"])
        #expect(newsroom.requestLog.records.map(\.host) == ["tide.example:\(port)"])
    }

    @Test(.timeLimit(.minutes(1)))
    func `a private address that stands in a URL is refused through a proxy too`() async throws {
        let proxy = try LoopbackProxy()
        defer { proxy.stop() }
        var configuration = CurlConfiguration()
        configuration.proxy = proxy.url
        let transport = CurlTransport(configuration: configuration)
        for url in ["http://127.0.0.1/", "https://10.0.0.1/", "http://[::1]/"] {
            let failure = await #expect(throws: TransportFailure.self) {
                try await transport.fetch(HTTPRequest(url: url))
            }
            #expect(failure?.code == .addressRefused, "\(url)")
        }
        #expect(proxy.asked.isEmpty)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a proxy that is away or refuses is a failure that may pass`() async throws {
        let proxy = try LoopbackProxy()
        defer { proxy.stop() }
        let nowhere = try #require(LoopbackSocket.freePort())
        for (address, url) in [
            (proxy.url, "https://tide.example:\(nowhere)/"),
            ("http://127.0.0.1:\(nowhere)", "http://tide.example/"),
        ] {
            var configuration = CurlConfiguration()
            configuration.proxy = address
            let transport = CurlTransport(configuration: configuration)
            let failure = await #expect(throws: TransportFailure.self) {
                try await transport.fetch(HTTPRequest(url: url))
            }
            let code = try #require(failure?.code)
            #expect([.connectionFailed, .responseBroken].contains(code), "\(url): \(code)")
        }
    }
}
