import WirecopyMessages
import WirecopyStorage

/// Below an article: where each field was read, its versions, its copies, its way.
struct ArticleEvidence {
    private static let fieldsMax = 60
    private static let rowsMax = 40

    private let article: ArticleReport
    private let explanation: Explanation

    /// Prepares an article.
    init(_ article: ArticleReport) {
        self.article = article
        explanation = Explanation(article)
    }

    /// The sections, without those that would be empty.
    var html: HTML {
        Parts.section("evidence", "Where each field was read", flags + fields)
            + Parts.section("odd", "Odd about the page", warnings)
            + Parts.section("versions", "Versions", versions)
            + Parts.section("copies", "The same text elsewhere", copies)
            + Parts.section("way", "On record", way)
    }

    private var flags: HTML {
        explanation.flags.map { flag -> HTML in
            "<p class=\"flag\">\(PageFlagWords.sentence(flag.value))</p>"
        }.joined()
    }

    private var fields: HTML {
        let rows = explanation.fields.prefix(Self.fieldsMax).map { field -> HTML in
            let note = field.note.map { " (\($0))" } ?? ""
            return """
                <tr><th scope="row">\(Explanation.label(field.name))</th>\
                <td dir="auto">\(Parts.cut(field.value))<small>\(note)</small></td>\
                <td>\(Parts.cut(field.source, 80))</td>\
                <td class="number">\(Figure.share(field.confidence))</td>\
                <td dir="auto">\(Parts.cut(field.evidence ?? ""))</td></tr>
                """
        }
        let missing = explanation.missing.map { Explanation.label($0) }.joined(separator: ", ")
        let lacks: HTML = missing.isEmpty ? .empty : "<p class=\"hint\">Not found: \(missing).</p>"
        return Parts.table(
            "Fields with their evidence",
            [
                .init("Field"), .init("Value"), .init("Read from"),
                .init("Certainty", isNumber: true), .init("Evidence"),
            ],
            Array(rows)
        ) + lacks
    }

    private var warnings: HTML {
        let entries = explanation.warnings.prefix(Self.rowsMax).map { warning -> HTML in
            "<li dir=\"auto\">\(Parts.cut(warning))</li>"
        }
        return entries.isEmpty ? .empty : "<ul>\(entries.joined(separator: "\n"))</ul>"
    }

    private var versions: HTML {
        let rows = article.versions.prefix(Self.rowsMax).map { version -> HTML in
            """
            <tr><th scope="row"><a href="/articles/\(article.id)/versions/\(version.n)">\
            Version \(version.n)</a></th>\
            <td>\(Figure.moment(version.fetchedAtMs))</td>\
            <td dir="auto">\(ArticleList.title(version.title))</td></tr>
            """
        }
        return Parts.table(
            "Versions of the article",
            [.init("Version"), .init("Received"), .init("Headline")],
            Array(rows)
        )
    }

    private var copies: HTML {
        guard !article.copies.isEmpty else { return .empty }
        let rows = article.copies.prefix(Self.rowsMax).map { copy -> HTML in
            "<li>\(Parts.outside(copy.url)) · "
                + "\(ArticleList.origin(copy.siteName, copy.host, copy.published))</li>"
        }
        return "<ul>\(rows.joined(separator: "\n"))</ul>"
    }

    private var way: HTML {
        let trace = Parts.link("/trace", [("url", article.url)])
        let addresses = article.addresses.prefix(Self.rowsMax).map { address -> HTML in
            "<li>\(Parts.outside(address.url)), last \(Figure.moment(address.lastSeenMs))</li>"
        }
        return Parts.facts([
            ("Identifier", "<code>\(article.id)</code>"),
            ("First seen", Figure.moment(article.firstSeenMs)),
            ("Last seen", Figure.moment(article.lastSeenMs)),
            ("Way", "<a href=\"\(trace)\">every step through the stages</a>"),
        ]) + "<h3>Seen at</h3><ul>\(addresses.joined(separator: "\n"))</ul>"
    }
}
