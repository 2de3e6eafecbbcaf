import WirecopyMessages
import WirecopyStorage

/// Statements with their speakers and places.
struct StatementList {
    private static let textMax = 600

    private let statements: [QuotationReport.Statement]

    /// Prepares statements.
    init(_ statements: [QuotationReport.Statement]) { self.statements = statements }

    /// The list.
    var html: HTML {
        let entries = statements.map { statement -> HTML in
            let speaker = statement.speakerEntity ?? statement.speaker ?? "Nobody in particular"
            let cue = statement.cue.map { " <small>\(Parts.cut($0, 60))</small>" as HTML }
            let place = "\(statement.article)?at=\(statement.start)-\(statement.end)#here"
            return """
                <li><blockquote dir="auto">\(Parts.cut(statement.text, Self.textMax))</blockquote>
                <p><strong>\(Parts.name(speaker, max: 80))</strong>\(cue ?? .empty)\
                \(Self.carriers(statement))</p>
                <p class="origin"><a href="/articles/\(place)" dir="auto">\
                \(ArticleList.title(statement.title))</a> · \
                \(ArticleList.origin(nil, statement.host, statement.published))</p></li>
                """
        }
        return "<ul class=\"quotes\">\n\(entries.joined(separator: "\n"))\n</ul>"
    }
}

extension StatementList {
    /// How many articles tell a statement, where it is told once for all of them.
    fileprivate static func carriers(_ statement: QuotationReport.Statement) -> HTML {
        guard let articles = statement.articles, articles > 1 else { return .empty }
        let origins = statement.origins.map { ", \($0) of them no copies" } ?? ""
        return " <small>in \(Figure.count(articles, "article"))\(origins)</small>"
    }
}

/// Who said what, over all articles.
struct QuotesPage {
    /// Words of the speaker's name.
    let speaker: String?
    /// Words of the statement's sentence.
    let about: String?
    /// Only since this day, as it was given.
    let since: String?
    let found: Result<QuotationReport, WebFailure>

    /// The page.
    var document: Document {
        Document(title: "Quotes", part: .quotes, main: main)
    }

    private var main: HTML {
        """
        <h1>Quotes</h1>
        <form class="ask" action="/quotes" method="get">
        <p><label for="by">Said by</label>
        <input id="by" name="by" maxlength="\(WebLimits.textMax)" value="\(speaker ?? "")"></p>
        <p><label for="about">About</label>
        <input id="about" name="about" maxlength="\(WebLimits.textMax)" value="\(about ?? "")"></p>
        <p><label for="since">Since</label>
        <input id="since" name="since" type="date" value="\(since ?? "")"></p>
        <p><button>Show</button></p>
        </form>
        \(list)
        """
    }

    private var list: HTML {
        switch found {
        case .failure(let failure): return Parts.nothing("\(failure.message)")
        case .success(let report):
            guard !report.quotations.isEmpty else {
                return Parts.nothing("Nobody said this in any article.")
            }
            let more: HTML =
                report.hasMore
                ? "<p class=\"more\">There are more; a speaker, words or a day find less.</p>"
                : .empty
            return StatementList(report.quotations).html + more
        }
    }
}
