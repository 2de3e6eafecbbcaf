import WirecopyMessages
import WirecopyStorage

/// A person, organisation, place, ... as a person reads of it on a terminal.
struct EntityScreen {
    private let entity: EntityReport
    private let text: ScreenText

    /// Prepares an entity for lines of a terminal.
    init(_ entity: EntityReport, _ text: ScreenText) {
        self.entity = entity
        self.text = text
    }

    /// The lines; what comes from pages is made safe for a terminal.
    var lines: [String] {
        head + part("Roles", roles) + part("Called", surfaces) + part("Statements", statements)
            + part("Named together with", company) + part("Articles", articles)
            + part("Others of that name", others)
    }

    private var head: [String] {
        let span = [entity.firstMs, entity.lastMs].compactMap(\.self)
            .map { Day.text(milliseconds: $0) }
        let sample =
            entity.isPartial ? ", counted over the last \(EntityReport.articlesReadMax)" : ""
        let facts = "\(entity.type)  \(Quantity.count(entity.articles, "article"))\(sample)"
        let merged = entity.merged.isEmpty ? [] : ["also " + entity.merged.joined(separator: ", ")]
        let name = text.styled(Terminal.safe(entity.name), .bold)
        return ["\(name)  #\(entity.id)", facts + (span.isEmpty ? "" : "  " + Self.span(span))]
            + merged.map(Terminal.safe)
    }

    private static func span(_ days: [String]) -> String {
        days.first == days.last ? days[0] : days.joined(separator: " to ")
    }

    private var roles: [String] {
        entity.roles.map { role in
            let span = Self.span([role.firstMs, role.lastMs].map { Day.text(milliseconds: $0) })
            return "\(role.role)  \(span)  ×\(role.articles)"
        }
    }

    private var surfaces: [String] {
        let names = entity.surfaces.map { "\($0.surface) ×\($0.mentions)" }
        return names.isEmpty ? [] : [names.joined(separator: ", ")]
    }

    private var statements: [String] {
        entity.statements.map { statement in
            let date = statement.published?.prefix(10) ?? "no date"
            return "\(date)  \(statement.host)  \(statement.text)"
        }
    }

    private var company: [String] {
        let names = entity.company.map { "\($0.name) ×\($0.articles)" }
        return names.isEmpty ? [] : [names.joined(separator: ", ")]
    }

    private var articles: [String] {
        entity.newest.map { article in
            let date = article.published?.prefix(10) ?? "no date"
            return "\(article.id)  \(date)  \(article.host)  \(article.title ?? article.url)"
        }
    }

    private var others: [String] {
        entity.others.map { other in
            let count = Quantity.count(other.articles, "article")
            return "\(other.name)  \(other.type)  \(count)  #\(other.id)"
        }
    }

    private func part(_ title: String, _ entries: [String]) -> [String] {
        guard !entries.isEmpty else { return [] }
        return ["", text.heading(title)]
            + entries.flatMap { entry in
                text.wrapped(Terminal.safe(entry), indent: 2).enumerated().map { line in
                    "  " + line.element
                }
            }
    }
}
