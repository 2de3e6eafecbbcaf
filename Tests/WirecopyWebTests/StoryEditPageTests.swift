import Foundation
import Testing
import WirecopyStorage

@testable import WirecopyWeb

struct StoryEditPageTests {
    /// Two stories of one article each, by identifier.
    private static func with(
        _ body: (SiteFixture, _ cookie: String, _ articles: [String]) async throws -> Void
    ) async throws {
        try await SiteFixture.with { fixture in
            var other = WebDraft()
            other.url = "https://tide.example/vaccine"
            other.title = "Orrin sells its malaria vaccine to Lumen"
            other.paragraphs = [
                "Orrin Biosciences will sell its malaria vaccine to Lumen Health for 2 billion.",
                "“It pays for a laboratory,” chief executive Priya Dahl said.",
            ]
            other.person = "Priya Dahl"
            other.quote = "“It pays for a laboratory,”"
            let ids = [try await fixture.store(WebDraft()), try await fixture.store(other)]
            try await body(fixture, fixture.cookie(), ids)
        }
    }

    @Test func `stories are joined, taken apart and put back by forms`() async throws {
        try await Self.with { fixture, cookie, ids in
            let joined = await fixture.post(
                "/stories/edits",
                "action=merge&story=2&other=%231",
                cookie: cookie
            )
            #expect(joined.status == 303)
            #expect(joined.header("location") == "/stories/1")
            let story = await fixture.get("/stories/2", cookie: cookie).text
            #expect(story.contains("Story 2 became a part of story 1, by hand"))
            #expect(story.contains("name=\"article\" value=\"\(ids[1])\""))
            let apart = await fixture.post(
                "/stories/edits",
                "story=1&article=\(ids[1])&other=&action=split",
                cookie: cookie
            )
            #expect(apart.header("location") == "/stories/3")
            let article = await fixture.get("/articles/\(ids[1])").text
            #expect(article.contains("Put there by hand"))
            let moved = await fixture.post(
                "/stories/edits",
                "story=3&article=\(ids[1])&other=1&action=move",
                cookie: cookie
            )
            #expect(moved.header("location") == "/stories/1")
            for edit in [3, 2, 1] {
                let undone = await fixture.post(
                    "/stories/edits",
                    "action=undo&edit=\(edit)",
                    cookie: cookie
                )
                #expect(undone.header("location") == "/stories/edits")
            }
            #expect(await fixture.get("/stories/2").text.contains("Orrin sells"))
            let list = await fixture.get("/stories/edits", cookie: cookie).text
            #expect(list.matches(of: /undone <time/).count == 3)
        }
    }

    @Test func `nobody changes a story without the token`() async throws {
        try await Self.with { fixture, cookie, ids in
            let form = "action=merge&story=2&other=1"
            #expect(await fixture.post("/stories/edits", form).status == 303)
            let strange = await fixture.post(
                "/stories/edits",
                form,
                origin: "https://evil.example",
                cookie: cookie
            )
            #expect(strange.status == 403)
            let api = await fixture.post(
                "/api/v1/stories/edits",
                "{\"action\":\"undo\",\"edit\":1}"
            )
            #expect(api.status == 401)
            let page = await fixture.get("/stories/1").text
            #expect(!page.contains("action=\"/stories/edits\""))
            let edits = await fixture.get("/api/v1/stories/edits").text
            #expect(edits == "{\"edits\":[]}")
        }
    }

    @Test(arguments: [
        ("action=merge&story=1&other=1", 409), ("action=merge&story=1&other=99", 404),
        ("action=merge&story=1", 400), ("action=split&story=1", 400), ("action=melt", 400),
        ("action=undo&edit=1", 409), ("action=undo", 400), ("action=move&article=zz&other=1", 404),
        ("action=split&story=1&article=%00", 404),
    ])
    func `a form that cannot be done says why`(_ form: String, _ status: Int) async throws {
        try await Self.with { fixture, cookie, _ in
            let answer = await fixture.post("/stories/edits", form, cookie: cookie)
            #expect(answer.status == status, "\(answer.text)")
        }
    }

