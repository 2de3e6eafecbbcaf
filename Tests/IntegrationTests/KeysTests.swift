import Foundation
import Testing
import WirecopyMessages

extension IntegrationTests {
    /// Programs with keys, without, and with the wrong ones; on loopback, with a broker that asks
    /// for keys there too.
    @Suite(.serialized)
    struct KeysTests {
        @Test func `a worker with a key works and ends when the key is revoked`() async throws {
            try await use { installation, endpoint in
                let key = try await newKey("parser-1", "parse", installation)
                let parser = try installation.start(
                    "wirecopy-parser",
                    ["--broker", endpoint, "--key-file", key]
                )
                try await eventually("the parser has joined") {
                    try await installation.status().workers.contains { $0.stage == .parse }
                }
                #expect(try await installation.wirecopy("keys", "revoke", "parser-1").status == 0)
                let end = try await parser.end()
                #expect(end.status == 76, "\(end.errors)")
                #expect(end.errors.contains("parser-1 was revoked"), "\(end.errors)")
            }
        }

        @Test(.enabled(if: canRunPython, "Debian's python3-zmq is not installed."))
        func `a worker in Python joins with a key`() async throws {
            try await use { installation, endpoint in
                let key = try await newKey("extractor-1", "extract", installation)
                let script = URL(filePath: #filePath).deletingLastPathComponent()
                    .appending(path: "../../scripts/python-extractor.py").standardizedFileURL
                let worker = try installation.start(
                    "/usr/bin/python3",
                    [script.path, "--broker", endpoint, "--key-file", key]
                )
                try await eventually("the extractor has joined") {
                    try await installation.status().workers.contains { $0.stage == .extract }
                }
                worker.terminate()
                #expect(try await worker.end().status == 0)
            }
        }

        @Test func `a worker goes over to a new key and keeps its place`() async throws {
            try await use { installation, endpoint in
                let key = try await newKey("parser-1", "parse", installation)
                let parser = try installation.start(
                    "wirecopy-parser",
                    ["--broker", endpoint, "--key-file", key]
                )
                try await eventually("the parser has joined") {
                    try await installation.status().workers.contains { $0.stage == .parse }
                }
                let rotated = try await installation.wirecopy("keys", "rotate", "parser-1")
                #expect(rotated.output == key + "\n")
                let revoked = try await installation.wirecopy(
                    "keys",
                    "revoke",
                    "parser-1",
                    "--old"
                )
                #expect(revoked.status == 0)
                let peer = try #require(try await installation.status().workers.first).peer
                try await eventually("the parser has come back with the new key") {
                    let log = installation.text(ofFile: "data/broker.log")
                    return log.components(separatedBy: "A worker joins.").count == 3
                }
                #expect(parser.isRunning)
                #expect(try await installation.status().workers.map(\.peer) == [peer])
                parser.terminate()
                #expect(try await parser.end().status == 0)
            }
        }

        @Test func `a worker waits for its key to be taken and says so once`() async throws {
            try await use { installation, endpoint in
                let key = try await newKey("parser-1", "parse", installation)
                let allowed = installation.data + "/keys/allowed"
                let list = try String(contentsOfFile: allowed, encoding: .utf8)
                let others = list.split(separator: "\n").filter { !$0.hasPrefix("parser-1") }
                try (others.joined(separator: "\n") + "\n")
                    .write(toFile: allowed, atomically: true, encoding: .utf8)
                try await eventually("the broker has read its list") {
                    installation.text(ofFile: "data/broker.log").contains("was read again")
                }
                let parser = try installation.start(
                    "wirecopy-parser",
                    ["--broker", endpoint, "--key-file", key]
                )
                try await eventually("the broker has refused it several times") {
                    parser.errorsSoFar.contains("because of a key")
                }
                try list.write(toFile: allowed, atomically: true, encoding: .utf8)
                try await eventually("the parser has joined") {
                    try await installation.status().workers.contains { $0.stage == .parse }
                }
                parser.terminate()
                let end = try await parser.end()
                #expect(end.status == 0)
                let lines = end.errors.split(separator: "\n")
                #expect(lines.count { $0.contains("because of a key") } == 1, "\(end.errors)")
                #expect(end.errors.contains("does not take the key parser-1"))
            }
        }

        @Test func `a command whose key does not do ends with status 76 and the reason`()
            async throws
        {
            try await use { installation, endpoint in
                let reader = try await newKey("reader", "read", installation)
                let named = ["--broker", endpoint, "--key-file", reader]
                let status = try installation.start("wirecopy", ["status", "--json"] + named)
                #expect(try await status.end().status == 0)
                try await expect(
                    installation.start("wirecopy", ["pause", "parse"] + named),
                    76,
                    "it would need operate"
                )
                try await expect(
                    installation.start("wirecopy", ["status", "--broker", endpoint]),
                    76,
                    "--key-file"
                )
                let wrong = String(repeating: "7", count: 64)
                try await expect(
                    installation.start("wirecopy", ["status"] + named + ["--broker-key", wrong]),
                    76,
                    "7777777777777777"
                )
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o644],
                    ofItemAtPath: reader
                )
                try await expect(
                    installation.start("wirecopy", ["status"] + named),
                    78,
                    "chmod 600"
                )
            }
        }

