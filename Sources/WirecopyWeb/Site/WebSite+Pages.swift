import WirecopyMessages
import WirecopyStorage

extension WebSite {
    /// Answers one of the pages.
    func answer(_ route: WebRoute, _ request: WebRequest) async throws(WebFailure) -> WebAnswer {
        switch route {
        case .overview: page(await overview())
        case .articles: page(try await articles(request))
        case .article(let id): page(try await article(id, request))
        case .version(let id, let number): page(try await version(number, of: id))
        case .names: page(try await names(request))
        case .name(let id): page(try await name(id, request))
        case .quotes: page(try await quotes(request))
        case .sources: page(try await sources(request))
        case .deadLetters: page(try await deadLetters(request))
        case .deadLetter(let position): page(try await deadLetter(position, request))
        case .retry: try await retry(request)
        case .replay: page(try await replay(request))
        case .trace: page(try await trace(request))
        case .stories: page(try await stories(request))
        case .story(let number): page(try await story(number, request))
        case .storyEdits: try await storyEdits(request)
        case .cites: page(try await cites(request))
        case .signIn: try signIn(request)
        case .signOut: signOut()
        case .events: try events()
        case .asset: try asset(request)
        case .api(let route): try await answer(route, request)
        }
    }

    private func page(_ document: Document) -> WebAnswer {
        WebAnswer(page: document.html(assets))
    }

    /// The values of a query of a page: what is unknown is passed over.
    private func query(
        _ request: WebRequest,
        _ names: Set<String>
    ) throws(WebFailure) -> Parameters {
        try Parameters(request.query, names: names, isStrict: false)
    }

    // MARK: - Reading

    private func overview() async -> Document {
        let newest = await found { () throws(WebFailure) in
            try await store.read { (store) throws(StorageFailure) in
                try await store.newest(limit: Self.newestShown)
            }
        }
        return OverviewPage(look: watch.look, newest: newest, stories: await newestStories())
            .document
    }

    private static let newestShown = 12

    private func articles(_ request: WebRequest) async throws(WebFailure) -> Document {
        let values = try query(request, ["q", "host", "since", "after"])
        let since = try values.day("since")
        let question = ArticlesPage.Question(
            words: try values.text("q"),
            host: try values.text("host"),
            since: since.map { String($0.rfc3339.prefix(10)) }
        )
        let cursor = try values.cursor("after")
        do throws(WebFailure) {
            guard let words = question.words else {
                let report = try await store.read { (store) throws(StorageFailure) in
                    try await store.newest(
                        host: question.host,
                        after: cursor,
                        limit: WebLimits.pageMax
                    )
                }
                return ArticlesPage(question: question, found: .list(report)).document
            }
            let search = SearchQuery(
                text: words,
                host: question.host,
                since: since,
                limit: WebLimits.pageMax
            )
            let report = try await store.read { (store) throws(StorageFailure) in
                try await store.search(search)
            }
            return ArticlesPage(question: question, found: .hits(report)).document
        } catch {
            return ArticlesPage(question: question, found: .failure(error)).document
        }
    }

    private func article(
        _ id: String,
        _ request: WebRequest
    ) async throws(WebFailure) -> Document {
        let values = try query(request, ["part", "at"])
        let place = try values.place("at")
        let named = try values.integer("part", in: 1...10_000)
        let article = try await article(id)
        let parts = ArticleParts(article)
        let part = named ?? place.map(parts.part) ?? 1
        guard part <= parts.count else {
            throw WebFailure(.notFound, "The article has no part \(part).")
        }
        let found = await found { () throws(WebFailure) in
            try await store.read { (store) throws(StorageFailure) in
                try await store.storyPlace(of: article.id)
            }
        }
        return ArticlePage(
            article: article,
            part: part,
            place: place,
            story: try? found.get()
        ).document
    }

    /// An article by its identifier, or by its beginning.
    func article(_ id: String) async throws(WebFailure) -> ArticleReport {
        let found = try await store.read { (store) throws(StorageFailure) in
            try await store.article(id)
        }
        guard let found else {
            throw WebFailure(.notFound, "The store has no article \(id.prefix(80)).")
        }
        return found
    }

    /// A version beside the one before it; the first stands alone.
    private func version(
        _ number: Int,
        of id: String
    ) async throws(WebFailure) -> Document {
        guard number >= 1 else {
            throw WebFailure(.notFound, "Versions are counted from 1.")
        }
        let found = try await store.read { (store) throws(StorageFailure) in
            try await store.difference(id, versions: (from: max(1, number - 1), to: number))
        }
        guard let found else {
            throw WebFailure(.notFound, "The store has no article \(id.prefix(80)).")
        }
        return VersionPage(difference: found).document
    }

