import HTTPServer

// Feeds and rules for robots that misbehave.
extension Oddity {
    /// Rules as the host of an oddity's name gives them: `robots-500.localhost/robots.txt` is
    /// `/_odd/robots-500`.
    static func rules(for request: HTTPRequest) -> Oddity? {
        let (name, rest) = request.host.cut(at: ".")
        guard request.path == "/robots.txt", name.hasPrefix("robots-"), rest.hasPrefix("localhost")
        else { return nil }
        return byPath["/_odd/\(name)"]
    }

    private static func feed(_ visit: Visit) -> WireScript {
        let known = visit.request.headers["if-none-match"]
        let answer = known == entityTag ? HTTPAnswer(status: 304) : xml(feedText(visit))
        return visit.answer(answer.with("ETag", entityTag).with("Last-Modified", lastModified))
    }

    private static func xml(_ text: String) -> HTTPAnswer {
        HTTPAnswer(headers: [("Content-Type", "application/rss+xml")], body: Array(text.utf8))
    }

    private static func feedText(_ visit: Visit) -> String {
        feedHead + feedItem(visit) + "</channel></rss>\n"
    }

    private static let feedHead =
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>The harbour clock</title>\n"

    private static func feedItem(_ visit: Visit) -> String {
        "<item><title>Harbour clock stops</title>"
            + "<link>http://\(visit.request.host)/_odd/ok</link></item>\n"
    }

    private static func moved(_ visit: Visit, to path: String) -> WireScript {
        visit.answer(HTTPAnswer.html("<p>Moved.</p>\n", status: 301).with("Location", path))
    }

    static let feeds: [Oddity] = [
        Oddity("feed", "A feed with one article, and 304 for a reader that has it.", feed),
        Oddity("feed-gone", "A feed at first, then 410 for ever.") { visit in
            guard visit.earlierCount > 0 else { return visit.answer(xml(feedText(visit))) }
            return visit.answer(.html("<h1>Withdrawn</h1>\n", status: 410))
        },
        Oddity("feed-moved", "Moved permanently to /_odd/feed.") { moved($0, to: "/_odd/feed") },
        Oddity("feed-429", "429 with Retry-After: 1 twice, then the feed.") { visit in
            guard visit.earlierCount < refusalCount else { return feed(visit) }
            let refusal = HTTPAnswer.html("<h1>Not now</h1>\n", status: 429)
            return visit.answer(refusal.with("Retry-After", "1"))
        },
        Oddity("feed-login", "A page where a feed should be.") { $0.answer(html("Please log in")) },
        Oddity("feed-endless", "A feed without end.") { visit in
            let item = Array(String(repeating: feedItem(visit), count: 150).utf8)
            return visit.closing(
                200,
                .send(visit.head(xml(""), length: nil) + Array(feedHead.utf8)),
                .sendRepeatedly(item, times: endlessLimitBytes / item.count, everyMilliseconds: 0)
            )
        },
    ]

    static let robotsFiles: [Oddity] = [
        Oddity("robots-500", "Rules that fail always.") {
            $0.answer(.html("<h1>Sorry</h1>\n", status: 500))
        },
        Oddity("robots-429", "Rules that are refused with Retry-After: 1.") { visit in
            let refusal = HTTPAnswer.html("<h1>Not now</h1>\n", status: 429)
            return visit.answer(refusal.with("Retry-After", "1"))
        },
        Oddity("robots-moved", "Rules that lie on another host of this server.") { visit in
            let port = visit.request.host.cut(at: ":").1
            return moved(visit, to: "http://robots-closed.localhost:\(port)/robots.txt")
        },
        Oddity("robots-closed", "Rules that forbid everything.") {
            $0.answer(.plain("User-agent: *\nDisallow: /\n"))
        },
        Oddity("robots-private", "Rules that lie in a private network.") {
            moved($0, to: "http://10.0.0.1/robots.txt")
        },
        Oddity("robots-loop", "Rules that redirect to themselves.") {
            moved($0, to: "/robots.txt")
        },
        Oddity("robots-delay", "Rules that ask for a pause of two seconds.") {
            $0.answer(.plain("User-agent: *\nCrawl-delay: 2\n"))
        },
        Oddity("robots-page", "A page where rules should be.") {
            $0.answer(html("Please log in"))
        },
        Oddity("robots-endless", "Rules without end.") { visit in
            let lines = Array(String(repeating: "Allow: /tide\n", count: 1000).utf8)
            return visit.closing(
                200,
                .send(visit.head(.plain(""), length: nil) + Array("User-agent: *\n".utf8)),
                .sendRepeatedly(lines, times: endlessLimitBytes / lines.count, everyMilliseconds: 0)
            )
        },
        Oddity("robots-hang", "No answer where rules should be.") { visit in
            visit.closing(0, .pause(milliseconds: hangMilliseconds))
        },
    ]
}
