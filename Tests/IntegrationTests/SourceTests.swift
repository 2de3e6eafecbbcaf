import Foundation
import Testing
import WebArchive
import WirecopyMessages
import WirecopyNewsroom

extension IntegrationTests {
    /// `wirecopy watch` and `wirecopy sources` on the newsroom's feeds, sitemaps and front pages.
    @Suite(.serialized)
    struct SourceTests {
        @Test func `a watched feed brings its articles once, and later what is new`() async throws {
            try await use { installation, newsroom, service in
                newsroom.holdBack(1)
                let url = newsroom.url("wire", "/atom.xml")
                try await watch(installation, url)
                let count = newsroom.articles.count { $0.publisher == "wire" } - 1
                try #require(1..<20 ~= count)
                try await installation.waits(for: count, .stored)
                let first = try #require(try await installation.source(url))
                #expect(first.kind == "feed")
                #expect(first.title == "Meridian Wire")
                #expect(first.lastStatus == 200)

                try await poll(installation, url)
                try await eventually("the feed has not changed") {
                    try await installation.source(url)?.lastStatus == 304
                }
                #expect(newsroom.requestLog.records.contains { $0.status == 304 })
                try await settled(installation)
                #expect(try await installation.ledger().count(.stored) == count)

                newsroom.publish()
                try await poll(installation, url)
                try await installation.waits(for: count + 1, .stored)
                try await settled(installation)
                let ledger = try await installation.ledger()
                #expect(ledger.isBalanced)
                #expect(ledger.count(.polled) == ledger.entered - count - 1 - ledger.standing)
                let newest = try #require(newsroom.articles.last { $0.publisher == "wire" })
                #expect(try await installation.articles().contains { $0.title == newest.title })
                try await stopped(service)
                try await checkArchive(of: installation, pages: count + 1)
            }
        }

        /// The export has all pages, the document of each poll, once, and the rules of the hosts;
        /// and can be imported again.
        private func checkArchive(of installation: Installation, pages: Int) async throws {
            let path = installation.path("all.warc.gz")
            let end = try await installation.wirecopy("export", "warc", "--all", "--out", path)
            #expect(end.errors.hasPrefix("\(pages) pages, 3 other visits, "), "\(end.errors)")
            var reader = try WARCReader(path: path)
            var kinds: [String: Int] = [:]
            while let entry = try reader.next() {
                let record = try entry.content.get()
                let name = record.targetURI?.split(separator: "/").last.map(String.init) ?? ""
                let kind = ["robots.txt", "atom.xml"].contains(name) ? name : "page"
                kinds["\(record.type) \(kind)", default: 0] += 1
            }
            #expect(kinds["response page"] == pages)
            // The publisher's host, and that to which its links lead.
            #expect(kinds["response robots.txt"] == 2)
            #expect(kinds["response atom.xml"] == 2)
            #expect(kinds["revisit atom.xml"] == 1)
            let again = try await installation.wirecopy("import", "warc", path)
            #expect(again.output.contains("\(pages) pages taken"), "\(again.output)")
        }

        @Test func `a source that is watched again takes the new pace on`() async throws {
            try await use { installation, newsroom, service in
                let url = newsroom.url("courier", "/rss.xml")
                try await watch(installation, url)
                try await eventually("the feed was read") {
                    try await installation.source(url)?.lastStatus == 200
                }
                let again = try await installation.wirecopy("watch", "--unseen", url)
                #expect(again.errors.contains("1 source watched before."), "\(again.errors)")
                let paced = try await installation.wirecopy(
                    "watch",
                    "--unseen",
                    url,
                    "--every",
                    "90s"
                )
                #expect(paced.errors.contains("in the new pace from now on"), "\(paced.errors)")
                let source = try #require(try await installation.source(url))
                #expect(source.dueMs <= Instant.now().milliseconds + 90_000)
                #expect(source.lastStatus == 200, "What it has learned stays.")
                try await stopped(service)
            }
        }

        @Test func `front pages, sitemaps, JSON and broken XML bring articles too`() async throws {
            try await use { installation, newsroom, service in
                newsroom.holdBack(1)
                let front = try await installation.wirecopy(
                    "watch",
                    newsroom.url("harbour-post", "/"),
                    "--allow-private-addresses"
                )
                #expect(front.output.contains("/rss.xml  feed"), "\(front.output)")
                let map = newsroom.url("gazette", "/sitemap.xml")
                try await watch(installation, map)
                try await watch(installation, newsroom.url("dispatch", "/feed.json"))
                try await watch(installation, newsroom.url("courier", "/broken.xml"))
                // The index is watched, and the two sitemaps that it names.
                try await eventually("all six sources were read") {
                    let sources = try await installation.sources()
                    return sources.count == 6 && sources.allSatisfy { $0.lastStatus == 200 }
                }
                let fed = ["harbour-post", "dispatch", "courier"]
                let count = newsroom.articles.count { fed.contains($0.publisher) } - fed.count
                // What a sitemap named at first is archive, and not fetched.
                try await installation.waits(for: count, .stored)
                try await settled(installation)
                #expect(try await installation.ledger().count(.stored) == count)

                newsroom.publish()
                #expect(try await installation.wirecopy("sources", "poll").status == 0)
                try await installation.waits(for: count + fed.count + 1, .stored)
                let newest = try #require(newsroom.articles.last { $0.publisher == "gazette" })
                #expect(try await installation.articles().contains { $0.title == newest.title })
                let health = try await installation.wirecopy("sources", "health")
                #expect(health.status == 0, "\(health.output)")
                try await stopped(service)
            }
        }

