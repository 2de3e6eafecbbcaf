import WirecopyMessages
import WirecopyStorage

// Downloads of articles in the forms of `wirecopy export`.
extension WebSite {
    /// The articles of a search.
    func export(_ request: WebRequest) async throws(WebFailure) -> WebAnswer {
        let values = try Parameters(
            request.query,
            names: ["format", "q", "host", "since", "limit"],
            isStrict: true
        )
        let format = try values.format("format")
        var selection = ArticleSelection()
        selection.words = try values.text("q")
        selection.host = try values.text("host")
        selection.since = try values.day("since")
        selection.limit = try values.integer("limit", in: 1...WebLimits.exportMax)
        return try await export(format, selection)
    }

    /// One article.
    func export(article id: String, _ request: WebRequest) async throws(WebFailure) -> WebAnswer {
        let values = try Parameters(request.query, names: ["format"], isStrict: true)
        let format = try values.format("format")
        let found = try await article(id).id
        return try await export(format, [found], "article-\(found)")
    }

    /// The articles of a story.
    func export(story number: Int, _ request: WebRequest) async throws(WebFailure) -> WebAnswer {
        let values = try Parameters(request.query, names: ["format"], isStrict: true)
        let format = try values.format("format")
        let report = try await story(number)
        let ids = report.episodes.flatMap { $0.articles.map(\.id) }
        return try await export(format, ids[...], "story-\(report.summary.id)")
    }

    private func export(
        _ format: ArticleFormat,
        _ ids: ArraySlice<String>,
        _ name: String
    ) async throws(WebFailure) -> WebAnswer {
        guard format == .atom else { return try stream(format, .named(ids), name) }
        var articles: [ArticleReport] = []
        // Those of a story come in the order of time; a feed has the newest.
        for id in ids.suffix(WebLimits.feedMax).reversed() {
            articles.append(try await article(id))
        }
        return answer(format, name, .bytes(Array(ArticleFormat.feed(name, articles).utf8)))
    }

    private func export(
        _ format: ArticleFormat,
        _ selection: ArticleSelection
    ) async throws(WebFailure) -> WebAnswer {
        var wanted = selection
        let name = selection.words ?? selection.host ?? "articles"
        guard format != .atom else {
            wanted.limit = min(selection.limit ?? WebLimits.feedMax, WebLimits.feedMax)
            let newest = wanted
            let articles = try await store.read { (store) throws(StorageFailure) in
                do throws(StorageFailure) {
                    return try await store.newest(newest)
                } catch {
                    guard error.code == .queryEmpty else { throw error }
                    return []
                }
            }
            return answer(
                format,
                "articles",
                .bytes(Array(ArticleFormat.feed(name, articles).utf8))
            )
        }
        wanted.limit = selection.limit ?? WebLimits.exportMax
        let checked = wanted
        let iterator = try await store.read { (store) throws(StorageFailure) in
            do throws(StorageFailure) {
                return try store.export(checked).makeAsyncIterator() as ArticleExport.Iterator?
            } catch {
                // Signs alone are no word: nothing has them.
                guard error.code == .queryEmpty else { throw error }
                return nil
            }
        }
        return try stream(format, iterator.map { .selected($0) } ?? .named([]), "articles")
    }

    private func stream(
        _ format: ArticleFormat,
        _ articles: ExportSource.Articles,
        _ name: String
    ) throws(WebFailure) -> WebAnswer {
        guard exports.enter() else {
            throw WebFailure(
                .unavailable,
                "\(WebLimits.exportsMax) downloads run already. Try again when one has ended."
            )
        }
        return answer(
            format,
            name,
            .pieces(ExportStream(ExportSource(store, format, articles), exports))
        )
    }

    private func answer(
        _ format: ArticleFormat,
        _ name: String,
        _ body: WebAnswer.Body
    ) -> WebAnswer {
        var answer = WebAnswer(200, format.mediaType, [])
        answer.body = body
        let file = "wirecopy-\(name).\(format.fileExtension)"
        answer.headers.append(("content-disposition", "attachment; filename=\"\(file)\""))
        return answer
    }
}

extension Parameters {
    /// A format of downloads.
    fileprivate func format(_ name: String) throws(WebFailure) -> ArticleFormat {
        guard let format = try text(name).flatMap({ ArticleFormat(rawValue: $0) }) else {
            let names = ArticleFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw WebFailure(.badRequest, "Give the format: one of \(names).")
        }
        return format
    }
}

/// Links to what a page shows in each format.
struct ExportLinks {
    private let path: String
    private let query: [(String, String?)]

    /// Prepares links to an address of the API that ends with `export`.
    init(_ path: String, _ query: [(String, String?)] = []) {
        self.path = path
        self.query = query
    }

    /// The links in one line.
    var html: HTML {
        let links = ArticleFormat.allCases.map { format -> HTML in
            let link = Parts.link(path, [("format", format.rawValue)] + query)
            return "<a href=\"\(link)\" download>\(format.label)</a>"
        }
        return "Download as \(links.joined(separator: ", "))"
    }
}
