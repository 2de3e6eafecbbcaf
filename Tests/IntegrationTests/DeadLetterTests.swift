import Foundation
import Testing
import WirecopyMessages

@testable import wirecopy

extension IntegrationTests {
    /// `wirecopy dead-letters`: what was given up, why, and once more.
    @Suite(.serialized)
    struct DeadLetterTests {
        /// The fetcher visits no loopback address unasked, so each attempt ends the same way.
        private static let page = "http://127.0.0.1:9/story"

        @Test func `a dead letter has its cause, history and input, and is retried in one command`()
            async throws
        {
            try await Installation.use { installation in
                #expect(try await installation.wirecopy("run", Self.page).status == 1)
                let letter = try #require(try await installation.deadLetters().first)
                #expect(letter.code == "address_refused")
                #expect(letter.subject == Self.page)

                let number = "\(letter.position)"
                let shown = try await installation.wirecopy(
                    "dead-letters",
                    "show",
                    number,
                    "--json"
                )
                let full = try shown.json(DeadLetterReport.Letter.self)
                #expect(full.attempts.map(\.code) == ["address_refused"])
                #expect(full.attempts.first?.worker.hasPrefix("fetch/") == true)
                #expect(full.message.contains("127.0.0.1"))
                #expect(full.input?.contains(Self.page) == true)
                let text = try await installation.wirecopy("dead-letters", "show", number).output
                #expect(text.contains("attempt 1"))
                #expect(text.contains(full.message))

                let retry = try await installation.wirecopy(
                    "dead-letters",
                    "retry",
                    number,
                    "--json"
                )
                #expect(try retry.json(ReplayRecord.self).replayed == 1, "\(retry.errors)")
                let again = try await installation.wirecopy(
                    "dead-letters",
                    "show",
                    number,
                    "--json"
                )
                #expect(try again.json(DeadLetterReport.Letter.self).attempts.count == 2)
                let ledger = try await installation.ledger()
                #expect(ledger.isBalanced)
                #expect((ledger.entered, ledger.count(.dead)) == (1, 1))
            }
        }
    }
}
