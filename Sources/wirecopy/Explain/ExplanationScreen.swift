import WirecopyMessages
import WirecopyWeb

/// An explanation as a person reads it on a terminal.
struct ExplanationScreen {
    private let explanation: Explanation
    private let screen: ScreenText

    /// Prepares an explanation.
    ///
    /// - Parameters:
    ///   - explanation: what is shown.
    ///   - columns: columns of the terminal.
    ///   - isColoured: whether the terminal understands colours (ECMA-48).
    init(_ explanation: Explanation, columns: Int, isColoured: Bool) {
        self.explanation = explanation
        screen = ScreenText(columns: columns, isColoured: isColoured)
    }

    /// The lines of the screen. Text of the page is made safe for a terminal first, so that the
    /// only control sequences are our own.
    var lines: [String] {
        [screen.styled(Terminal.safe(explanation.title ?? "(no title)"), .bold)]
            + [screen.styled(Terminal.safe(explanation.address), .faint)]
            + flags + fields + warnings + page + facts
    }

    // MARK: - Parts

    private var flags: [String] {
        explanation.flags.flatMap { flag in
            let kind = PageFlagWords.sentence(flag.value)
            return ["", screen.styled("! \(Terminal.safe(kind))", .yellow)]
                + screen.indented(Self.origin(of: flag), by: 2, .faint)
        }
    }

    private var fields: [String] {
        let rows = explanation.fields.flatMap { field in
            let name = Explanation.label(field.name)
            let value = screen.wrapped(Terminal.safe(field.value), indent: Self.nameColumns)
            let first =
                screen.styled(screen.padded(name, Self.nameColumns), .bold) + (value.first ?? "")
            let rest = value.dropFirst().map {
                String(repeating: " ", count: Self.nameColumns) + $0
            }
            return [first] + rest
                + screen.indented(Self.origin(of: field), by: Self.nameColumns, .faint)
        }
        let names = explanation.missing.map { Explanation.label($0) }.joined(separator: ", ")
        let missing = names.isEmpty ? [] : screen.indented("Not found: \(names).", by: 0, .faint)
        return rows.isEmpty && missing.isEmpty
            ? [] : ["", screen.heading("Fields")] + rows + missing
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
            : ["", screen.heading("Odd about the page")]
                + explanation.warnings.flatMap {
                    screen.indented(Terminal.safe($0), by: 2, .yellow)
                }
    }

    private var page: [String] {
        guard !explanation.pieces.isEmpty else { return [] }
        let legend = "+ kept, - left out with the reason and what says so"
        return ["", screen.heading("Page"), screen.styled(legend, .faint)]
            + explanation.pieces.flatMap(lines(of:))
    }

    private func lines(of piece: Explanation.Piece) -> [String] {
        switch piece {
        case .kept(let kind, let text):
            let mark = screen.styled("+ " + screen.padded(kind, Self.kindColumns - 2), .green)
            let rows = screen.wrapped(Terminal.safe(text), indent: Self.kindColumns)
            let indent = String(repeating: " ", count: Self.kindColumns)
            return [mark + (rows.first ?? "")] + rows.dropFirst().map { indent + $0 }
        case .dropped(let label, let source, let text):
            let reason = source.map { "\(label) (\($0))" } ?? label
            let mark = "- " + screen.padded(Terminal.safe(reason), Self.kindColumns - 2)
            let room = max(screen.columns - mark.count, 10)
            return [screen.styled(mark + ScreenText.cut(Terminal.safe(text), room), .faint)]
        }
    }

    private var facts: [String] {
        guard !explanation.facts.isEmpty else { return [] }
        return ["", screen.heading("Figures")]
            + explanation.facts.map {
                screen.styled(screen.padded($0.name, Self.nameColumns), .bold) + $0.value
            }
    }

    private static let nameColumns = 15
    private static let kindColumns = 24
}
