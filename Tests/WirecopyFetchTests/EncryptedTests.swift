import Curl
import Foundation
import Glibc
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
}

/// A server of HTTP/2 with a certificate of its own for `localhost`.
private struct SecureServer {
    static let page = "<p>High at noon.</p>\n"
    private static let program = "/usr/sbin/nghttpd"
    private static let openssl = "/usr/bin/openssl"
    static let isInstalled = [program, openssl]
        .allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }

    let url: String
    /// File of the certificate, which vouches for itself.
    let certificate: String

    static func use(_ body: (SecureServer) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "wirecopy-secure-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(page.utf8).write(to: folder.appending(path: "page.html"))
        let (key, certificate) = ("\(folder.path)/key.pem", "\(folder.path)/certificate.pem")
        let making = try Process.run(
            URL(filePath: openssl),
            arguments: [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                "-keyout", key, "-out", certificate,
            ]
        )
        making.waitUntilExit()
        try #require(making.terminationStatus == 0)
        let port = try await freePort()
        let server = try Process.run(
            URL(filePath: program),
            arguments: ["--htdocs=\(folder.path)", "\(port)", key, certificate]
        )
        defer {
            // Other signals are blocked in programs that threads of a test start.
            kill(server.processIdentifier, SIGKILL)
            server.waitUntilExit()
        }
        try await listens(on: port)
        try await body(
            SecureServer(url: "https://localhost:\(port)/page.html", certificate: certificate)
        )
    }

    /// Waits until a connection is taken; the clock of the test ends it when none is.
    private static func listens(on port: UInt16) async throws {
        while !Socket.connects(to: port) {
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    private static func freePort() async throws -> UInt16 { try #require(Socket.freePort()) }
}

/// Sockets of loopback, as far as these tests need them.
private enum Socket {
    /// A port on which nobody listens.
    static func freePort() -> UInt16? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = loopback(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        return isBound ? UInt16(bigEndian: address.sin_port) : nil
    }

    static func connects(to port: UInt16) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = loopback(port)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
