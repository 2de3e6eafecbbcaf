import Foundation
import Testing
import WirecopyMessages

@testable import wirecopy

extension IntegrationTests {
    /// `wirecopy dead retry` over pages of hosts that do not answer.
    @Suite(.serialized)
    struct DeadRetryTests {
        @Test func `dead letters are listed and retried by host, code and stage`() async throws {
            try await Installation.use(["WIRECOPY_ATTEMPTS": "1"]) { installation in
                let run = try await installation.wirecopy(
                    "run",
                    "--allow-private-addresses",
                    "http://127.0.0.1:1/a",
                    "http://localhost:1/b"
                )
                #expect(run.status == 1)
                let letters = try await installation.deadLetters()
                #expect(letters.count == 2)
                let code = try #require(letters.first?.code)
                #expect(letters.allSatisfy { $0.stage == .fetch && $0.attempts.count == 1 })

                let refused = try await installation.wirecopy("dead", "retry")
                #expect(refused.status == 64)
                let retry = try await installation.wirecopy(
                    "dead",
                    "retry",
                    "--host",
                    "localhost",
                    "--code",
                    code,
                    "--stage",
                    "fetch",
                    "--allow-private-addresses",
                    "--json"
                )
                #expect(retry.status == 0, "\(retry.errors)")
                #expect(try retry.json(ReplayRecord.self).replayed == 1)
                let list = try await installation.wirecopy(
                    "dead",
                    "ls",
                    "--host",
                    "localhost",
                    "--json"
                )
                let retried = try list.json(DeadLetterReport.self).letters
                #expect(retried.map(\.attempts.count) == [2], "\(retried)")

                let letter = try #require(retried.first)
                let show = try await installation.wirecopy("dead", "show", "\(letter.position)")
                for part in ["http://localhost:1/b", code, "attempt 1", #""url""#] {
                    #expect(show.output.contains(part), "\(show.output)")
                }
                let none = try await installation.wirecopy("dead", "retry", "--code", "http_gone")
                #expect(none.output.contains("0 messages selected"), "\(none)")
                let ledger = try await installation.ledger()
                #expect(ledger.count(.dead) == 2)
                #expect(ledger.isBalanced)
            }
        }
    }
}
