import WirecopyMessages
import WirecopyWeb

/// An explanation as one page of HTML that needs nothing else: no script, no address that is
/// visited, and all text of the page escaped.
struct ExplanationPage {
    private let explanation: Explanation

    /// Prepares an explanation.
    init(_ explanation: Explanation) { self.explanation = explanation }

    /// The document.
    var html: String {
        PageText.document(
            title: "Why: \(explanation.title ?? explanation.address)",
            sheet: ExplanationStyle.sheet,
            body: """
                <header>
                <p class="eyebrow">What the parser made of</p>
                <h1 dir="auto">\(escaped(explanation.title ?? "a page without a title"))</h1>
                <p class="address"><bdi>\(escaped(explanation.address))</bdi></p>
                \(facts)
                </header>
                <main>
                \(flags)\(fields)\(warnings)\(page)
                </main>
                """
        )
    }

    // MARK: - Parts

    private var facts: String {
        guard !explanation.facts.isEmpty else { return "" }
        let rows = explanation.facts.map {
            "<div><dt>\(escaped($0.name))</dt><dd>\(escaped($0.value))</dd></div>"
        }
        return "<dl class=\"facts\">\(rows.joined())</dl>"
    }

    private var flags: String {
        guard !explanation.flags.isEmpty else { return "" }
        let entries = explanation.flags.map { flag in
            let sentence = escaped(PageFlagWords.sentence(flag.value))
            return "<li><strong>\(sentence)</strong> \(origin(of: flag))</li>"
        }
        return """
            <section aria-labelledby="flags" class="flags">
            <h2 id="flags">The page as a whole</h2>
            <ul>\(entries.joined(separator: "\n"))</ul>
            </section>

            """
    }

    private var fields: String {
        let rows = explanation.fields.map { field in
            """
            <tr><th scope="row">\(escaped(Explanation.label(field.name)))</th>\
            <td dir="auto">\(escaped(field.value))\(note(of: field))</td>\
            <td>\(escaped(field.source))</td><td>\(meter(field.confidence))</td>\
            <td dir="auto">\(escaped(field.evidence ?? ""))</td></tr>
            """
        }
        guard !rows.isEmpty || !explanation.missing.isEmpty else { return "" }
        return """
            <section aria-labelledby="fields">
            <h2 id="fields">Fields</h2>
            <div class="wide" role="region" aria-labelledby="fields" tabindex="0">
            <table>
            <thead><tr><th scope="col">Field</th><th scope="col">Value</th>\
            <th scope="col">Read from</th><th scope="col">Certainty</th>\
            <th scope="col">Evidence</th></tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table>
            </div>
            \(missing)
            </section>

            """
    }

    private var missing: String {
        let names = explanation.missing.map { Explanation.label($0) }
        return names.isEmpty
            ? "" : "<p class=\"missing\">Not found: \(escaped(names.joined(separator: ", "))).</p>"
    }

    private var warnings: String {
        guard !explanation.warnings.isEmpty else { return "" }
        let entries = explanation.warnings.map { "<li dir=\"auto\">\(escaped($0))</li>" }
        return """
            <section aria-labelledby="odd">
            <h2 id="odd">Odd about the page</h2>
            <ul>\(entries.joined(separator: "\n"))</ul>
            </section>

            """
    }

    private var page: String {
        guard !explanation.pieces.isEmpty else { return "" }
        let droppedCount = explanation.pieces.count { piece in
            if case .dropped = piece { true } else { false }
        }
        let left = Quantity.count(droppedCount, "block")
        return """
            <section aria-labelledby="page" class="page">
            <h2 id="page">The page, from top to bottom</h2>
            <p><input type="checkbox" id="all" checked>
            <label for="all">Show what was left out (\(left))</label></p>
            <p class="legend">Beside each block that was left out stands why, and what says so:
            <em>title</em>, it repeats the headline; <em>element</em>, the page's own markup;
            <em>words</em>, what it says; <em>links</em>, it is made of them; <em>form</em>, that of
            a byline or date; <em>place</em>, what it stands among; <em>site-rule</em>, a rule for
            the site.</p>
            <ol class="pieces">
            \(explanation.pieces.map(entry).joined(separator: "\n"))
            </ol>
            </section>

            """
    }

    private func entry(_ piece: Explanation.Piece) -> String {
        switch piece {
        case .kept(let kind, let text):
            """
            <li class="kept \(escaped(kind))"><span class="kind">\(escaped(kind))</span>\
            <p dir="auto">\(escaped(text))</p></li>
            """
        case .dropped(let label, let source, let text):
            """
            <li class="dropped"><span class="kind"><span class="unseen">left out: </span>\
            \(escaped(label))\(source.map { " <small>\(escaped($0))</small>" } ?? "")</span>\
            <p dir="auto">\(escaped(text))</p></li>
            """
        }
    }

    private func origin(of field: Explanation.Field) -> String {
        let evidence = field.evidence.map { ": “<bdi>\(escaped($0))</bdi>”" } ?? ""
        return "<span class=\"origin\">\(escaped(field.source)), \(percent(field.confidence))"
            + "\(evidence)</span>"
    }

    private func note(of field: Explanation.Field) -> String {
        field.note.map { " <small>\(escaped($0))</small>" } ?? ""
    }

    private func meter(_ confidence: Double) -> String {
        let value = min(max(confidence, 0), 1)
        return "<meter min=\"0\" max=\"1\" low=\"0.5\" high=\"0.8\" optimum=\"1\" "
            + "value=\"\(value)\">\(percent(value))</meter> \(percent(value))"
    }

    private func percent(_ confidence: Double) -> String {
        "\(Int((confidence * 100).rounded()))&nbsp;%"
    }

    private func escaped(_ text: String) -> String { PageText.escaped(text) }
}
