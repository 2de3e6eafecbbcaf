import WirecopyStorage

/// An article as a person reads it on a terminal.
struct ArticleScreen {
    private let article: ArticleReport
    private let explains: Bool

    /// Prepares an article; `explains` adds evidence and what was left out.
    init(_ article: ArticleReport, explains: Bool) {
        self.article = article
        self.explains = explains
    }

    /// The lines of the screen; text of the page is made safe for a terminal.
    var lines: [String] {
        let parts =
            head + text + list("Who said what", statements) + list("Names", names)
            + list("Cites", article.citations.map { "\($0.name): \($0.text)" })
            + list("Also at", article.copies.map(\.url))
            + (explains ? evidence : [])
        return parts.map(Terminal.safe)
    }

    private var head: [String] {
        var lines = [article.title ?? "(no title)"]
        if let subtitle = article.subtitle { lines.append(subtitle) }
        lines.append(article.url)
        let by = article.authors.isEmpty ? nil : "by " + article.authors.joined(separator: ", ")
        let inferred = article.publishedIsInferred == true ? " (concluded)" : ""
        let date = article.published.map { "published \($0)\(inferred)" }
        let facts = [article.siteName ?? article.host, by, date, article.language, article.section]
        lines.append(facts.compactMap(\.self).joined(separator: "  "))
        lines += [
            Self.line("from", article.syndication), Self.line("tags", article.tags),
            article.access, Self.line("asks", article.usage),
            Self.line("named by", [article.source]),
            Self.line("image", [article.leadImageCaption, article.leadImageCredit]),
        ].compactMap(\.self)
        if article.version > 1 { lines.append("version \(article.version)") }
        return lines
    }

    /// `tags  one, two`; `nil` without values.
    private static func line(_ name: String, _ values: [String?]) -> String? {
        let values = values.compactMap(\.self)
        return values.isEmpty ? nil : "\(name)  \(values.joined(separator: ", "))"
    }

    private var text: [String] {
        article.paragraphs.flatMap { paragraph in
            ["", paragraph.kind == "heading" ? "## " + paragraph.text : paragraph.text]
        }
    }

    private var statements: [String] {
        article.quotations.filter { $0.kind != "not_speech" }.map { quotation in
            let cue = quotation.cue.map { " (\($0))" } ?? ""
            return "\(quotation.speaker ?? "?")\(cue): \(quotation.text)"
        }
    }

    private var names: [String] {
        let byType = Dictionary(grouping: article.entities, by: \.type)
        return byType.keys.sorted().map { type in
            let entities = byType[type, default: []].sorted { $0.mentions > $1.mentions }
            let names = entities.map { "\($0.name) ×\($0.mentions)" }
            return "\(type): \(names.joined(separator: ", "))"
        }
    }

    private var evidence: [String] {
        let fields = article.fields.map { field in
            let evidence = field.evidence.map { ": \($0)" } ?? ""
            return
                "\(field.name) = \(field.value)  [\(field.source), \(field.confidence)\(evidence)]"
        }
        let dropped = article.dropped.map { "\($0.label): \($0.text)" }
        return list("Evidence", fields) + list("Left out of the page", dropped)
            + list("Odd about the page", article.warnings)
    }

    private func list(_ title: String, _ entries: [String]) -> [String] {
        entries.isEmpty ? [] : ["", title] + entries.map { "  " + $0 }
    }
}
