import Foundation
import Testing

extension IntegrationTests {
    /// The contact address that is asked for when sites of others are fetched.
    @Suite(.serialized)
    struct ContactTests {
        private static let terminal = "/usr/bin/script"
        /// Nobody has this address (RFC 5737), and it is refused at once.
        private static let url = "http://192.0.2.1/"

        @Test func `without a terminal one line says how to set it`() async throws {
            try await Installation.use { installation in
                let end = try await installation.wirecopy("run", Self.url)
                #expect(end.errors.contains("contact = you@example.org"), "\(end.errors)")
                let set = try await installation.wirecopy("run", "--dry-run", Self.url)
                #expect(!set.errors.contains("contact"))
            }
        }

        @Test(
            .enabled(
                if: FileManager.default.isExecutableFile(atPath: terminal),
                "A terminal of a test's own needs script(1)."
            )
        )
        func `on a terminal it is asked for once, and kept`() async throws {
            try await Installation.use { installation in
                try installation.write("[wirecopy-parser]\nslots = 2\n".utf8, to: "wirecopy.conf")
                let wirecopy = ProgramUnderTest.folder.appending(path: "wirecopy").path
                for round in 0..<2 {
                    let typing = "printf 'nobody\\ndesk@tide.example\\n'"
                    let run = "\(Self.terminal) -qec '\(wirecopy) run \(Self.url)' /dev/null"
                    let end = try await installation.start("/bin/sh", ["-c", "\(typing) | \(run)"])
                        .end(within: .seconds(100))
                    #expect(end.output.contains("contact:") == (round == 0), "\(end.output)")
                }
                let text = installation.text(ofFile: "wirecopy.conf")
                #expect(text == "contact = desk@tide.example\n[wirecopy-parser]\nslots = 2\n")
            }
        }
    }
}
