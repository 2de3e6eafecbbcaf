import WirecopyMessages
import WirecopyWeb

/// What the extractor found as one page of HTML: the text with its marks, and beside it who and
/// what it names, who says what, its sources and its values. No script; all text is escaped.
struct AnnotationPage {
    private let explanation: AnnotationExplanation

    /// Prepares an explanation.
    init(_ explanation: AnnotationExplanation) { self.explanation = explanation }

    /// The document.
    var html: String {
        PageText.document(
            title: "Found: \(explanation.title ?? explanation.address)",
            sheet: AnnotationStyle.sheet(types: types),
            body: """
                <header>
                <p class="eyebrow">What the extractor found in</p>
                <h1 dir="auto">\(escaped(explanation.title ?? "a page without a title"))</h1>
                <p class="address"><bdi>\(escaped(explanation.address))</bdi>\(published)</p>
                </header>
                \(legend)
                <div class="columns">
                <main>
                <article aria-label="Text">
                \(explanation.text.paragraphs.map(paragraph).joined(separator: "\n"))
                </article>
                </main>
                <aside aria-label="What was found">
                \(AnnotationLists(explanation).html)
                </aside>
                </div>
                """
        )
    }

    private var published: String {
        explanation.published.map { " · published <bdi>\(escaped($0))</bdi>" } ?? ""
    }

    /// The types that the article has, in the order of their list.
    private var types: [EntityType] {
        let present = Set(explanation.mentions.map(\.type))
        return EntityType.allCases.filter(present.contains)
    }

    // MARK: - Legend

    private var legend: String {
        var rows = types.map { type in
            let count = explanation.mentions.count { $0.type == type }
            return toggle(type.rawValue, type.label, count)
        }
        let others = [
            ("said", "Statements", explanation.statements.count { $0.kind != .notSpeech }),
            ("cited", "Sources", explanation.sources.count),
            ("value", "Values", explanation.values.count),
        ]
        rows += others.filter { $0.2 > 0 }.map { toggle($0.0, $0.1, $0.2) }
        guard !rows.isEmpty else { return "<p class=\"nothing\">Nothing was found.</p>" }
        return """
            <fieldset class="legend">
            <legend>Show</legend>
            \(rows.joined(separator: "\n"))
            </fieldset>
            """
    }

    private func toggle(_ key: String, _ label: String, _ count: Int) -> String {
        "<label class=\"\(key)\"><input type=\"checkbox\" id=\"show-\(key)\" checked> "
            + "\(escaped(label)) <small>\(count)</small></label>"
    }

    // MARK: - Text

    private func paragraph(_ runs: [MarkedText.Run]) -> String {
        var html = "<p dir=\"auto\">"
        var quotation: Int?
        for run in runs {
            if run.quotation != quotation, let index = run.quotation {
                html += opening(index)
                quotation = index
            }
            html += marked(run)
            if run.endsQuotation, let index = run.quotation {
                html += "</span>" + speaker(of: index)
                quotation = nil
            }
        }
        return html + "</p>"
    }

    private func opening(_ index: Int) -> String {
        let kind = explanation.statements[index].kind
        let isSaid = kind == .notSpeech ? "" : " said"
        return "<span class=\"q \(kind.rawValue)\(isSaid)\" data-q=\"\(index)\">"
            + "<span id=\"q\(index)\"></span>"
    }

    /// Who said it, behind the statement.
    private func speaker(of index: Int) -> String {
        let statement = explanation.statements[index]
        guard let name = statement.speaker else { return "" }
        let cue = statement.cue.map { " <small>\(escaped($0))</small>" } ?? ""
        guard let entity = statement.entity else {
            return "<span class=\"by\" dir=\"auto\">\(escaped(name))\(cue)</span>"
        }
        return "<a class=\"by\" href=\"#e\(entity)\" dir=\"auto\">\(escaped(name))\(cue)</a>"
    }

    private func marked(_ run: MarkedText.Run) -> String {
        let words = escaped(run.text)
        let text =
            run.citation.map {
                let name = escaped(explanation.sources[$0].name)
                return "<span class=\"cited\" data-tip=\"rests on \(name)\">\(words)</span>"
            } ?? words
        if let index = run.mention {
            let mention = explanation.mentions[index]
            guard let entity = explanation.entity(mention.entity) else { return text }
            let tip = tip(of: mention, entity)
            return "<a class=\"m \(mention.type.rawValue)\" id=\"m\(index)\" "
                + "href=\"#e\(entity.index)\" data-tip=\"\(escaped(tip))\">\(words)</a>"
        }
        if let index = run.value {
            let value = explanation.values[index]
            return "<a class=\"value\" id=\"t\(index)\" href=\"#v\(index)\" "
                + "data-tip=\"\(escaped(value.meaning))\">\(words)</a>"
        }
        if let entity = explanation.entity(run.role) {
            return "<a class=\"role\" href=\"#e\(entity.index)\" "
                + "data-tip=\"stands for \(escaped(entity.name))\">\(words)</a>"
        }
        return text
    }

    private func tip(of mention: Mention, _ entity: AnnotationExplanation.EntityNote) -> String {
        var parts = [entity.name, mention.type.label]
        if let government = mention.standsFor { parts.append("for \(government.name)") }
        if mention.evidence == .list { parts.append("from the list") }
        return parts.joined(separator: " · ")
    }

    private func escaped(_ text: String) -> String { PageText.escaped(text) }
}
