import Foundation
import Testing
import WirecopyMessages
import WirecopyNewsroom

extension IntegrationTests {
    /// A fetcher in a mount namespace of its own, whose names stand in a file of the test.
    @Suite(.serialized)
    struct ResolverTests {
        private static let unshare = "/usr/bin/unshare"
        static let isAllowed = Probe.succeeds(
            unshare,
            "--mount",
            "/bin/mount",
            "--bind",
            "/etc/hosts",
            "/etc/hosts"
        )

        @Test(.enabled(if: isAllowed, "Names of a test's own need a mount namespace."))
        func `a name that was looked up is remembered`() async throws {
            let newsroom = try Newsroom(port: 0)
            newsroom.start()
            defer { newsroom.stop() }
            try await Installation.use { installation in
                let hosts = try installation.write("127.0.0.1 tide.example\n".utf8, to: "hosts")
                let mounting = "mount --bind \"$1\" /etc/hosts && shift && exec \"$@\""
                let service = try installation.start(
                    Self.unshare,
                    ["--mount", "/bin/sh", "-c", mounting, "sh", hosts]
                        + [ProgramUnderTest.folder.appending(path: "wirecopy").path]
                        + ["up", "--listen", "tcp://127.0.0.1:*", "--allow-private-addresses"]
                )
                try await eventually("the service is up") { installation.endpoint != nil }
                // Both answers end their connections, so that each needs one of its own.
                let base = newsroom.baseURL.replacing("127.0.0.1", with: "tide.example")
                try await fetch("/_odd/no-length", base, installation, newsroom)
                // The same file, for it is mounted; nobody listens at the new address.
                let file = try FileHandle(forWritingTo: URL(filePath: hosts))
                try file.truncate(atOffset: 0)
                try file.write(contentsOf: Data("127.0.0.77 tide.example\n".utf8))
                try file.close()
                try await fetch("/_odd/chunked", base, installation, newsroom)
                service.terminate()
                #expect(try await service.end().status == 0)
            }
        }

        private func fetch(
            _ path: String,
            _ base: String,
            _ installation: Installation,
            _ newsroom: Newsroom
        ) async throws {
            #expect(try await installation.wirecopy("add", base + path).status == 0)
            try await eventually("\(path) was asked for", within: .seconds(30)) {
                newsroom.requestLog.count(of: path) > 0
            }
            try await eventually("\(path) has ended") {
                try await installation.ledger().inFlight == 0
            }
        }
    }
}
