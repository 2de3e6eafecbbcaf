import WirecopyMessages
import WirecopyStorage

/// Beside an article: whom and what it names, who says what, on what it rests.
struct ArticleAside {
    private static let namesMax = 40
    private static let statementsMax = 30
    private static let citationsMax = 20
    private static let statementLengthMax = 240

    private let article: ArticleReport
    private let story: StoryPlaceReport?

    /// Prepares an article and its place in a story.
    init(_ article: ArticleReport, story: StoryPlaceReport?) {
        self.article = article
        self.story = story
    }

    /// The sections, without those that would be empty.
    var html: HTML {
        Parts.section("story", "Part of a story", place)
            + Parts.section("said", "Who says what", statements)
            + Parts.section("names", "Who and what", names)
            + Parts.section("rests", "Rests on", citations)
    }

    /// In which story the article is, and why.
    private var place: HTML {
        guard let story else { return .empty }
        let closest: HTML =
            story.closest.map { id -> HTML in
                let shared = story.shared.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                    .prefix(3).map(\.key).joined(separator: ", ")
                return """
                    <p class="hint">Put beside <a href="/articles/\(id)" dir="auto">\
                    \(ArticleList.title(story.closestTitle))</a>\
                    \(shared.isEmpty ? "" : ", for its \(shared)")</p>
                    """
            } ?? .empty
        let decided: HTML =
            story.decided.map { edit -> HTML in
                """
                <p class="hint">Put there by hand (<a href="/stories/edits">edit \(edit.id)</a>)</p>
                """
            } ?? .empty
        return "<p><a href=\"/stories/\(story.story)\">Story \(story.story)</a></p>"
            + decided + closest
    }

    private var names: HTML {
        let byType = Dictionary(grouping: article.entities.prefix(Self.namesMax), by: \.type)
        return EntityType.allCases.compactMap { type -> HTML? in
            guard let entities = byType[type.rawValue] else { return nil }
            let links = entities.map { entity -> HTML in
                let times = entity.mentions > 1 ? " ×\(entity.mentions)" : ""
                return """
                    <li><a class="m \(entity.type)" href="/names/\(entity.id)">\
                    \(Parts.name(entity.name, max: 80))</a><small>\(times)</small></li>
                    """
            }
            return "<h3>\(type.label)</h3><ul class=\"names\">\(links.joined(separator: "\n"))</ul>"
        }.joined(separator: "\n")
    }

    private var statements: HTML {
        let said = article.quotations.enumerated().filter { $0.element.kind != "not_speech" }
        var order: [String] = []
        var bySpeaker: [String: [(Int, ArticleReport.Quotation)]] = [:]
        for (index, quotation) in said.prefix(Self.statementsMax) {
            let key = quotation.speaker ?? ""
            if bySpeaker[key] == nil { order.append(key) }
            bySpeaker[key, default: []].append((index, quotation))
        }
        return order.map { key -> HTML in
            let quotations = bySpeaker[key] ?? []
            let rows = quotations.map { index, quotation -> HTML in
                let kind = QuotationKind(rawValue: quotation.kind)?.label ?? quotation.kind
                let notes = [quotation.cue, kind].compactMap(\.self).joined(separator: ", ")
                return """
                    <li dir="auto"><a href="#q\(index)">\
                    \(Parts.cut(quotation.text, Self.statementLengthMax))</a> \
                    <small>\(Parts.cut(notes, 80))</small></li>
                    """
            }
            return "<h3>\(speaker(key, quotations.first?.1.speakerEntity))</h3>"
                + "<ul class=\"statements\">\(rows.joined(separator: "\n"))</ul>"
        }.joined(separator: "\n")
    }

    private func speaker(_ name: String, _ entity: Int?) -> HTML {
        guard !name.isEmpty else { return "Nobody in particular" }
        guard let entity else { return Parts.name(name, max: 80) }
        return "<a href=\"/names/\(entity)\">\(Parts.name(name, max: 80))</a>"
    }

    private var citations: HTML {
        let rows = article.citations.prefix(Self.citationsMax).map { citation -> HTML in
            let name = speaker(citation.name, citation.entity)
            return "<li dir=\"auto\"><strong>\(name)</strong> "
                + "<q>\(Parts.cut(citation.text, Self.statementLengthMax))</q> <small>"
                + CitesPage.link(citation.name, "who cites it") + "</small></li>"
        }
        return rows.isEmpty ? .empty : "<ul class=\"sources\">\(rows.joined(separator: "\n"))</ul>"
    }
}
