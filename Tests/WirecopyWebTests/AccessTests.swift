import Synchronization
import Testing
import WirecopyMessages

@testable import WirecopyWeb

struct AccessTests {
    @Test(arguments: ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil.example:5580"])
    func `a request for another host is turned away, against rebinding`(
        _ host: String
    ) async throws {
        try await SiteFixture.with { fixture in
            var request = WebRequest("GET", "/")
            request.host = host
            #expect(await fixture.site.answer(request).status == 421)
        }
    }

    @Test(arguments: [
        "localhost:5580", "127.0.0.1", "[::1]:5580", "PAGE.example", "page.example:80",
    ])
    func `a request for one of our names is answered`(_ host: String) async throws {
        try await SiteFixture.with { fixture in
            var request = WebRequest("GET", "/")
            request.host = host
            #expect(await fixture.site.answer(request).status == 200)
        }
    }

    @Test func `nothing is changed without the token`() async throws {
        try await SiteFixture.with { fixture in
            for (target, body) in [
                ("/dead-letters/retry", "code=http_gone"), ("/replay", "stage=parse"),
            ] {
                let answer = await fixture.post(target, body)
                #expect(answer.status == 303)
                #expect(answer.header("location") == "/sign-in")
            }
            let api = await fixture.post("/api/v1/dead-letters/retry", "{\"code\":\"http_gone\"}")
            #expect(api.status == 401)
            #expect(api.header("www-authenticate") != nil)
            #expect(fixture.queue.script.withLock { $0.replayed.isEmpty })
        }
    }

    @Test func `a browser that has shown the token may retry`() async throws {
        try await SiteFixture.with { fixture in
            let cookie = try await fixture.cookie()
            let answer = await fixture.post(
                "/dead-letters/retry",
                "code=http_gone&stage=fetch",
                cookie: cookie
            )
            #expect(answer.status == 303)
            let sent = fixture.queue.script.withLock { $0.replayed }
            #expect(sent.count == 1)
            #expect(sent.first?.errorCode == "http_gone")
            #expect(sent.first?.isOfDeadLetters == true)
            #expect(sent.first?.limit == WebLimits.replayMax)
        }
    }

    @Test(arguments: [nil, "null", "https://evil.example", "http://127.0.0.1:9999"])
    func `a cookie counts for nothing in a request from another site`(
        _ origin: String?
    ) async throws {
        try await SiteFixture.with { fixture in
            let cookie = try await fixture.cookie()
            let answer = await fixture.post(
                "/dead-letters/retry",
                "code=http_gone",
                origin: origin,
                cookie: cookie
            )
            #expect(answer.status == 403)
            #expect(fixture.queue.script.withLock { $0.replayed.isEmpty })
        }
    }

    @Test func `a program sends the token in a header`() async throws {
        try await SiteFixture.with { fixture in
            let answer = await fixture.post(
                "/api/v1/replay",
                "{\"stage\":\"parse\",\"dry_run\":true}",
                origin: nil,
                authorization: "Bearer \(SiteFixture.token)"
            )
            #expect(answer.status == 200)
            #expect(fixture.queue.script.withLock { $0.replayed.first?.dryRun } == true)
            let wrong = await fixture.post(
                "/api/v1/replay",
                "{\"stage\":\"parse\"}",
                authorization: "Bearer wrong"
            )
            #expect(wrong.status == 401)
        }
    }

    @Test func `a wrong token gives no cookie`() async throws {
        try await SiteFixture.with { fixture in
            let answer = await fixture.post("/sign-in", "token=guess")
            #expect(answer.status == 403)
            #expect(answer.header("set-cookie") == nil)
        }
    }

    @Test func `where other machines connect, reading needs the token too`() async throws {
        try await SiteFixture.with(readingNeedsToken: true) { fixture in
            #expect(await fixture.get("/").status == 303)
            #expect(await fixture.get("/articles").status == 303)
            #expect(await fixture.get("/events").status == 303)
            #expect(await fixture.get("/api/v1/status").status == 401)
            #expect(await fixture.get("/sign-in").status == 200)
            let cookie = try await fixture.cookie()
            #expect(await fixture.get("/", cookie: cookie).status == 200)
        }
    }

    @Test func `every answer forbids what a page does not need`() async throws {
        try await SiteFixture.with { fixture in
            for target in ["/", "/nope", "/api/v1/status", "/sign-in"] {
                let answer = await fixture.get(target)
                let policy = try #require(answer.header("content-security-policy"))
                #expect(policy.contains("default-src 'none'"))
                #expect(policy.contains("frame-ancestors 'none'"))
                #expect(!policy.contains("unsafe"))
                #expect(answer.header("x-content-type-options") == "nosniff")
                #expect(answer.header("referrer-policy") == "same-origin")
                #expect(answer.header("cache-control") == "no-store")
            }
        }
    }

    @Test func `what an address does not take is refused with what it takes`() async throws {
        try await SiteFixture.with { fixture in
            var request = WebRequest("DELETE", "/articles")
            request.host = "localhost"
            let answer = await fixture.site.answer(request)
            #expect(answer.status == 405)
            #expect(answer.header("allow") == "GET, HEAD")
        }
    }

    @Test(arguments: [
        "/articles?since=yesterday", "/articles?q=%ff", "/articles?q=a%00b", "/articles/x?part=0",
        "/api/v1/articles?limit=0", "/api/v1/articles?limit=1000", "/api/v1/articles?other=1",
        "/api/v1/search", "/api/v1/articles?limit=5&limit=6", "/api/v1/quotes?since=2026-02-30",
    ])
    func `values that cannot be used are refused with a sentence`(_ target: String) async throws {
        try await SiteFixture.with { fixture in
            let answer = await fixture.get(target)
            #expect(answer.status == 400, "\(answer.text)")
        }
    }

    @Test func `style and script are kept by browsers, and named by their content`() async throws {
        try await SiteFixture.with { fixture in
            let page = await fixture.get("/").text
            let path = try #require(page.firstMatch(of: /href="(\/assets\/[^"]+style\.css)"/)).1
            let answer = await fixture.get(String(path))
            #expect(answer.status == 200)
            #expect(answer.header("cache-control")?.contains("immutable") == true)
            #expect(await fixture.get("/assets/000000000000/style.css").status == 404)
        }
    }
}