    @Test(arguments: [
        ("{\"action\":\"merge\",\"story\":1,\"other\":2}", 200),
        ("{\"action\":\"merge\",\"story\":1,\"other\":2,\"edit\":1}", 422),
        ("{\"action\":\"merge\",\"story\":1,\"other\":99}", 404),
        ("{\"action\":\"merge\",\"story\":-1,\"other\":2}", 422),
        ("{\"action\":\"split\",\"story\":1,\"articles\":[]}", 422),
        ("{\"action\":\"split\",\"story\":1,\"articles\":[\"zz\"]}", 422),
        ("{\"action\":\"split\",\"story\":1,\"articles\":[\"ffffffff\"]}", 404),
        ("{\"action\":\"merge\",\"story\":1,\"other\":1}", 409),
        ("{\"action\":\"melt\"}", 422), ("{\"action\":1}", 400), ("{}", 400),
        ("{\"action\":\"undo\",\"edit\":null}", 400),
    ])
    func `the API does the same, or says why not`(_ order: String, _ status: Int) async throws {
        try await Self.with { fixture, _, _ in
            let answer = await fixture.post(
                "/api/v1/stories/edits",
                order,
                authorization: "Bearer \(SiteFixture.token)"
            )
            #expect(answer.status == status, "\(answer.text)")
        }
    }
}

struct CitesPageTests {
    @Test func `who cites whom is told with counts, newest first`() async throws {
        try await SiteFixture.with { fixture in
            let id = try await fixture.store(WebDraft())
            let source = await fixture.get("/cites?name=rye+gazette").text
            #expect(source.contains("Cited by"))
            #expect(source.contains("<th scope=\"row\"><a href=\"/cites?name=news.example\">"))
            #expect(source.contains("href=\"/articles/\(id)\""))
            let outlet = await fixture.get("/cites?name=news.example").text
            #expect(outlet.contains("href=\"/cites?name=The%20Rye%20Gazette\""))
            #expect(!outlet.contains("Cited by"))
            let article = await fixture.get("/articles/\(id)").text
            #expect(article.contains("/cites?name=news.example"))
            #expect(article.contains("/cites?name=The%20Rye%20Gazette"))
            let nobody = await fixture.get("/cites?name=nobody.example").text
            #expect(nobody.contains("nobody cites one"))
            #expect(await fixture.get("/api/v1/cites").status == 400)
        }
    }
}

struct ExportStreamTests {
    private static func body(_ answer: WebAnswer) async throws -> String {
        guard case .pieces(let stream) = answer.body else { return answer.text }
        var bytes: [UInt8] = []
        while let piece = try await stream.next() { bytes += piece }
        stream.leave()
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: ArticleFormat.allCases)
    func `articles are given in each format`(_ format: ArticleFormat) async throws {
        try await SiteFixture.with { fixture in
            let id = try await fixture.store(WebDraft())
            for what in [
                "articles/\(id)/export?", "stories/1/export?", "export?q=harbour&",
                "export?host=news.example&", "export?limit=1&",
            ] {
                let target = "/api/v1/\(what)format=\(format.rawValue)"
                let answer = await fixture.get(target)
                #expect(answer.status == 200, "\(target)")
                let file = answer.header("content-disposition") ?? ""
                #expect(file.hasSuffix(".\(format.fileExtension)\""), "\(file)")
                let text = try await Self.body(answer)
                #expect(text.contains("Harbour opens again"), "\(target)")
                #expect(text.hasSuffix("\n"))
            }
            let none = await fixture.get("/api/v1/export?format=\(format.rawValue)&q=%22")
            #expect(try await !Self.body(none).contains("Harbour"))
        }
    }

    @Test(arguments: [
        ("export", 400), ("export?format=pdf", 400), ("export?format=csv&story=1", 400),
        ("stories/9/export?format=csv", 404), ("articles/zz/export?format=csv", 404),
        ("export?format=csv&limit=10001", 400), ("stories/1/export", 400),
    ])
    func `what cannot be downloaded is refused`(_ query: String, _ status: Int) async throws {
        try await SiteFixture.with { fixture in
            try await fixture.store(WebDraft())
            #expect(await fixture.get("/api/v1/\(query)").status == status)
        }
    }

    @Test func `a download is made piece by piece, and of many each in its turn`() async throws {
        try await SiteFixture.with { fixture in
            for number in 0..<40 {
                var draft = WebDraft()
                draft.url = "https://news.example/\(number)"
                draft.title = "Number \(number)."
                draft.paragraphs = [String(repeating: "Nobody in Rye said \(number). ", count: 200)]
                try await fixture.store(draft)
            }
            var streams: [WebAnswer] = []
            for _ in 0..<WebLimits.exportsMax {
                streams.append(await fixture.get("/api/v1/export?format=markdown"))
            }
            let refused = await fixture.get("/api/v1/export?format=markdown")
            #expect(refused.status == 503)
            guard case .pieces(let stream) = streams[0].body else {
                Issue.record("The download is no stream.")
                return
            }
            var pieces = 0
            while let piece = try await stream.next() {
                #expect(piece.count < 2 * WebLimits.pieceBytes)
                pieces += 1
            }
            #expect(pieces > 2)
            stream.leave()
            #expect(await fixture.get("/api/v1/export?format=markdown").status == 200)
        }
    }
}
