import Foundation
import Synchronization
import Testing
import WirecopyMessages

@testable import WirecopyWeb

struct PagesTests {
    @Test func `every page has landmarks, a title, a heading and a way past the navigation`()
        async throws
    {
        try await SiteFixture.with { fixture in
            let id = try await fixture.store(WebDraft())
            for target in Self.pages(article: id) {
                let answer = await fixture.get(target)
                #expect(answer.status == 200, "\(target) says \(answer.status).")
                let text = answer.text
                #expect(text.hasPrefix("<!doctype html>"))
                for part in [
                    "<html lang=\"en\">", "<title>", "<main id=\"main\"",
                    "<nav aria-label=\"Main\">",
                    "<header class=\"masthead\">", "<footer", "href=\"#main\"", "<h1",
                ] {
                    #expect(text.contains(part), "\(target) lacks \(part).")
                }
                #expect(text.components(separatedBy: "<h1").count == 2, "\(target)")
                for risk in ["<script>", " style=", " onclick", "javascript:", "http-equiv"] {
                    #expect(!text.contains(risk), "\(target) has \(risk).")
                }
            }
        }
    }

    @Test func `pages say so where broker and store are away`() async throws {
        try await SiteFixture.with { fixture in
            let overview = await fixture.get("/")
            #expect(overview.status == 200)
            #expect(overview.text.contains("wirecopy up"))
            let letters = await fixture.get("/dead-letters")
            #expect(letters.status == 200)
            let status = await fixture.get("/api/v1/status")
            #expect(status.status == 503)
        }
    }

    @Test func `the overview shows stages, ledger and newest articles`() async throws {
        try await SiteFixture.with { fixture in
            try await fixture.store(WebDraft())
            fixture.queue.script.withLock { $0.status = .balanced() }
            await fixture.watch.lookOnce()
            let text = await fixture.get("/").text
            #expect(text.contains("data-live=\"stage.parse.out\""))
            #expect(text.contains("entered 10 = 9 stored + 1 dead + 0 in flight; 0 lost"))
            #expect(text.contains("data-state=\"balanced\""))
            #expect(text.contains("Harbour opens again"))
            #expect(text.contains("<code>http_gone</code>"))
        }
    }

    @Test func `an article shows its text with names and statements marked`() async throws {
        try await SiteFixture.with { fixture in
            let id = try await fixture.store(WebDraft())
            let text = await fixture.get("/articles/\(id)").text
            #expect(text.contains("<span id=\"q0\" class=\"q said\">“We lost a month,”</span>"))
            #expect(text.contains("class=\"m PER\" href=\"/names/"))
            #expect(text.contains("Support our newsroom."))
            #expect(text.contains("<th scope=\"row\">Title</th>"))
            #expect(text.contains("90 %"))
            #expect(text.contains("/versions/1"))
        }
    }

    @Test func `a name leads to its statements and articles`() async throws {
        try await SiteFixture.with { fixture in
            let id = try await fixture.store(WebDraft())
            let page = await fixture.get("/articles/\(id)").text
            let link = try #require(page.firstMatch(of: /href="(\/names\/\d+)"/))
            let name = await fixture.get(String(link.1)).text
            #expect(name.contains("<h1 dir=\"auto\">Ada Pell</h1>"))
            #expect(name.contains("We lost a month"))
            #expect(name.contains("/articles/\(id)"))
            #expect(name.contains("/articles/\(id)?at="), "Statements lead to their places.")
            let found = await fixture.get("/names?name=ada+pell").text
            #expect(found.contains("Ada Pell"))
        }
    }

    @Test func `hostile titles, names and texts are shown harmlessly`() async throws {
        try await SiteFixture.with { fixture in
            var draft = WebDraft()
            let bad = "<script>alert(1)</script>\"'\u{202E}gnp.exe"
            draft.title = bad + String(repeating: "x", count: 10_000)
            draft.person = "Ada <img src=x onerror=alert(2)>"
            draft.author = bad
            draft.dropped = "<iframe src=//evil.example>"
            draft.paragraphs = ["\(draft.person) said: “We <b>lost</b> a month,”", bad]
            draft.quote = "“We <b>lost</b> a month,”"
            let id = try await fixture.store(draft)
            for target in Self.pages(article: id) {
                let text = await fixture.get(target).text
                for risk in ["<script>", "<img", "<b>", "<iframe", "\u{202E}"] {
                    #expect(!text.contains(risk), "\(target) has \(risk).")
                }
                #expect(text.utf8.count < 100_000)
            }
        }
    }

