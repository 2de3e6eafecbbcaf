import WirecopyMessages

/// An explanation as a person reads it on a terminal.
struct ExplanationScreen {
    private let explanation: Explanation
    private let columns: Int
    private let isColoured: Bool

    /// Prepares an explanation.
    ///
    /// - Parameters:
    ///   - explanation: what is shown.
    ///   - columns: columns of the terminal.
    ///   - isColoured: whether the terminal understands colours (ECMA-48).
    init(_ explanation: Explanation, columns: Int, isColoured: Bool) {
        self.explanation = explanation
        self.columns = max(columns, Self.columnsMin)
        self.isColoured = isColoured
    }

    /// The lines of the screen. Text of the page is made safe for a terminal first, so that the
    /// only control sequences are our own.
    var lines: [String] {
        [styled(Terminal.safe(explanation.title ?? "(no title)"), .bold)]
            + [styled(Terminal.safe(explanation.address), .faint)]
            + flags + fields + warnings + page + facts
    }

    // MARK: - Parts

    private var flags: [String] {
        explanation.flags.flatMap { flag in
            let kind = PageFlagWords.sentence(flag.value)
            return ["", styled("! \(Terminal.safe(kind))", .yellow)]
                + indented(Self.origin(of: flag), by: 2, .faint)
        }
    }

    private var fields: [String] {
        let rows = explanation.fields.flatMap { field in
            let name = Explanation.label(field.name)
            let value = wrapped(Terminal.safe(field.value), indent: Self.nameColumns)
            let first = styled(padded(name, Self.nameColumns), .bold) + (value.first ?? "")
            let rest = value.dropFirst().map {
                String(repeating: " ", count: Self.nameColumns) + $0
            }
            return [first] + rest
                + indented(Self.origin(of: field), by: Self.nameColumns, .faint)
        }
        let names = explanation.missing.map { Explanation.label($0) }.joined(separator: ", ")
        let missing = names.isEmpty ? [] : indented("Not found: \(names).", by: 0, .faint)
        return rows.isEmpty && missing.isEmpty ? [] : ["", heading("Fields")] + rows + missing
    }

    /// `og:title, 90 %, to the minute: “By Ann Lee”`.
    private static func origin(of field: Explanation.Field) -> String {
        let percent = Int((field.confidence * 100).rounded())
        let facts = [field.source, "\(percent) %", field.note].compactMap(\.self)
        let evidence = field.evidence.map { ": “\($0)”" } ?? ""
        return Terminal.safe(facts.joined(separator: ", ") + evidence)
    }

    private var warnings: [String] {
        explanation.warnings.isEmpty
            ? []
            : ["", heading("Odd about the page")]
                + explanation.warnings.flatMap { indented(Terminal.safe($0), by: 2, .yellow) }
    }

    private var page: [String] {
        guard !explanation.pieces.isEmpty else { return [] }
        let legend = "+ kept, - left out with the reason and what says so"
        return ["", heading("Page"), styled(legend, .faint)]
            + explanation.pieces.flatMap(lines(of:))
    }

    private func lines(of piece: Explanation.Piece) -> [String] {
        switch piece {
        case .kept(let kind, let text):
            let mark = styled("+ " + padded(kind, Self.kindColumns - 2), .green)
            let rows = wrapped(Terminal.safe(text), indent: Self.kindColumns)
            let indent = String(repeating: " ", count: Self.kindColumns)
            return [mark + (rows.first ?? "")] + rows.dropFirst().map { indent + $0 }
        case .dropped(let label, let source, let text):
            let reason = source.map { "\(label) (\($0))" } ?? label
            let mark = "- " + padded(Terminal.safe(reason), Self.kindColumns - 2)
            let room = max(columns - mark.count, 10)
            return [styled(mark + Self.cut(Terminal.safe(text), room), .faint)]
        }
    }

    private var facts: [String] {
        guard !explanation.facts.isEmpty else { return [] }
        return ["", heading("Figures")]
            + explanation.facts.map { styled(padded($0.name, Self.nameColumns), .bold) + $0.value }
    }

    // MARK: - Form

    private func heading(_ text: String) -> String { styled(text, .underlined) }

    private func indented(_ text: String, by indent: Int, _ style: Style) -> [String] {
        wrapped(text, indent: indent).map {
            String(repeating: " ", count: indent) + styled($0, style)
        }
    }

    /// A text in lines that fit behind an indent; a word longer than a line stands alone.
    private func wrapped(_ text: String, indent: Int) -> [String] {
        let room = max(columns - indent, 20)
        var lines: [String] = []
        var line = ""
        var width = 0
        for word in text.split(separator: " ") {
            if width > 0, width + 1 + word.count > room {
                lines.append(line)
                (line, width) = ("", 0)
            }
            line += width > 0 ? " " + word : String(word)
            width += word.count + (width > 0 ? 1 : 0)
        }
        return lines + [line]
    }

    private static func cut(_ text: String, _ room: Int) -> String {
        text.count <= room ? text : text.prefix(room - 1) + "…"
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 1))
    }

    /// Parameters of SGR, ECMA-48 section 8.3.117.
    private enum Style: Int {
        case bold = 1
        case faint = 2
        case underlined = 4
        case green = 32
        case yellow = 33
    }

    private func styled(_ text: String, _ style: Style) -> String {
        isColoured ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// Narrower terminals wrap by themselves.
    private static let columnsMin = 40
    private static let nameColumns = 15
    private static let kindColumns = 24
}

/// Flags as sentences for people.
enum PageFlagWords {
    /// What a flag means for its reader.
    static func sentence(_ flag: String) -> String {
        switch PageFlag.Kind(rawValue: flag) {
        case .liveBlog: "This is a live blog: it grows while its event lasts."
        case .multiPart: "This is one part of an article of several pages."
        case .consentWall: "This page asks for consent and shows little else."
        case .paywallStub: "This is only the beginning; the rest is for subscribers."
        case nil: "The page is marked \(flag)."
        }
    }
}