    private func names(_ request: WebRequest) async throws(WebFailure) -> Document {
        let words = try query(request, ["name"]).text("name")
        let found = await found { () throws(WebFailure) -> [EntityReport.Summary] in
            guard let words else { return [] }
            return try await store.read { (store) throws(StorageFailure) in
                try await store.entities(named: words)
            }
        }
        return NamesPage(words: words, found: found).document
    }

    private func name(_ id: Int, _ request: WebRequest) async throws(WebFailure) -> Document {
        let before = try query(request, ["before"]).cursor("before")
        let entity = try await name(id)
        let articles = try await store.read { (store) throws(StorageFailure) in
            try await store.articles(naming: entity.id, before: before, limit: Self.ofNameShown)
        }
        return NamePage(entity: entity, articles: articles, isFirst: before == nil).document
    }

    /// A name by its identifier; one that the user has merged leads to the whole.
    func name(_ id: Int) async throws(WebFailure) -> EntityReport {
        let found = try await store.read { (store) throws(StorageFailure) in
            try await store.entity("#\(id)", over: Self.namingsRead)
        }
        guard let found else { throw WebFailure(.notFound, "The store has no name \(id).") }
        return found
    }

    private static let ofNameShown = 30
    /// Newest articles over which a page counts what a name is called and with whom: more take
    /// longer than a reader waits.
    private static let namingsRead = 60

    private func quotes(_ request: WebRequest) async throws(WebFailure) -> Document {
        let values = try query(request, ["by", "about", "since"])
        let since = try values.day("since")
        var asked = QuotationQuery(
            by: try values.text("by"),
            about: try values.text("about"),
            since: since,
            limit: WebLimits.pageMax
        )
        asked.isOnce = true
        let question = asked
        let found = await found { () throws(WebFailure) in
            try await store.read { (store) throws(StorageFailure) in
                try await store.quotations(question)
            }
        }
        return QuotesPage(
            speaker: question.speaker,
            about: question.about,
            since: since.map { String($0.rfc3339.prefix(10)) },
            found: found
        ).document
    }

    // MARK: - The rest

    private func signIn(_ request: WebRequest) throws(WebFailure) -> WebAnswer {
        let isSignedIn = policy.proof(request) != .none
        guard request.method == "POST" else {
            return page(SignInPage(isSignedIn: isSignedIn).document)
        }
        let token = try form(request, ["token"]).text("token") ?? ""
        guard policy.isToken(token) else {
            let problem = "That is not the token."
            var answer = page(SignInPage(problem: problem, isSignedIn: false).document)
            answer.status = WebFailure.Code.forbidden.rawValue
            return answer
        }
        var answer = WebAnswer(seeOther: "/")
        answer.headers.append(("set-cookie", policy.cookieHeader))
        return answer
    }

    private func signOut() -> WebAnswer {
        var answer = WebAnswer(seeOther: "/sign-in")
        answer.headers.append(
            (
                "set-cookie",
                "\(AccessPolicy.cookieName)=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"
            )
        )
        return answer
    }

    /// A stream of events, as long as there is room for another reader.
    func events() throws(WebFailure) -> WebAnswer {
        guard let reader = watch.board.subscribe() else {
            throw WebFailure(
                .unavailable,
                "As many readers follow already as there may be; the page shows the state of now."
            )
        }
        var answer = WebAnswer(200, "text/event-stream; charset=utf-8", [])
        answer.body = .events(reader)
        return answer
    }

    private func asset(_ request: WebRequest) throws(WebFailure) -> WebAnswer {
        guard let asset = assets.asset(at: request.path) else {
            throw WebFailure(.notFound, "There is no file at this address.")
        }
        var answer = WebAnswer(200, asset.contentType, asset.bytes)
        answer.headers.append(("cache-control", "public, max-age=31536000, immutable"))
        return answer
    }

    /// The values of a form that was posted.
    func form(
        _ request: WebRequest,
        _ names: Set<String>,
        lists: Set<String> = []
    ) throws(WebFailure) -> Parameters {
        let type = request.contentType?.prefix { $0 != ";" }.lowercased() ?? ""
        guard type == "application/x-www-form-urlencoded" else {
            throw WebFailure(
                .unsupportedMediaType,
                "A form is sent as application/x-www-form-urlencoded."
            )
        }
        guard let text = String(validating: request.body, as: UTF8.self) else {
            throw WebFailure(.badRequest, "The form is not UTF-8.")
        }
        return try Parameters(text, names: names, lists: lists, isStrict: true)
    }

    /// What was found, or why not, as a value: a page shows either.
    func found<Value>(
        _ body: () async throws(WebFailure) -> Value
    ) async -> Result<Value, WebFailure> {
        do {
            return .success(try await body())
        } catch {
            return .failure(error)
        }
    }
}
