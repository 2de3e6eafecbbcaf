import HTTPServer

/// The addresses of the newsroom and what stands there. Pure: requests in, scripts out.
struct Site: Sendable {
    /// A page that is the same for everyone.
    struct Page {
        let body: [UInt8]
        let contentType: String
        let modified: Timestamp
        /// FNV-1a of the body, quoted.
        let entityTag: String

        init(_ text: String, type: String, modified: Timestamp) {
            body = Array(text.utf8)
            contentType = type
            self.modified = modified
            let hash = body.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
                ($0 ^ UInt64($1)) &* 0x100_0000_01B3
            }
            entityTag = "\"\(String(hash, radix: 16))\""
        }
    }

    /// Pages by path and query.
    private(set) var pages: [String: Page] = [:]
    /// Pages that take the place of others after an advance.
    private(set) var laterPages: [String: Page] = [:]
    /// Documents that name a publisher's articles, by path.
    private var sources: [String: Page] = [:]
    /// Addresses that once were.
    private let gone: Set<String>
    private let directory: SiteDirectory
    /// Publishers by the first part of their paths.
    private let publishers: [String: Publisher]
    private var newestFirst: [String: [NewsArticle]] = [:]

    /// Renders everything once; `baseURL` goes into canonical links and feeds.
    init(archive: NewsArchive, baseURL: String) {
        directory = SiteDirectory(archive: archive, baseURL: baseURL)
        publishers = Dictionary(
            archive.publishers.map { ($0.key, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        gone = Set(archive.demoAddresses.filter { $0.outcome.isDead }.map(\.path))
        for publisher in archive.publishers {
            let margin = archive.articles.reversed().filter { $0.publisher == publisher.key }
            let renderer = PageRenderer(publisher: publisher, margin: margin, baseURL: baseURL)
            for article in (archive.articles + archive.revisions)
            where article.publisher == publisher.key {
                add(article, renderer)
            }
            newestFirst[publisher.key] = margin
            sources.merge(sources(of: publisher, margin)) { $1 }
            for path in [publisher.feedPath, "/\(publisher.key)/"] { pages[path] = sources[path] }
        }
        let newest = archive.articles.last?.published ?? Timestamp(utcSeconds: 0)
        for text in archive.texts {
            add(text.article.path, text.text, type: Self.plain, text.article.published)
        }
        add("/texts/", directory.textIndex(), type: Self.html, newest)
        add("/", directory.index(), type: Self.html, newest)
        add("/_odd/", directory.oddityIndex(), type: Self.html, newest)
        add("/robots.txt", directory.robots(), type: Self.plain, newest)
        add(
            "/sitemap.xml",
            directory.sitemap(of: archive.articles),
            type: "application/xml",
            newest
        )
        add("/urls.txt", directory.addresses(), type: Self.plain, newest)
        add("/expected.jsonl", directory.expected(), type: "application/x-ndjson", newest)
    }

    private static let controls: Set<String> = [
        "/_control/advance", "/_control/hold", "/_control/publish", "/_control/reset",
    ]
    private static let html = "text/html; charset=utf-8"
    private static let plain = "text/plain; charset=utf-8"

    private func sources(
        of publisher: Publisher,
        _ newestFirst: [NewsArticle]
    ) -> [String: Page] {
        let newest = newestFirst.first?.published ?? Timestamp(utcSeconds: 0)
        var pages: [String: Page] = [:]
        for document in directory.sources(of: publisher, newestFirst) {
            pages[document.path] = Page(document.text, type: document.type, modified: newest)
        }
        return pages
    }

    private mutating func add(_ path: String, _ text: String, type: String, _ modified: Timestamp) {
        pages[path] = Page(text, type: type, modified: modified)
    }

    private mutating func add(_ article: NewsArticle, _ renderer: PageRenderer) {
        let modified = article.modified ?? article.published
        guard let text = renderer.page(article) else { return }
        let page = Page(text, type: Self.html, modified: modified)
        pages[article.path] = page
        if article.version > 1 { laterPages[article.canonicalPath] = page }
        if let print = renderer.page(article, print: true), article.version == 1 {
            add(article.path + "/print", print, type: Self.html, modified)
        }
    }

    /// What the newsroom remembers between requests, as far as an answer depends on it.
    struct Circumstances {
        /// True after `POST /_control/advance`.
        var isAdvanced = false
        var earlierCount = 0
        /// So many of each publisher's newest articles are not out yet.
        var heldBackCount = 0
        /// Seconds since 1970.
        var now = 0
    }

    /// What to do for a request.
    func script(for request: HTTPRequest, _ circumstances: Circumstances) -> WireScript {
        if let oddity = Oddity.rules(for: request) ?? Oddity.byPath[request.path] {
            return oddity.script(
                Oddity.Visit(
                    request: request,
                    earlierCount: circumstances.earlierCount,
                    now: circumstances.now
                )
            )
        }
        return answer(request, circumstances).script(for: request, now: circumstances.now)
    }

    private func answer(_ request: HTTPRequest, _ circumstances: Circumstances) -> HTTPAnswer {
        if request.path.hasPrefix("/_control/") {
            guard request.method == "POST" else {
                return HTTPAnswer.plain("Use POST.\n", status: 405).with("Allow", "POST")
            }
            let isKnown = Self.controls.contains(request.path)
            return isKnown ? .plain("done\n") : .plain("No such control.\n", status: 404)
        }
        guard request.method == "GET" || request.method == "HEAD" else {
            return HTTPAnswer.plain("Use GET.\n", status: 405).with("Allow", "GET, HEAD")
        }
        let target = publisherPath(request)
        let plain = Self.withoutTracking(target)
        if gone.contains(plain) {
            return .html("<h1>This article was withdrawn</h1>\n", status: 410)
        }
        guard let page = page(plain, circumstances) else {
            return .html("<h1>Page not found</h1>\n", status: 404)
        }
        return answer(request, with: page)
    }

    /// What stands at a path; `nil` for nothing, or for an article that is not out yet.
    private func page(_ path: String, _ circumstances: Circumstances) -> Page? {
        let later = circumstances.isAdvanced ? laterPages[path] : nil
        let usual = later ?? pages[path] ?? sources[path]
        guard circumstances.heldBackCount > 0,
            let key = path.split(separator: "/").first.map(String.init),
            let publisher = publishers[key], let articles = newestFirst[key]
        else { return usual }
        let heldBack = articles.prefix(circumstances.heldBackCount)
        guard !heldBack.contains(where: { $0.isShown(at: path) }) else { return nil }
        guard sources[path] != nil else { return usual }
        return sources(of: publisher, Array(articles.dropFirst(heldBack.count)))[path]
    }

    private func answer(_ request: HTTPRequest, with page: Page) -> HTTPAnswer {
        let isKnown =
            request.headers["if-none-match"].map { $0 == "*" || $0.contains(page.entityTag) }
            ?? (request.headers["if-modified-since"] == page.modified.httpDate)
        let answer =
            isKnown
            ? HTTPAnswer(status: 304)
            : HTTPAnswer(headers: [("Content-Type", page.contentType)], body: page.body)
        return answer.with("ETag", page.entityTag).with("Last-Modified", page.modified.httpDate)
    }

    /// `harbour-post.localhost/x` is another name of `/harbour-post/x`.
    private func publisherPath(_ request: HTTPRequest) -> String {
        let (name, rest) = request.host.cut(at: ".")
        guard publishers[name] != nil, rest.hasPrefix("localhost"),
            !request.target.hasPrefix("/\(name)/")
        else { return request.target }
        return "/\(name)\(request.target)"
    }

    /// The target without the parameters that newsletters and networks append.
    static func withoutTracking(_ target: String) -> String {
        let (path, query) = target.cut(at: "?")
        let kept = query.split(separator: "&").filter { parameter in
            !parameter.hasPrefix("utm_") && !parameter.hasPrefix("fbclid=")
                && !parameter.hasPrefix("ref=")
        }
        return kept.isEmpty ? path : "\(path)?\(kept.joined(separator: "&"))"
    }
}

extension NewsArticle {
    /// Whether a path is one of the article's: its own, that of its print version or correction.
    fileprivate func isShown(at path: String) -> Bool {
        path.hasPrefix(canonicalPath)
            && path.dropFirst(canonicalPath.count).first.map("/?&".contains) ?? true
    }
}

extension ExpectedOutcome {
    fileprivate var isDead: Bool {
        if case .dead = self { true } else { false }
    }
}
