import Foundation
import WirecopyMessages
import WirecopyStorage
import WirecopyStories

// The API: the same reports as `--json` of the commands.
extension WebSite {
    /// Answers an address of the API.
    func answer(_ route: APIRoute, _ request: WebRequest) async throws(WebFailure) -> WebAnswer {
        switch route {
        case .openAPI: json(bytes: try nothing(request, assets.openAPI.bytes))
        case .events: try nothing(request, try events())
        case .status: try json(try await nothing(request, queue).status())
        case .ledger: try json(try await nothing(request, queue).ledger())
        case .articles: try json(try await apiArticles(request))
        case .article(let id): try json(try nothing(request, try await article(id)))
        case .search: try json(try await apiSearch(request))
        case .export: try await export(request)
        case .exportArticle(let id): try await export(article: id, request)
        case .exportStory(let number): try await export(story: number, request)
        case .cites: try json(try await apiCites(request))
        case .storyEdits: try json(try await apiStoryEdits(request))
        case .names: try json(try await apiNames(request))
        case .name(let id): try json(try nothing(request, try await name(id)))
        case .quotes: try json(try await apiQuotes(request))
        case .sources: try json(try await apiSources(request))
        case .deadLetters: try json(try await apiDeadLetters(request))
        case .deadLetter(let position): try json(try nothing(request, try await letter(position)))
        case .retry: try json(try await apiRetry(request))
        case .replay: try json(try await apiReplay(request))
        case .trace: try json(try await apiTrace(request))
        case .stories: try json(try await apiStories(request))
        case .story(let number): try json(try nothing(request, try await story(number)))
        case .brief(let number): try json(try nothing(request, try await apiBrief(number)))
        }
    }

    /// A failure as a problem document (RFC 9457).
    func apiFailure(_ failure: WebFailure) -> WebAnswer {
        let problem = APIProblem(
            detail: failure.message,
            status: failure.code.rawValue,
            title: failure.title
        )
        let bytes = (try? APIJSON.bytes(problem)) ?? []
        return WebAnswer(failure.code.rawValue, "application/problem+json", bytes)
    }

    private func json(bytes: [UInt8]) -> WebAnswer { WebAnswer(200, "application/json", bytes) }

    private func json(_ report: some Report) throws(WebFailure) -> WebAnswer {
        json(bytes: try APIJSON.bytes(report))
    }

    private func query(
        _ request: WebRequest,
        _ names: Set<String>
    ) throws(WebFailure) -> Parameters {
        try Parameters(request.query, names: names, isStrict: true)
    }

    /// Refuses parameters where there are none.
    private func nothing<Value>(
        _ request: WebRequest,
        _ value: Value
    ) throws(WebFailure) -> Value {
        _ = try query(request, [])
        return value
    }

    private func limit(_ values: Parameters) throws(WebFailure) -> Int {
        try values.integer("limit", in: 1...WebLimits.entriesMax) ?? WebLimits.pageMax
    }

    private func apiArticles(_ request: WebRequest) async throws(WebFailure) -> ArticleListReport {
        let values = try query(request, ["host", "after", "limit"])
        let (host, limit) = (try values.text("host"), try limit(values))
        let after = try values.cursor("after")
        return try await store.read { (store) throws(StorageFailure) in
            try await store.newest(host: host, after: after, limit: limit)
        }
    }

    private func apiSearch(_ request: WebRequest) async throws(WebFailure) -> SearchReport {
        let values = try query(request, ["q", "host", "since", "limit"])
        guard let words = try values.text("q") else {
            throw WebFailure(.badRequest, "Give the words to look for as q.")
        }
        let search = SearchQuery(
            text: words,
            host: try values.text("host"),
            since: try values.day("since"),
            limit: try limit(values)
        )
        return try await store.read { (store) throws(StorageFailure) in
            do throws(StorageFailure) {
                return try await store.search(search)
            } catch {
                // Signs alone are no word: nothing has them.
                guard error.code == .queryEmpty else { throw error }
                return .nothing
            }
        }
    }

    private func apiNames(_ request: WebRequest) async throws(WebFailure) -> APINames {
        let values = try query(request, ["name"])
        guard let words = try values.text("name") else {
            throw WebFailure(.badRequest, "Give words of a name as name.")
        }
        return APINames(
            names: try await store.read { (store) throws(StorageFailure) in
                do throws(StorageFailure) {
                    return try await store.entities(named: words)
                } catch {
                    guard error.code == .queryEmpty else { throw error }
                    return []
                }
            }
        )
    }

    private func apiQuotes(_ request: WebRequest) async throws(WebFailure) -> QuotationReport {
        let values = try query(request, ["by", "about", "since", "limit"])
        let question = QuotationQuery(
            by: try values.text("by"),
            about: try values.text("about"),
            since: try values.day("since"),
            limit: try limit(values)
        )
        return try await store.read { (store) throws(StorageFailure) in
            do throws(StorageFailure) {
                return try await store.quotations(question)
            } catch {
                guard error.code == .queryEmpty else { throw error }
                return .nothing
            }
        }
    }

    private func apiCites(_ request: WebRequest) async throws(WebFailure) -> CitationReport {
        guard let name = try query(request, ["name"]).text("name") else {
            throw WebFailure(.badRequest, "Give the host or name of an outlet as name.")
        }
        return try await citations(of: name)
    }

