import Curl
import FaultProxy
import Testing

/// The transport against `nghttpd` of Debian's nghttp2-server, which speaks HTTP/2 over TLS.
@Suite(
    .serialized,
    .enabled(if: SecureServer.isInstalled, "HTTP/2 needs nghttpd and openssl.")
)
struct EncryptedTests {
    private func configuration() -> CurlConfiguration {
        var configuration = CurlConfiguration()
        configuration.addressPolicy.allowsPrivateAddresses = true
        return configuration
    }

    @Test(.timeLimit(.minutes(1)))
    func `a certificate that nobody vouches for is refused`() async throws {
        try await SecureServer.use { server in
            let transport = CurlTransport(configuration: configuration())
            let failure = await #expect(throws: TransportFailure.self) {
                try await transport.fetch(HTTPRequest(url: server.url)).status
            }
            #expect(failure?.code == .tlsFailed)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a certificate of another name is refused`() async throws {
        try await SecureServer.use { server in
            var configuration = configuration()
            configuration.trustedCertificates = server.certificate
            let transport = CurlTransport(configuration: configuration)
            let url = server.url.replacing("localhost", with: "127.0.0.1")
            let failure = await #expect(throws: TransportFailure.self) {
                try await transport.fetch(HTTPRequest(url: url)).status
            }
            #expect(failure?.code == .tlsFailed)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `many pages come over one connection of HTTP 2`() async throws {
        try await SecureServer.use { server in
            var configuration = configuration()
            configuration.trustedCertificates = server.certificate
            configuration.connectionsPerHost = 1
            let transport = CurlTransport(configuration: configuration)
            try await withThrowingTaskGroup(of: HTTPResponse.self) { group in
                for _ in 0..<50 {
                    group.addTask { try await transport.fetch(HTTPRequest(url: server.url)) }
                }
                for try await response in group {
                    #expect(response.status == 200)
                    #expect(response.body == Array(SecureServer.page.utf8))
                    // HTTP/2 has no reason phrase (RFC 9113, 8.3.2).
                    #expect(response.reason.isEmpty)
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `pages that come one after the other share a connection of HTTP 2`() async throws {
        try await SecureServer.use { server in
            let relay = try FaultProxy(target: server.port, seed: 1)
            defer { relay.stop() }
            var configuration = configuration()
            configuration.trustedCertificates = server.certificate
            let transport = CurlTransport(configuration: configuration)
            let url = server.url.replacing(":\(server.port)/", with: ":\(relay.port)/")
            for _ in 0..<20 {
                #expect(try await transport.fetch(HTTPRequest(url: url)).status == 200)
            }
            #expect(relay.linksTotal == 1)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a proxy is asked for a tunnel and learns no more than host and port`() async throws {
        try await SecureServer.use { server in
            let proxy = try LoopbackProxy()
            defer { proxy.stop() }
            var configuration = CurlConfiguration()
            configuration.trustedCertificates = server.certificate
            configuration.proxy = proxy.url
            let transport = CurlTransport(configuration: configuration)
            let response = try await transport.fetch(HTTPRequest(url: server.url))
            #expect(response.body == Array(SecureServer.page.utf8))
            #expect(proxy.asked == ["CONNECT localhost:\(server.port) HTTP/1.1"])
        }
    }
}
