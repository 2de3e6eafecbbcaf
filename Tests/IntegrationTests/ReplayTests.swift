import Foundation
import GRDB
import Testing
import WirecopyMessages

@testable import wirecopy

extension IntegrationTests {
    /// `wirecopy replay` and `wirecopy trace --save` on an installation at rest.
    @Suite(.serialized)
    struct ReplayTests {
        private static let pages = 0..<20

        @Test func `a replay changes nothing that is right, however often`() async throws {
            try await Installation.use { installation in
                let folder = try GeneratedPages.write(Self.pages, to: "pages", of: installation)
                #expect(try await installation.wirecopy("run", folder).status == 0)
                let before = try await installation.articles().map(\.text).sorted()

                let dry = try await installation.wirecopy(
                    "replay",
                    "--stage",
                    "parse",
                    "--dry-run",
                    "--json"
                )
                let counted = try dry.json(ReplayReport.self)
                #expect(counted.count == Self.pages.count)
                #expect(counted.replayed == 0)
                #expect(try await installation.ledger().count(.stored) == Self.pages.count)

                for _ in 1...2 {
                    let end = try await installation.wirecopy(
                        "replay",
                        "--stage",
                        "parse",
                        "--json"
                    )
                    #expect(end.status == 0, "\(end.errors)")
                    #expect(try end.json(ReplayRecord.self).replayed == Self.pages.count)
                    let ledger = try await installation.ledger()
                    #expect(ledger.isBalanced)
                    #expect(ledger.inFlight == 0)
                    #expect(ledger.entered == Self.pages.count)
                    #expect(ledger.count(.unchanged) == Self.pages.count, "\(ledger)")
                    let articles = try await installation.articles()
                    #expect(articles.map(\.text).sorted() == before)
                    #expect(articles.allSatisfy { $0.version == 1 })
                }
                let list = try await installation.wirecopy("replay", "ls", "--json")
                let replays = try list.json(ReplayListReport.self).replays
                #expect(replays.map(\.id) == [1, 2])
                #expect(replays.allSatisfy { $0.state == .finished })
            }
        }

        @Test func `a comparison tells what is recorded otherwise, and writes nothing`()
            async throws
        {
            try await Installation.use { installation in
                let folder = try GeneratedPages.write(0..<3, to: "pages", of: installation)
                #expect(try await installation.wirecopy("run", folder).status == 0)
                for stage in ["parse", "extract"] {
                    let end = try await installation.wirecopy(
                        "replay",
                        "--stage",
                        stage,
                        "--compare",
                        "--json"
                    )
                    #expect(end.status == 0, "\(end.errors)")
                    let report = try end.json(ComparisonReport.self)
                    #expect(report.pages == 3)
                    #expect(report.changedPages == 0, "\(report)")
                    #expect(report.recordedVersions == [report.version: 3])
                }
                let refused = try await installation.wirecopy(
                    "replay",
                    "--stage",
                    "store",
                    "--compare"
                )
                #expect(refused.status == 64)
                #expect(refused.errors.contains("Only parse and extract can be compared"))
                #expect(try await installation.ledger().count(.stored) == 3)
            }
        }

        @Test func `a condition in SQL selects, and hostile SQL is refused`() async throws {
            try await Installation.use { installation in
                let folder = try GeneratedPages.write(0..<3, to: "pages", of: installation)
                #expect(try await installation.wirecopy("run", folder).status == 0)
                func dryRun(_ condition: String) async throws -> ProgramUnderTest.End {
                    try await installation.wirecopy(
                        "replay",
                        "--stage",
                        "parse",
                        "--dry-run",
                        "--json",
                        "--where",
                        condition
                    )
                }
                let one = try await dryRun("url LIKE '%/1.html' AND outcome = 'stored'")
                #expect(try one.json(ReplayReport.self).count == 1, "\(one)")
                for hostile in ["1; DELETE FROM log", "load_extension('x')", "1) OR (1"] {
                    let end = try await dryRun(hostile)
                    #expect(end.status == 64, "\(end)")
                    #expect(end.errors.contains("The condition"), "\(end.errors)")
                }
                #expect(try await installation.ledger().isBalanced)
            }
        }

        @Test func `a saved trace runs again and gives what is recorded`() async throws {
            try await Installation.use { installation in
                let folder = try GeneratedPages.write(0..<1, to: "pages", of: installation)
                #expect(try await installation.wirecopy("run", folder).status == 0)
                let page = "\(folder)/0.html"
                let saved = installation.path("trace")
                let end = try await installation.wirecopy("trace", page, "--save", saved)
                #expect(end.status == 0, "\(end.errors)")
                let steps = try FileManager.default.contentsOfDirectory(atPath: saved + "/entry-1")
                #expect(
                    steps.sorted() == [
                        "01-fetched_page", "02-parsed_article", "03-annotated_article",
                        "04-outcome", "README.md",
                    ]
                )
                for (command, input, output) in [
                    ("parse", "01-fetched_page", "02-parsed_article"),
                    ("extract", "02-parsed_article", "03-annotated_article"),
                    ("extract", "01-fetched_page", "03-annotated_article"),
                ] {
                    let again = try await installation.wirecopy(
                        command,
                        "\(saved)/entry-1/\(input)"
                    )
                    let path = "\(saved)/entry-1/\(output)/data.json"
                    let recorded = try String(contentsOfFile: path, encoding: .utf8)
                    #expect(again.output == recorded + "\n", "\(command) \(input)")
                }
                let twice = try await installation.wirecopy("trace", page, "--save", saved)
                #expect(twice.status == 73)
                #expect(twice.errors.contains("not overwritten"))
            }
        }

        @Test func `the ledger tells each stage and source, and fails when it does not balance`()
            async throws
        {
            try await Installation.use { installation in
                let folder = try GeneratedPages.write(0..<3, to: "pages", of: installation)
                #expect(try await installation.wirecopy("run", folder).status == 0)
                let whole = try await installation.ledger()
                #expect(whole.stages?.map(\.entered) == [0, 3, 3, 3])
                #expect(whole.sources?.map(\.host) == ["file"])

                // A page that is neither open nor ended.
                let index = try DatabaseQueue(path: installation.data + "/queue/index.sqlite")
                try await index.write { database in
                    try database.execute(
                        sql: "INSERT INTO total(outcome, reason, pages) VALUES ('', 'lost', 1)"
                    )
                }
                try index.close()
                let broken = try await installation.wirecopy("ledger")
                #expect(broken.status == 1)
                #expect(broken.output.contains("1 lost"), "\(broken.output)")
            }
        }
    }
}