    private func apiStories(_ request: WebRequest) async throws(WebFailure) -> StoryListReport {
        let values = try query(request, ["since", "articles_min", "offset", "limit"])
        let (since, limit) = (try values.day("since"), try limit(values))
        let articlesMin = try values.integer("articles_min", in: 1...1000) ?? 1
        let offset = try values.integer("offset", in: 0...Self.offsetMax) ?? 0
        return try await store.read { (store) throws(StorageFailure) in
            try await store.stories(
                since: since,
                articlesMin: articlesMin,
                limit: limit,
                offset: offset
            )
        }
    }

    private func apiBrief(_ number: Int) async throws(WebFailure) -> Brief {
        try await brief(try await story(number).summary.id)
    }

    private func apiSources(_ request: WebRequest) async throws(WebFailure) -> APISources {
        let values = try query(request, ["after"])
        let (report, next) = try await sources(after: try values.integer("after", in: 0...Int.max))
        return APISources(health: report.health, next: next, sources: report.sources)
    }

    private func apiDeadLetters(
        _ request: WebRequest
    ) async throws(WebFailure) -> DeadLetterReport {
        let values = try query(request, ["code", "host", "stage", "limit"])
        var asked = DeadLetterRequest(limit: try limit(values))
        asked.code = try values.text("code", max: Self.codeMax)
        asked.host = try values.text("host")
        asked.stage = try values.stage("stage")
        return try await queue.deadLetters(asked)
    }

    private func apiTrace(_ request: WebRequest) async throws(WebFailure) -> TraceReport {
        let values = try query(request, ["url"])
        guard let url = try values.text("url", max: WebLimits.addressMax) else {
            throw WebFailure(.badRequest, "Give the address of a page as url.")
        }
        return try await queue.trace(TraceRequest(url: url))
    }

    // MARK: - Changes

    private func apiRetry(_ request: WebRequest) async throws(WebFailure) -> ReplayReport {
        let order: APIRetry = try body(request)
        let isNamed = Self.isWord(order.code, max: Self.codeMax) && Self.isWord(order.host)
        guard isNamed, order.letters?.isEmpty != true,
            order.letters?.allSatisfy({ $0 >= 0 }) ?? true
        else { throw WebFailure(.unprocessable, "A letter, a reason or a host cannot be used.") }
        var asked = ReplayRequest()
        asked.errorCode = order.code
        asked.host = order.host
        asked.stage = try stage(order.stage)
        asked.positions = order.letters ?? []
        guard asked.positions.count <= WebLimits.entriesMax else {
            throw WebFailure(
                .unprocessable,
                "At most \(WebLimits.entriesMax) letters are named at a time."
            )
        }
        return try await retry(asked)
    }

    private func apiReplay(_ request: WebRequest) async throws(WebFailure) -> ReplayReport {
        let order: APIReplay = try body(request)
        guard Self.isWord(order.host), order.after ?? 0 >= 0,
            order.outcome.map({ OutcomeKind(rawValue: $0) != nil }) ?? true
        else { throw WebFailure(.unprocessable, "A host, a place or an outcome is none.") }
        var asked = ReplayRequest()
        asked.stage = try stage(order.stage)
        asked.host = order.host
        asked.outcome = order.outcome
        asked.sinceMs = order.sinceMs
        asked.untilMs = order.untilMs
        asked.after = order.after
        return order.dryRun == true ? try await count(asked) : try await replay(asked)
    }

    private static let codeMax = 80

    /// Whether a part of an order is left out or says something.
    private static func isWord(_ text: String?, max: Int = WebLimits.textMax) -> Bool {
        text.map { 1...max ~= $0.unicodeScalars.count } ?? true
    }

    private func stage(_ name: String?) throws(WebFailure) -> StageName? {
        guard let name else { return nil }
        guard let stage = StageName(rawValue: name) else {
            throw WebFailure(.unprocessable, "A stage is fetch, parse, extract or store.")
        }
        return stage
    }

    private func apiStoryEdits(_ request: WebRequest) async throws(WebFailure) -> StoryEditReport {
        guard request.method == "POST" else {
            _ = try query(request, [])
            return try await storyEdits()
        }
        let asked: APIStoryOrder = try body(request)
        guard let order = asked.order else {
            throw WebFailure(
                .unprocessable,
                "A merge has story and other, a split story and articles, a move articles and "
                    + "other, an undo edit, and nothing else."
            )
        }
        return StoryEditReport(edits: try await edit(order))
    }

    private func body<Order: APIOrder>(_ request: WebRequest) throws(WebFailure) -> Order {
        _ = try query(request, [])
        let type = request.contentType?.prefix { $0 != ";" }.lowercased() ?? ""
        guard type == "application/json" else {
            throw WebFailure(.unsupportedMediaType, "The body is sent as application/json.")
        }
        let object = try? JSONSerialization.jsonObject(with: Data(request.body))
        guard let values = object as? [String: Any],
            values.keys.allSatisfy(Order.keys.contains),
            !values.values.contains(where: { $0 is NSNull }),
            let order = try? Order(reportJSON: request.body)
        else {
            let keys = Order.keys.sorted().joined(separator: ", ")
            throw WebFailure(
                .badRequest,
                "The body is a JSON object of \(keys), as openapi.json describes it."
            )
        }
        return order
    }
}
