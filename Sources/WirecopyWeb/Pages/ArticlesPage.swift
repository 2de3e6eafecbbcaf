import WirecopyMessages
import WirecopyStorage

/// All articles, newest first, or those that a search finds.
struct ArticlesPage {
    /// What was asked for.
    struct Question: Sendable {
        /// Words to look for; `nil` for all articles.
        var words: String?
        /// Only of this host.
        var host: String?
        /// Only since this day, as it was given.
        var since: String?
    }

    /// What the store has of it.
    enum Found {
        case list(ArticleListReport)
        case hits(SearchReport)
        case failure(WebFailure)
    }

    let question: Question
    let found: Found

    /// The page.
    var document: Document {
        let title = question.words.map { "Search: \($0)" } ?? "Articles"
        return Document(title: title, part: .articles, main: main)
    }

    private var main: HTML {
        """
        <h1>Articles</h1>
        \(form)
        \(list)
        """
    }

    private var form: HTML {
        """
        <form class="ask" action="/articles" method="get">
        <p><label for="q">Words</label>
        <input id="q" name="q" type="search" maxlength="\(WebLimits.textMax)" \
        value="\(question.words ?? "")"></p>
        <p><label for="host">Host</label>
        <input id="host" name="host" maxlength="253" value="\(question.host ?? "")"></p>
        <p><label for="since">Since</label>
        <input id="since" name="since" type="date" value="\(question.since ?? "")"></p>
        <p><button>Show</button></p>
        </form>
        <p class="hint">All words must occur; <code>"two words"</code> together, \
        <code>begin*</code>, <code>-without</code>.</p>
        <p class="hint">\(downloads)</p>
        """
    }

    private var downloads: HTML {
        ExportLinks(
            "/api/v1/export",
            [("q", question.words), ("host", question.host), ("since", question.since)]
        ).html
    }

    private var list: HTML {
        switch found {
        case .failure(let failure): return Parts.nothing("\(failure.message)")
        case .list(let report):
            guard !report.articles.isEmpty else { return Parts.nothing("No articles here.") }
            let next = report.next.map {
                Parts.next(
                    "/articles",
                    [("host", question.host), ("after", $0)],
                    "Older articles"
                )
            }
            return ArticleList(report.articles, isBelowHeading: false).html + (next ?? .empty)
        case .hits(let report): return hits(report)
        }
    }

    private func hits(_ report: SearchReport) -> HTML {
        guard !report.hits.isEmpty else {
            return Parts.nothing("No article has these words. Try fewer, or the beginning of one.")
        }
        let entries = report.hits.map { hit -> HTML in
            """
            <li>\(ArticleList.headline(hit.id, hit.title, false))
            <p class="snippet" dir="auto">\(Self.marked(hit.snippet))</p>
            <p class="origin">\(ArticleList.origin(hit.siteName, hit.host, hit.published))</p></li>
            """
        }
        let count = report.hits.count
        let part = report.isPartial ? " of the newest matches" : ""
        let more: HTML =
            report.hasMore
            ? "<p class=\"more\">These are the best \(count)\(part); more words find less.</p>"
            : .empty
        return """
            <p class="count" role="status">\(Figure.count(count, "article"))\
            \(report.hasMore ? " and more" : "")</p>
            <ul class="articles">
            \(entries.joined(separator: "\n"))
            </ul>
            \(more)
            """
    }

    /// A snippet with its matches marked.
    static func marked(_ snippet: String) -> HTML {
        var html = HTML.empty
        var isMarked = false
        var words = ""
        func close() {
            guard !words.isEmpty else { return }
            html += isMarked ? "<mark>\(words)</mark>" : "\(words)"
            words = ""
        }
        for character in snippet {
            switch String(character) {
            case SearchReport.markStart where !isMarked:
                close()
                isMarked = true
            case SearchReport.markEnd where isMarked:
                close()
                isMarked = false
            default: words.append(character)
            }
        }
        close()
        return html
    }
}
