import WirecopyMessages
import WirecopyStorage

/// Who cites an outlet or a source, and whom it cites itself.
struct CitesPage {
    /// The outlet or source; `nil` before anything was asked.
    let name: String?
    let found: Result<CitationReport?, WebFailure>

    /// A link to the page of an outlet or source; nothing for a name that is too long for one.
    static func link(_ name: String, _ label: HTML) -> HTML {
        guard !name.isEmpty, name.unicodeScalars.count <= WebLimits.textMax,
            !name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
        else { return .empty }
        return "<a href=\"\(Parts.link("/cites", [("name", name)]))\">\(label)</a>"
    }

    /// The page.
    var document: Document {
        Document(
            title: name.map { "Who cites \($0)" } ?? "Who cites whom",
            part: .sources,
            main: main
        )
    }

    private var main: HTML {
        """
        <h1>Who cites whom</h1>
        <form class="ask" action="/cites" method="get">
        <p><label for="name">Host or name of an outlet, or of a source</label>
        <input id="name" name="name" type="search" maxlength="\(WebLimits.textMax)" \
        value="\(name ?? "")"></p>
        <p><button>Show</button></p>
        </form>
        \(answer)
        """
    }

    private var answer: HTML {
        switch found {
        case .failure(let failure): return Parts.nothing("\(failure.message)")
        case .success(nil):
            return Parts.nothing(
                "Origins are articles that are no copies of another: forty copies of an agency's "
                    + "report are one."
            )
        case .success(.some(let report)):
            guard !report.hosts.isEmpty || !report.names.isEmpty else {
                return Parts.nothing("No outlet has this name, and nobody cites one.")
            }
            return called(report)
                + Parts.section("cited-by", "Cited by", citedBy(report))
                + Parts.section("newest", "Newest articles that cite it", newest(report))
                + Parts.section("cites", "Cites", cites(report))
        }
    }

    private func called(_ report: CitationReport) -> HTML {
        let names = report.names.prefix(Self.namesShown).map { Parts.name($0, max: 120) }
        let hosts = report.hosts.prefix(Self.namesShown).map { host -> HTML in
            "<a href=\"\(Parts.link("/articles", [("host", host)]))\">\(host)</a>"
        }
        return Parts.facts(
            [("Cited as", names.joined(separator: ", ")), ("Hosts", hosts.joined(separator: ", "))]
                .filter { !$0.1.isEmpty }
        )
    }

    private static let namesShown = 12

    private func citedBy(_ report: CitationReport) -> HTML {
        let outlets = report.citedBy.sorted { ($1.lastMs, $0.host) < ($0.lastMs, $1.host) }
        guard !outlets.isEmpty else { return .empty }
        return Parts.table(
            "Outlets that cite it, those that did last first",
            [
                .init("Outlet"), .init("Articles", isNumber: true),
                .init("Origins", isNumber: true), .init("First"), .init("Last"),
            ],
            outlets.map { outlet in
                """
                <tr><th scope="row">\(Self.link(outlet.host, Parts.name(outlet.host, max: 80)))\
                \(Self.aside(outlet.siteName))</th>\
                <td class="number">\(Figure.count(outlet.articles))</td>\
                <td class="number">\(Figure.count(outlet.origins))</td>\
                <td>\(Figure.moment(outlet.firstMs))</td>\
                <td>\(Figure.moment(outlet.lastMs))</td></tr>
                """
            }
        )
    }

    private func newest(_ report: CitationReport) -> HTML {
        let rows = report.newest.map { article -> HTML in
            """
            <li>\(ArticleList.headline(article.id, article.title, true))
            <p class="origin">\
            \(ArticleList.origin(article.siteName, article.host, article.published))</p></li>
            """
        }
        return rows.isEmpty
            ? .empty : "<ul class=\"articles\">\n\(rows.joined(separator: "\n"))\n</ul>"
    }

    private func cites(_ report: CitationReport) -> HTML {
        let sources = report.cites.sorted { ($1.lastMs, $0.name) < ($0.lastMs, $1.name) }
        guard !sources.isEmpty else { return .empty }
        return Parts.table(
            "Sources that it cites, those that it did last first",
            [
                .init("Source"), .init("Articles", isNumber: true),
                .init("Origins", isNumber: true), .init("First"), .init("Last"),
                .init("Which rests on"),
            ],
            sources.map { source in
                let label = Parts.name(source.name, max: 120)
                let link = Self.link(source.name, label)
                return """
                    <tr><th scope="row">\(link.isEmpty ? label : link)</th>\
                    <td class="number">\(Figure.count(source.articles))</td>\
                    <td class="number">\(Figure.count(source.origins))</td>\
                    <td>\(Figure.moment(source.firstMs))</td>\
                    <td>\(Figure.moment(source.lastMs))</td>\
                    <td>\(source.citing.map { Parts.name($0, max: 120) } ?? .empty)</td></tr>
                    """
            }
        )
    }

    private static func aside(_ text: String?) -> HTML {
        text.map { " <small>\(Parts.name($0, max: 80))</small>" } ?? .empty
    }
}