        @Test func `sources that are gone, moved or busy are told as such`() async throws {
            try await use { installation, newsroom, service in
                let odd = newsroom.baseURL + "/_odd/"
                for name in ["feed-gone", "feed-moved", "feed-429", "feed-login"] {
                    let end = try await installation.wirecopy("watch", "--unseen", odd + name)
                    #expect(end.status == 0, "\(end.errors)")
                }
                try await eventually("all were asked once") {
                    let sources = try await installation.sources()
                    return sources.count == 4 && sources.allSatisfy { $0.lastStatus != nil }
                }
                let moved = try #require(try await installation.source(odd + "feed"))
                #expect(moved.movedFrom == odd + "feed-moved")
                #expect(try await installation.source(odd + "feed-429")?.lastStatus == 429)
                let page = try #require(try await installation.source(odd + "feed-login"))
                #expect(page.lastFailure?.contains("neither a feed nor a sitemap") == true)

                try await poll(installation, odd + "feed-gone")
                try await eventually("the feed is gone") {
                    try await installation.source(odd + "feed-gone")?.lastStatus == 410
                }
                for _ in 0..<2 {
                    let before = try await installation.source(odd + "feed-429")?.days.last?.polls
                    try await poll(installation, odd + "feed-429")
                    try await eventually("the busy feed was asked again") {
                        try await installation.source(odd + "feed-429")?.days.last?.polls != before
                    }
                }
                #expect(try await installation.source(odd + "feed-429")?.lastStatus == 200)
                let month = 29 * 86_400_000
                let gone = try #require(try await installation.source(odd + "feed-gone"))
                #expect(gone.dueMs > Instant.now().milliseconds + month)
                let health = try await installation.wirecopy("sources", "health")
                #expect(health.status == 1)
                #expect(health.output.contains("gone for good"), "\(health.output)")
                #expect(try await installation.wirecopy("unwatch", odd + "feed-gone").status == 0)
                #expect(try await installation.sources().count == 3)
                let unknown = try await installation.wirecopy("sources", "poll", odd + "feed-gone")
                #expect(unknown.status == 66, "\(unknown.errors)")
                try await stopped(service)
            }
        }

        /// A newsroom and a service for one test.
        private func use(
            _ body: (Installation, Newsroom, ProgramUnderTest) async throws -> Void
        ) async throws {
            let newsroom = try Newsroom(port: 0)
            newsroom.start()
            defer { newsroom.stop() }
            try await Installation.use { installation in
                let service = try await installation.up("--allow-private-addresses")
                try await body(installation, newsroom, service)
            }
        }

        private func watch(_ installation: Installation, _ url: String) async throws {
            let end = try await installation.wirecopy("watch", url, "--allow-private-addresses")
            #expect(end.status == 0, "\(end.errors)")
            #expect(end.output.hasPrefix("+ \(url) "), "\(end.output)")
        }

        private func poll(_ installation: Installation, _ url: String) async throws {
            let end = try await installation.wirecopy("sources", "poll", url)
            #expect(end.status == 0, "\(end.errors)")
        }

        /// Nothing is on its way any more but polls that wait.
        private func settled(_ installation: Installation) async throws {
            try await eventually("nothing is in flight") {
                try await installation.ledger().inFlight == 0
            }
        }

        private func stopped(_ service: ProgramUnderTest) async throws {
            service.terminate()
            #expect(try await service.end().status == 0)
        }
    }
}

extension Installation {
    /// What `wirecopy sources ls --json` says.
    fileprivate func sources() async throws -> [SourcesReport.Source] {
        try await wirecopy("sources", "ls", "--json").json(SourcesReport.self).sources
    }

    /// The source with this address.
    fileprivate func source(_ url: String) async throws -> SourcesReport.Source? {
        try await sources().first { $0.url == url }
    }
}

extension Newsroom {
    /// An address on the host of a publisher.
    fileprivate func url(_ publisher: String, _ path: String) -> String {
        baseURL.replacing("127.0.0.1", with: "\(publisher).localhost") + path
    }
}
