import WirecopyMessages
import WirecopyStorage

/// Names by their beginning.
struct NamesPage {
    /// What the name begins with; `nil` before anything was asked.
    let beginning: String?
    let found: Result<[NameReport.Company], WebFailure>

    /// The page.
    var document: Document {
        Document(title: "Names", part: .names, main: main)
    }

    private var main: HTML {
        """
        <h1>Names</h1>
        <form class="ask" action="/names" method="get">
        <p><label for="begins">Name begins with</label>
        <input id="begins" name="begins" type="search" maxlength="\(WebLimits.textMax)" \
        value="\(beginning ?? "")"></p>
        <p><button>Show</button></p>
        </form>
        \(list)
        """
    }

    private var list: HTML {
        switch found {
        case .failure(let failure): return Parts.nothing("\(failure.message)")
        case .success(let names):
            guard beginning != nil else {
                return Parts.nothing(
                    "Persons, organisations and places of all articles; capitals count."
                )
            }
            guard !names.isEmpty else { return Parts.nothing("No name begins like this.") }
            return "<ul class=\"names\">\(NameList(names).entries)</ul>"
        }
    }
}

/// Names with the number of articles that have them.
struct NameList {
    private let names: [NameReport.Company]

    /// Prepares names.
    init(_ names: [NameReport.Company]) { self.names = names }

    /// The entries of a list.
    var entries: HTML {
        names.map { name -> HTML in
            let type = EntityType(rawValue: name.type)?.label ?? name.type
            let isMany = name.articles >= NameReport.countMax
            return """
                <li><a class="m \(name.type)" href="/names/\(name.id)">\
                \(Parts.name(name.name, max: 80))</a> <small>\(type), \
                \(Figure.count(name.articles, "article"))\(isMany ? " or more" : "")</small></li>
                """
        }.joined(separator: "\n")
    }
}

/// A person, organisation, place, ...: where it is named, what it said, with whom it is named.
struct NamePage {
    let entity: NameReport
    /// What it said, or somebody of the same name.
    let said: [QuotationReport.Statement]
    /// Whether this is the first page of its articles.
    let isFirst: Bool

    /// The page.
    var document: Document {
        Document(title: entity.name, part: .names, main: main)
    }

    private var main: HTML {
        let type = EntityType(rawValue: entity.type)?.label ?? entity.type
        return """
            <header>
            <p class="eyebrow">\(type)</p>
            <h1 dir="auto">\(Parts.cut(entity.name))</h1>
            </header>
            \(isFirst ? Parts.section("said", "Statements", statements) : .empty)
            \(isFirst ? Parts.section("with", "Named together with", company) : .empty)
            \(Parts.section("in", "Articles", articles))
            """
    }

    private var statements: HTML {
        said.isEmpty
            ? .empty
            : StatementList(said).html
                + Parts.next("/quotes", [("by", entity.name)], "All statements")
    }

    private var company: HTML {
        entity.company.isEmpty
            ? .empty : "<ul class=\"names\">\(NameList(entity.company).entries)</ul>"
    }

    private var articles: HTML {
        guard !entity.articles.articles.isEmpty else {
            return Parts.nothing("No current version of an article names it.")
        }
        let next = entity.articles.next.map {
            Parts.next("/names/\(entity.id)", [("before", $0)], "Older articles")
        }
        return ArticleList(entity.articles.articles).html + (next ?? .empty)
    }
}
