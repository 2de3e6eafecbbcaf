import HTTPServer

extension Oddity {
    private static func redirect(_ status: Int, to location: String?) -> HTTPAnswer {
        let answer = HTTPAnswer.html("<p>Moved.</p>\n", status: status)
        return location.map { answer.with("Location", $0) } ?? answer
    }

    private static func redirecting(
        _ name: String,
        _ summary: String,
        _ status: Int,
        to location: String?
    ) -> Oddity {
        Oddity(name, summary) { $0.answer(redirect(status, to: location)) }
    }

    static let redirects: [Oddity] = [
        redirecting("301", "Moved permanently to /_odd/ok.", 301, to: "/_odd/ok"),
        redirecting("302", "Found at /_odd/ok.", 302, to: "/_odd/ok"),
        redirecting("303", "See /_odd/ok.", 303, to: "/_odd/ok"),
        redirecting("307", "Temporarily at /_odd/ok, relative Location.", 307, to: "ok"),
        redirecting("308", "Permanently at /_odd/ok.", 308, to: "/_odd/ok"),
        redirecting("chain", "301, 302, 307, 308, then the page.", 301, to: "/_odd/chain-2"),
        redirecting("chain-2", "Second step of the chain.", 302, to: "/_odd/chain-3"),
        redirecting("chain-3", "Third step of the chain.", 307, to: "/_odd/chain-4"),
        redirecting("chain-4", "Fourth step of the chain.", 308, to: "/_odd/ok"),
        redirecting("loop", "Redirects to loop-2, which redirects back.", 302, to: "/_odd/loop-2"),
        redirecting("loop-2", "The other half of the loop.", 302, to: "/_odd/loop"),
        redirecting("self", "Redirects to itself.", 301, to: "/_odd/self"),
        redirecting("no-location", "302 without a Location.", 302, to: nil),
        redirecting("to-file", "Redirects to a file address.", 302, to: "file:///etc/hostname"),
        redirecting("to-private", "Redirects to a private network.", 302, to: "http://10.0.0.1/"),
        redirecting("to-nonsense", "Location is no address.", 302, to: "http://[::bad/%zz"),
        Oddity("endless-redirect", "Redirects for ever, each time to a new address.") { visit in
            let step = Int(visit.request.query.cut(at: "=").1) ?? 0
            let next = "/_odd/endless-redirect?n=\(step % 1_000_000 + 1)"
            return visit.answer(redirect(302, to: next))
        },
    ]

    /// Validators of `/_odd/conditional`.
    static let entityTag = "\"brenness-1962\""
    static let lastModified = "Wed, 04 Mar 2026 05:40:00 GMT"

    static let statuses: [Oddity] = [
        Oddity("ok", "A harmless page.") { $0.answer(html("Harbour clock stops")) },
        Oddity("conditional", "304 for a matching If-None-Match or If-Modified-Since.") { visit in
            let headers = visit.request.headers
            let isKnown =
                headers["if-none-match"].map { $0 == entityTag }
                ?? (headers["if-modified-since"] == lastModified)
            var answer = html("Harbour clock stops")
            if isKnown { answer = HTTPAnswer(status: 304) }
            return visit.answer(
                answer.with("ETag", entityTag).with("Last-Modified", lastModified)
            )
        },
        Oddity("403", "Forbidden.") { $0.answer(.html("<h1>No entry</h1>\n", status: 403)) },
        Oddity("404", "Not found.") { $0.answer(.html("<h1>No such page</h1>\n", status: 404)) },
        Oddity("410", "Gone.") { $0.answer(.html("<h1>Withdrawn</h1>\n", status: 410)) },
        Oddity("500", "Fails always.") { $0.answer(.html("<h1>Sorry</h1>\n", status: 500)) },
        refusing("429", 429, "429 with Retry-After: 1 twice, then the page.") { _ in "1" },
        refusing("429-date", 429, "429 with Retry-After as a date twice, then the page.") {
            Timestamp(utcSeconds: $0 + 2).httpDate
        },
        refusing("503", 503, "503 with Retry-After: 1 twice, then the page.") { _ in "1" },
        refusing("503-date", 503, "503 with Retry-After as a date twice, then the page.") {
            Timestamp(utcSeconds: $0 + 2).httpDate
        },
        refusing("503-silent", 503, "503 without Retry-After twice, then the page.") { _ in nil },
        refusing("503-nonsense", 503, "503 with an unreadable Retry-After twice.") { _ in "soon" },
    ]

    /// Requests that are refused before the address recovers.
    static let refusalCount = 2

    private static func refusing(
        _ name: String,
        _ status: Int,
        _ summary: String,
        retryAfter: @escaping @Sendable (Int) -> String?
    ) -> Oddity {
        Oddity(name, summary) { visit in
            guard visit.earlierCount < refusalCount else {
                return visit.answer(html("Harbour clock runs again"))
            }
            let refusal = HTTPAnswer.html("<h1>Not now</h1>\n", status: status)
            let value = retryAfter(visit.now)
            return visit.answer(value.map { refusal.with("Retry-After", $0) } ?? refusal)
        }
    }
}
