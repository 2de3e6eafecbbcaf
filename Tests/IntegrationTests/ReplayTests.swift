import Foundation
import Testing
import WirecopyMessages

extension IntegrationTests {
    /// `wirecopy replay` on an installation at rest.
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
                    #expect(try end.json(ReplayReport.self).replayed == Self.pages.count)
                    let ledger = try await installation.ledger()
                    #expect(ledger.isBalanced)
                    #expect(ledger.inFlight == 0)
                    #expect(ledger.entered == Self.pages.count)
                    #expect(ledger.count(.unchanged) == Self.pages.count, "\(ledger)")
                    let articles = try await installation.articles()
                    #expect(articles.map(\.text).sorted() == before)
                    #expect(articles.allSatisfy { $0.version == 1 })
                }
            }
        }
    }
}
