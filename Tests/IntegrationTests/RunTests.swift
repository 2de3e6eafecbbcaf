import Foundation
import Testing
import WirecopyMessages
import WirecopyNewsroom

extension IntegrationTests {
    /// `wirecopy run` on pages of the newsroom.
    @Suite(.serialized)
    struct RunTests {
        @Test func `the list of addresses ends as the newsroom expects`() async throws {
            try await Installation.use { installation in
                let truth = try NewsroomTruth(in: installation)
                defer { truth.newsroom.stop() }
                let run = try await installation.wirecopy(
                    "run",
                    truth.addresses,
                    "--allow-private-addresses"
                )
                #expect(run.status == 1, "One page is withdrawn on purpose: \(run.errors)")

                let ledger = try await installation.ledger()
                let dead = truth.listed.filter { $0.outcome == "dead" }
                #expect(ledger.isBalanced)
                #expect(ledger.inFlight == 0)
                #expect(ledger.entered == truth.listed.count)
                #expect(ledger.count(.dead) == dead.count)
                #expect(ledger.count(.rejected) == 0)
                for record in dead {
                    #expect(
                        try await installation.trace(truth.url(record)).first?.outcome == "dead"
                    )
                }
                let articles = try await installation.articles()
                #expect(articles.count == truth.listed.count { $0.outcome == "stored" })
                try await checkSecondAddresses(truth, articles)
                checkFields(truth, articles)
                checkQuotations(truth, articles)
            }
        }

        @Test func `saved pages that come again are unchanged`() async throws {
            try await Installation.use { installation in
                let truth = try NewsroomTruth(in: installation)
                truth.newsroom.stop()
                let pages = truth.listed.filter { $0.kind == "article" }.map(\.path)
                    .filter { $0.hasPrefix("/harbour-post/") }
                    .map { "\(truth.folder)\($0).html" }
                for outcome in [OutcomeKind.stored, .unchanged] {
                    let run = try installation.start("wirecopy", ["run", "--json"] + pages)
                    let end = try await run.end()
                    #expect(end.status == 0, "\(end.errors)")
                    let report = try end.json(RunReport.self)
                    #expect(report.pages == pages.count)
                    #expect(report.outcomes[outcome.rawValue] == pages.count)
                    #expect(report.isBalanced)
                }
            }
        }

        /// A second address leads to the article of the first, and never to another article.
        private func checkSecondAddresses(
            _ truth: NewsroomTruth,
            _ articles: [ExportedArticle]
        ) async throws {
            for record in truth.listed where record.outcome == "duplicate" {
                let original = try #require(record.duplicateOf)
                let article = articles.first { article in
                    article.addresses.contains { $0.url == truth.newsroom.baseURL + original }
                }
                #expect(
                    article?.addresses.contains { $0.url == truth.url(record) } == true,
                    "\(record.path) is no address of \(original)."
                )
            }
        }

        private func checkFields(_ truth: NewsroomTruth, _ articles: [ExportedArticle]) {
            let records = truth.listed.filter { $0.kind == "article" }
            var right = ["title": 0, "authors": 0, "published": 0]
            for record in records {
                let article = articles.first { article in
                    article.addresses.contains { $0.url == truth.url(record) }
                }
                guard let article else { continue }
                if article.title == record.title { right["title", default: 0] += 1 }
                if article.authors == record.authors { right["authors", default: 0] += 1 }
                if NewsroomTruth.agree(article.published, record.published) {
                    right["published", default: 0] += 1
                }
            }
            for (field, count) in right.sorted(by: { $0.key < $1.key }) {
                #expect(
                    count * 10 >= records.count * 9,
                    "\(field) is right in \(count) of \(records.count) articles."
                )
            }
        }

        private func checkQuotations(_ truth: NewsroomTruth, _ articles: [ExportedArticle]) {
            var (found, all) = (0, 0)
            for record in truth.listed {
                let article = articles.first { article in
                    article.addresses.contains { $0.url == truth.url(record) }
                }
                for quotation in record.quotations ?? [] {
                    guard let speaker = quotation.speaker else { continue }
                    all += 1
                    if article?.has(quotation.text, saidBy: speaker) == true { found += 1 }
                }
            }
            #expect(found * 2 >= all, "\(found) of \(all) statements have their speaker.")
        }
    }
}