    @Test func `a long article comes in parts below 100 kB, and nothing of it is missing`()
        async throws
    {
        try await SiteFixture.with { fixture in
            var draft = WebDraft()
            let sentence = "Ada Pell said so to Ada Pell, and Ada Pell told nobody. "
            draft.paragraphs = (0..<200).map {
                "Number \($0). " + String(repeating: sentence, count: 10)
            }
            let id = try await fixture.store(draft)
            var all = ""
            var part = 1
            while true {
                let answer = await fixture.get("/articles/\(id)?part=\(part)")
                guard answer.status == 200 else { break }
                #expect(answer.text.utf8.count < 200_000)
                all += answer.text
                part += 1
            }
            #expect(part > 3)
            for number in 0..<200 { #expect(all.contains("Number \(number). ")) }
        }
    }

    @Test func `lists go on where the page before ended`() async throws {
        try await SiteFixture.with { fixture in
            for number in 0..<60 {
                var draft = WebDraft()
                draft.url = "https://news.example/\(number)"
                draft.title = "Number \(number)."
                draft.paragraphs = ["Article \(number) of a long list of articles about Rye."]
                try await fixture.store(draft)
            }
            let first = await fixture.get("/articles").text
            let next = try #require(first.firstMatch(of: /rel="next" href="([^"]+)"/))
            let second = await fixture.get(String(next.1)).text
            for number in 0..<60 {
                let title = "Number \(number).<"
                #expect(first.contains(title) != second.contains(title))
            }
        }
    }

    @Test func `a story shows its brief, whose lines lead to their places`() async throws {
        try await SiteFixture.with { fixture in
            let id = try await fixture.store(WebDraft())
            let list = await fixture.get("/stories?single=1").text
            let link = try #require(list.firstMatch(of: /href="(\/stories\/\d+)"/)).1
            let story = await fixture.get(String(link)).text
            #expect(story.contains("Ada Pell"))
            #expect(story.contains("href=\"/articles/\(id)"))
            let place = try #require(story.firstMatch(of: /\/articles\/[0-9a-f]+\?at=\d+-\d+/)).0
            let article = await fixture.get(String(place)).text
            #expect(article.contains("<mark id=\"here\">"))
            #expect(article.contains("href=\"\(link)\""), "The article leads back.")
            #expect(await fixture.get("/stories/99999").status == 404)
        }
    }

    @Test func `a place in a long article leads to its part`() async throws {
        try await SiteFixture.with { fixture in
            var draft = WebDraft()
            draft.paragraphs = (0..<100).map {
                "Number \($0). " + String(repeating: "Nobody in Rye said so. ", count: 40)
            }
            let id = try await fixture.store(draft)
            let text = await fixture.get("/articles/\(id)?at=80000-80010").text
            #expect(text.contains("id=\"here\""))
            #expect(!text.contains("Number 0. "))
            #expect(await fixture.get("/articles/\(id)?at=9-1").status == 400)
        }
    }

    @Test func `a version shows what was taken out and what was added`() async throws {
        try await SiteFixture.with { fixture in
            var draft = WebDraft()
            let id = try await fixture.store(draft)
            draft.paragraphs[0] = "RYE (Wire) — The harbour of Rye opened again on Tuesday."
            try await fixture.store(draft)
            let text = await fixture.get("/articles/\(id)/versions/2").text
            #expect(text.contains("<del>Monday.</del>"))
            #expect(text.contains("<ins>Tuesday.</ins>"))
            #expect(await fixture.get("/articles/\(id)/versions/1").text.contains("Monday."))
            #expect(await fixture.get("/articles/\(id)/versions/9").status == 404)
        }
    }

    @Test func `sources in trouble stand first`() async throws {
        try await SiteFixture.with { fixture in
            fixture.queue.script.withLock {
                $0.sources = [
                    SourcesReport.Source.test("https://a.example/feed", failures: 0),
                    SourcesReport.Source.test("https://b.example/feed", failures: 9),
                ]
            }
            let text = await fixture.get("/sources").text
            let well = try #require(text.range(of: "a.example"))
            let failing = try #require(text.range(of: "b.example"))
            #expect(failing.lowerBound < well.lowerBound)
            #expect(text.contains("class=\"state failing\""))
        }
    }

    private static func pages(article id: String) -> [String] {
        [
            "/", "/articles", "/articles?q=harbour", "/articles/\(id)",
            "/articles/\(id)/versions/1", "/names", "/names?name=Pell", "/quotes", "/sources",
            "/dead-letters", "/replay", "/replay?stage=parse", "/trace?url=https://news.example/",
            "/sign-in", "/stories", "/stories?single=1", "/stories/1", "/stories/edits", "/cites",
            "/cites?name=Rye%20Gazette", "/cites?name=news.example",
        ]
    }
}

extension SourcesReport.Source {
    fileprivate static func test(_ url: String, failures: Int) -> Self {
        var poll = SourcePoll()
        poll.health.failureCount = failures
        poll.health.lastFailure = failures > 0 ? "The server did not answer." : nil
        poll.health.lastSuccess = Instant(milliseconds: 1_716_984_000_000)
        return Self(url: url, poll: poll, due: Instant(milliseconds: 1_716_985_000_000))
    }
}
