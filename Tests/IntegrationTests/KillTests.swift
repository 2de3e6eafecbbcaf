import Foundation
import Testing
import WirecopyMessages

extension IntegrationTests {
    /// SIGKILL in the middle of the work.
    @Suite(.serialized)
    struct KillTests {
        @Test func `a run in which every program is killed stores each page once`() async throws {
            try await Installation.use { installation in
                let pages = 0..<400
                let folder = try GeneratedPages.write(pages, to: "pages", of: installation)
                let run = try installation.start("wirecopy", ["run", folder, "--json"])
                let victims = [
                    "wirecopy-parser", "wirecopy-broker", "wirecopy-entity-extractor",
                    "wirecopy-storage", "wirecopy-fetcher",
                ]
                for (number, victim) in victims.enumerated() {
                    try await killed(victim, of: installation, once: 5 + number * 50)
                }
                let end = try await run.end(within: .seconds(120))
                #expect(end.status == 0, "\(end.errors)")
                let report = try end.json(RunReport.self)
                #expect(report.lost == 0)
                #expect(report.outcomes["stored"] == pages.count)
                try await checkStore(installation, pages)
            }
        }

        @Test func `a run that is killed itself is finished by the next`() async throws {
            try await Installation.use { installation in
                let pages = 0..<400
                let folder = try GeneratedPages.write(pages, to: "pages", of: installation)
                let first = try installation.start("wirecopy", ["run", folder])
                try await eventually("some pages are stored") {
                    try await stored(installation) > 5
                }
                first.kill()
                #expect(try await first.end().status == -SIGKILL)
                try await eventually("its children have left") { installation.programs.isEmpty }
                let second = try await installation.wirecopy("run")
                #expect(second.status == 0, "\(second.errors)")
                // What the first could not hand over comes with the third, the rest again.
                let third = try await installation.wirecopy("run", folder)
                #expect(third.status == 0, "\(third.errors)")
                try await checkStore(installation, pages)
            }
        }

        /// Kills a program as soon as so many pages are stored, and waits for its successor.
        private func killed(
            _ name: String,
            of installation: Installation,
            once count: Int
        ) async throws {
            try await eventually("\(count) pages are stored") {
                try await stored(installation) >= count
            }
            var victim: RunningProgram?
            try await eventually("\(name) runs") {
                victim = installation.programs.first { $0.name == name }
                return victim != nil
            }
            let pid = try #require(victim).pid
            #expect(kill(pid, SIGKILL) == 0)
            try await eventually("\(name) is started again") {
                installation.programs.contains { $0.name == name && $0.pid != pid }
            }
        }

        /// Pages in the store; 0 while nobody can say, as a broker that was killed cannot.
        private func stored(_ installation: Installation) async throws -> Int {
            let end = try await installation.wirecopy("ledger", "--json")
            guard end.status == 0 else { return 0 }
            return try end.json(LedgerReport.self).count(.stored)
        }

        private func checkStore(
            _ installation: Installation,
            _ pages: Range<Int>
        ) async throws {
            let ledger = try await installation.ledger()
            #expect(ledger.isBalanced)
            #expect(ledger.inFlight == 0)
            #expect(ledger.count(.stored) == pages.count)
            #expect(ledger.count(.dead) == 0)
            let articles = try await installation.articles()
            #expect(articles.count == pages.count)
            #expect(Set(articles.map(\.text)).count == pages.count)
            #expect(articles.allSatisfy { $0.version == 1 })
        }
    }
}
