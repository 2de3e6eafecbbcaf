import WirecopyMessages
import WirecopyStorage

/// Names by their words.
struct NamesPage {
    /// Words of the name; `nil` before anything was asked.
    let words: String?
    let found: Result<[EntityReport.Summary], WebFailure>

    /// The page.
    var document: Document {
        Document(title: "Names", part: .names, main: main)
    }

    private var main: HTML {
        """
        <h1>Names</h1>
        <form class="ask" action="/names" method="get">
        <p><label for="name">Words of the name</label>
        <input id="name" name="name" type="search" maxlength="\(WebLimits.textMax)" \
        value="\(words ?? "")"></p>
        <p><button>Show</button></p>
        </form>
        \(list)
        """
    }

    private var list: HTML {
        switch found {
        case .failure(let failure): return Parts.nothing("\(failure.message)")
        case .success(let names):
            guard words != nil else {
                return Parts.nothing("Persons, organisations and places of all articles.")
            }
            guard !names.isEmpty else { return Parts.nothing("No name has all of these words.") }
            return NameList(
                names.map { .init(id: $0.id, name: $0.name, type: $0.type, articles: $0.articles) }
            ).html
        }
    }
}

/// Names with the number of articles that have them.
struct NameList {
    /// One name.
    struct Entry {
        let id: Int
        let name: String
        let type: String
        let articles: Int
    }

    private let entries: [Entry]

    /// Prepares names.
    init(_ entries: [Entry]) { self.entries = entries }

    /// The list.
    var html: HTML {
        let rows = entries.map { entry -> HTML in
            """
            <li><a class="m \(entry.type)" href="/names/\(entry.id)">\
            \(Parts.name(entry.name, max: 80))</a> <small>\(Self.label(entry.type)), \
            \(Figure.count(entry.articles, "article"))</small></li>
            """
        }
        return "<ul class=\"names\">\(rows.joined(separator: "\n"))</ul>"
    }

    /// What an entity is, for people.
    static func label(_ type: String) -> String { EntityType(rawValue: type)?.label ?? type }
}

/// A person, organisation, place, ...: what it said, what it is called, with whom and where it is
/// named.
struct NamePage {
    let entity: EntityReport
    /// Articles that name it.
    let articles: ArticleListReport
    /// Whether this is the first page of its articles.
    let isFirst: Bool

    /// The page.
    var document: Document {
        Document(title: entity.name, part: .names, main: main)
    }

    private var main: HTML {
        let parts =
            Parts.section("said", "Statements", statements)
            + Parts.section("called", "Called", names)
            + Parts.section("with", "Named together with", company)
        return """
            <header>
            <p class="eyebrow">\(NameList.label(entity.type))</p>
            <h1 dir="auto">\(Parts.cut(entity.name))</h1>
            <p class="byline">\(facts)\(cites)</p>
            </header>
            \(isFirst ? parts : .empty)
            \(Parts.section("in", "Articles", list))
            """
    }

    /// Who cites it, when it is somebody that is cited.
    private var cites: HTML {
        let link = CitesPage.link(entity.name, "who cites it")
        return entity.type == EntityType.organisation.rawValue && !link.isEmpty
            ? " · \(link)" : .empty
    }

    private var facts: HTML {
        let count: HTML = "Named in \(Figure.count(entity.articles, "article"))"
        guard let first = entity.firstMs, let last = entity.lastMs else { return count }
        let newest: HTML = entity.isPartial ? "; of the newest ones: " : ", "
        return "\(count)\(newest)\(Figure.moment(first)) to \(Figure.moment(last))"
    }

    private var statements: HTML {
        entity.statements.isEmpty
            ? .empty
            : StatementList(entity.statements).html
                + Parts.next("/quotes", [("by", entity.name)], "All statements")
    }

    private var names: HTML {
        let roles = entity.roles.map { role -> HTML in
            "<li>“\(Parts.name(role.role, max: 120))” "
                + "<small>\(Figure.count(role.articles, "article")), last "
                + "\(Figure.moment(role.lastMs))</small></li>"
        }
        let surfaces = entity.surfaces.filter { $0.surface != entity.name }
            .map { surface -> HTML in
                "<li>\(Parts.name(surface.surface, max: 120)) "
                    + "<small>×\(Figure.count(surface.mentions))</small></li>"
            }
        let merged = entity.merged.map { name -> HTML in
            "<li>\(Parts.name(name)) <small>merged</small></li>"
        }
        let all = surfaces + roles + merged
        return all.isEmpty ? .empty : "<ul class=\"names\">\(all.joined(separator: "\n"))</ul>"
    }

    private var company: HTML {
        entity.company.isEmpty
            ? .empty
            : NameList(
                entity.company.map {
                    .init(id: $0.id, name: $0.name, type: $0.type, articles: $0.articles)
                }
            ).html
    }

    private var list: HTML {
        guard !articles.articles.isEmpty else {
            return Parts.nothing("No current version of an article names it.")
        }
        let next = articles.next.map {
            Parts.next("/names/\(entity.id)", [("before", $0)], "Older articles")
        }
        return ArticleList(articles.articles).html + (next ?? .empty)
    }
}