        @Test func `no program talks to another machine in plain text unasked`() async throws {
            try await Installation.use { installation in
                for (program, arguments) in [
                    ("wirecopy", ["status"]), ("wirecopy-parser", []),
                ] {
                    // An address for documentation (RFC 5737), at which there is nobody.
                    let program = try installation.start(
                        program,
                        arguments + ["--broker", "tcp://192.0.2.1:5577"]
                    )
                    try await expect(program, 78, "wirecopy keys new")
                }
            }
        }

        @Test func `keys are listed with what they may do`() async throws {
            try await Installation.use { installation in
                _ = try await newKey("parser-1", "parse", installation)
                _ = try await newKey("editor", "publish,read", installation)
                _ = try await installation.wirecopy("keys", "revoke", "parser-1")
                struct Listing: Decodable {
                    struct Key: Decodable { let name, role: String }
                    let keys: [Key]
                }
                let end = try await installation.wirecopy("keys", "ls", "--json")
                let keys = try end.json(Listing.self).keys
                #expect(keys.map(\.name) == ["parser-1", "editor"])
                #expect(keys.map(\.role) == ["revoked", "publish,read"])
                let unknown = try await installation.wirecopy("keys", "revoke", "nobody")
                #expect(unknown.status == 66)
                let role = try await installation.wirecopy("keys", "new", "x", "--role", "dance")
                #expect(role.status == 64)
            }
        }

        /// Runs a broker that asks for keys, and hands over its address for those who have one.
        private func use(
            _ body: (Installation, _ endpoint: String) async throws -> Void
        ) async throws {
            try await Installation.use { installation in
                _ = try await newKey("first", "read", installation)
                let broker = try installation.start(
                    "wirecopy-broker",
                    ["--listen", "tcp://127.0.0.1:*", "--keys", installation.data + "/keys"],
                    errors: "data/broker.log"
                )
                try await eventually("the broker listens") {
                    installation.encryptedEndpoint != nil
                }
                try await body(installation, #require(installation.encryptedEndpoint))
                broker.terminate()
                #expect(try await broker.end().status == 0)
            }
        }

        private func newKey(
            _ name: String,
            _ role: String,
            _ installation: Installation
        ) async throws -> String {
            let end = try await installation.wirecopy("keys", "new", name, "--role", role)
            try #require(end.status == 0, "\(end.errors)")
            return end.output.trimmingCharacters(in: .newlines)
        }

        private func expect(
            _ program: ProgramUnderTest,
            _ status: Int32,
            _ words: String,
            sourceLocation: SourceLocation = #_sourceLocation
        ) async throws {
            let end = try await program.end()
            #expect(end.status == status, "\(end.errors)", sourceLocation: sourceLocation)
            let sentence = end.errors.split(separator: "\n").last ?? ""
            #expect(sentence.contains(words), "\(sentence)", sourceLocation: sourceLocation)
        }
    }
}
