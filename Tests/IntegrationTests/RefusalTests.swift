import Foundation
import GRDB
import Testing
import WirecopyMessages

extension IntegrationTests {
    /// Circumstances in which a program cannot begin: a sentence, and the documented exit status.
    @Suite(.serialized)
    struct RefusalTests {
        @Test func `a port that is taken is refused with status 69`() async throws {
            try await Installation.use { first in
                let service = try await first.up("--fetchers", "0", "--parsers", "0")
                let endpoint = try #require(first.endpoint)
                try await Installation.use { second in
                    let broker = try second.start("wirecopy-broker", ["--listen", endpoint])
                    try await expect(broker, 69, "in use")
                    let other = try second.start(
                        "wirecopy",
                        ["up", "--no-web", "--listen", endpoint]
                    )
                    try await expect(other, 69, "in use")
                }
                service.terminate()
                #expect(try await service.end().status == 0)
            }
        }

        @Test func `a second broker on one folder is refused with status 69`() async throws {
            try await Installation.use { installation in
                let service = try await installation.up("--fetchers", "0", "--parsers", "0")
                let arguments = ["--listen", "tcp://127.0.0.1:*"]
                let broker = try installation.start("wirecopy-broker", arguments)
                try await expect(broker, 69, "journal")
                try await expect(try installation.start("wirecopy", ["up"]), 69, "already")
                #expect(try await installation.wirecopy("status").status == 0)
                service.terminate()
                #expect(try await service.end().status == 0)
            }
        }

        @Test func `a folder that cannot be made is refused with status 73`() async throws {
            try await Installation.use { installation in
                // Not a matter of rights: the superuser, too, can make no folder inside a file.
                let file = try installation.write([], to: "file")
                for program in ["wirecopy-broker", "wirecopy"] {
                    let arguments =
                        (program == "wirecopy" ? ["run"] : []) + ["--data", file + "/x"]
                    try await expect(try installation.start(program, arguments), 73, file)
                }
            }
        }

        @Test func `a broker that does not answer is told with status 69`() async throws {
            try await Installation.use { installation in
                let endpoint = "tcp://127.0.0.1:1"
                let arguments = ["status", "--broker", endpoint]
                try await expect(try installation.start("wirecopy", arguments), 69, endpoint)
                try await expect(try installation.start("wirecopy-parser"), 69, "No broker serves")
            }
        }

        @Test func `a journal of a later version is refused with status 76`() async throws {
            try await Installation.use { installation in
                let page = try GeneratedPages.write(0..<1, to: "pages", of: installation)
                #expect(try await installation.wirecopy("run", page).status == 0)
                try await DatabaseQueue(path: installation.data + "/queue/index.sqlite")
                    .write { journal in
                        try journal.execute(
                            sql: "UPDATE meta SET value = '99' WHERE key = 'schema_version'"
                        )
                    }
                try await expect(try installation.start("wirecopy-broker"), 76, "schema 99")
                for command in ["run", "ledger"] {
                    let program = try installation.start("wirecopy", [command])
                    try await expect(program, 76, "schema 99")
                }
            }
        }

        @Test func `a setting that cannot be used is refused with status 78`() async throws {
            try await Installation.use(["WIRECOPY_ATTEMPTS": "many"]) { installation in
                for program in ["wirecopy-broker", "wirecopy-parser"] {
                    try await expect(try installation.start(program), 78, "attempts is many")
                }
                let ledger = try installation.start("wirecopy", ["ledger"])
                try await expect(ledger, 78, "attempts is many")
            }
        }

        /// The program ends with this status, and its last line is a sentence with these words.
        private func expect(
            _ program: ProgramUnderTest,
            _ status: Int32,
            _ words: String,
            sourceLocation: SourceLocation = #_sourceLocation
        ) async throws {
            let end = try await program.end()
            #expect(end.status == status, "\(end.errors)", sourceLocation: sourceLocation)
            let sentence = end.errors.split(separator: "\n").last ?? ""
            #expect(sentence.contains(words), sourceLocation: sourceLocation)
            #expect(sentence.hasSuffix("."), "\(sentence)", sourceLocation: sourceLocation)
        }
    }
}
