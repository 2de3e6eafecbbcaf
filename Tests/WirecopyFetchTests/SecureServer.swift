import Foundation
import Glibc
import Testing

/// A server of HTTP/2 with a certificate of its own for `localhost`.
struct SecureServer {
    static let page = "<p>High at noon.</p>\n"
    private static let program = "/usr/sbin/nghttpd"
    private static let openssl = "/usr/bin/openssl"
    static let isInstalled = [program, openssl]
        .allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }

    let url: String
    let port: UInt16
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
            SecureServer(
                url: "https://localhost:\(port)/page.html",
                port: port,
                certificate: certificate
            )
        )
    }

    /// Waits until a connection is taken; the clock of the test ends it when none is.
    private static func listens(on port: UInt16) async throws {
        while !LoopbackSocket.connects(to: port) {
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    private static func freePort() async throws -> UInt16 {
        try #require(LoopbackSocket.freePort())
    }
}

/// Sockets of loopback, as far as these tests need them.
enum LoopbackSocket {
    struct Unavailable: Error {}

    /// A port on which nobody listens.
    static func freePort() -> UInt16? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        return bound(descriptor)
    }

    /// A socket that listens, and its port.
    static func listener() throws -> (descriptor: Int32, port: UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard let port = bound(descriptor), listen(descriptor, 64) == 0 else {
            throw Unavailable()
        }
        return (descriptor, port)
    }

    static func connects(to port: UInt16) -> Bool {
        guard let descriptor = connected(to: port) else { return false }
        close(descriptor)
        return true
    }

    /// A connection; `nil` when nobody takes it.
    static func connected(to port: UInt16) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = loopback(port)
        let isConnected = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    private static func bound(_ descriptor: Int32) -> UInt16? {
        var address = loopback(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        return isBound ? UInt16(bigEndian: address.sin_port) : nil
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
