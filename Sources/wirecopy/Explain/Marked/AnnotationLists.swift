import WirecopyMessages
import WirecopyWeb

/// The lists beside the text: names by type with their evidence, statements by speaker, sources,
/// values.
struct AnnotationLists {
    private let explanation: AnnotationExplanation

    /// Prepares an explanation.
    init(_ explanation: AnnotationExplanation) { self.explanation = explanation }

    /// The sections, without those that would be empty.
    var html: String {
        [names, statements, sources, values].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func section(_ id: String, _ title: String, _ content: String) -> String {
        content.isEmpty
            ? ""
            : """
            <section aria-labelledby="\(id)">
            <h2 id="\(id)">\(title)</h2>
            \(content)
            </section>
            """
    }

    // MARK: - Names

    private var names: String {
        let byType = Dictionary(grouping: explanation.entities, by: \.type)
        let groups = EntityType.allCases.compactMap { type -> String? in
            guard let entities = byType[type] else { return nil }
            let most = entities.sorted {
                ($1.mentionCount, $0.index) < ($0.mentionCount, $1.index)
            }
            return "<h3>\(escaped(type.label))</h3>\n<div class=\"cards\">\n"
                + most.map(card).joined(separator: "\n") + "\n</div>"
        }
        return section("names", "Who and what", groups.joined(separator: "\n"))
    }

    private func card(_ entity: AnnotationExplanation.EntityNote) -> String {
        let times = entity.mentionCount > 1 ? " <small>×\(entity.mentionCount)</small>" : ""
        return """
            <details class="\(entity.type.rawValue)"><summary dir="auto">\
            <strong>\(escaped(entity.name))</strong>\(times)\(aliases(of: entity))</summary>
            <div id="e\(entity.index)">\(facts(of: entity))\(places(of: entity))</div></details>
            """
    }

    private func aliases(of entity: AnnotationExplanation.EntityNote) -> String {
        guard !entity.aliases.isEmpty else { return "" }
        let names = entity.aliases.map { alias in
            escaped(alias.name) + (alias.count > 1 ? " ×\(alias.count)" : "")
        }
        return "<span class=\"also\">\(names.joined(separator: ", "))</span>"
    }

    private func facts(of entity: AnnotationExplanation.EntityNote) -> String {
        var rows = entity.roles.map { "<li>called “<bdi>\(escaped($0))</bdi>”</li>" }
        rows += entity.standsFor.map {
            "<li>stands for the government of <bdi>\(escaped($0))</bdi></li>"
        }
        if entity.isListed, entity.mentionCount > 0 {
            rows.append("<li>found by a list of names</li>")
        }
        let said = entity.statements.filter { explanation.statements[$0].kind != .notSpeech }
        if !said.isEmpty {
            let links = said.enumerated().map {
                "<a href=\"#q\($0.element)\">\($0.offset + 1)</a>"
            }
            rows.append("<li>statements: \(links.joined(separator: " "))</li>")
        }
        return rows.isEmpty ? "" : "<ul>\(rows.joined())</ul>"
    }

    private func places(of entity: AnnotationExplanation.EntityNote) -> String {
        let rows = entity.places.map { place in
            "<li dir=\"auto\"><a href=\"#m\(place.mention)\">…\(escaped(place.before))"
                + "<mark>\(escaped(place.words))</mark>\(escaped(place.after))…</a></li>"
        }
        return rows.isEmpty ? "" : "<ol class=\"places\">\(rows.joined())</ol>"
    }

    // MARK: - Statements, sources, values

    private var statements: String {
        let said = explanation.statements.filter { $0.kind != .notSpeech }
        var order: [String] = []
        var bySpeaker: [String: [AnnotationExplanation.StatementNote]] = [:]
        for statement in said {
            let key = statement.entity.map { "#\($0)" } ?? statement.speaker ?? ""
            if bySpeaker[key] == nil { order.append(key) }
            bySpeaker[key, default: []].append(statement)
        }
        let groups = order.map { key -> String in
            let statements = bySpeaker[key] ?? []
            let rows = statements.map { statement in
                let notes = [statement.cue ?? "", statement.setting, statement.kind.label]
                    .filter { !$0.isEmpty }
                return "<li dir=\"auto\"><a href=\"#q\(statement.index)\">"
                    + "\(escaped(statement.text))</a> "
                    + "<small>\(escaped(notes.joined(separator: ", ")))</small></li>"
            }
            return "<h3 dir=\"auto\">\(speaker(statements.first))</h3>\n"
                + "<ul class=\"statements\">\(rows.joined(separator: "\n"))</ul>"
        }
        return section("statements", "Who says what", groups.joined(separator: "\n"))
    }

    private func speaker(_ statement: AnnotationExplanation.StatementNote?) -> String {
        guard let name = statement?.speaker else { return "<em>nobody in particular</em>" }
        guard let entity = statement?.entity else { return escaped(name) }
        return "<a href=\"#e\(entity)\">\(escaped(name))</a>"
    }

    private var sources: String {
        let rows = explanation.sources.map { source in
            let name =
                source.entity.map { "<a href=\"#e\($0)\">\(escaped(source.name))</a>" }
                ?? escaped(source.name)
            let citing = source.citing.map { " <small>citing \(escaped($0))</small>" } ?? ""
            return "<li dir=\"auto\"><strong>\(name)</strong> "
                + "<q>\(escaped(source.text))</q>\(citing)</li>"
        }
        let list = rows.isEmpty ? "" : "<ul class=\"sources\">\(rows.joined(separator: "\n"))</ul>"
        return section("sources", "Rests on", list)
    }

    private var values: String {
        let rows = explanation.values.map { value in
            "<tr><th scope=\"row\" dir=\"auto\" id=\"v\(value.index)\">"
                + "<a href=\"#t\(value.index)\">\(escaped(value.text))</a></th>"
                + "<td dir=\"auto\">\(escaped(value.meaning))</td></tr>"
        }
        let table =
            rows.isEmpty
            ? ""
            : """
            <table><thead class="unseen"><tr><th scope="col">In the text</th>\
            <th scope="col">Means</th></tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table>
            """
        return section("values", "Dates, sums, quantities", table)
    }

    private func escaped(_ text: String) -> String { PageText.escaped(text) }
}
