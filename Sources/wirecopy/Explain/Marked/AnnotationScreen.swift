import WirecopyMessages
import WirecopyWeb

/// What the extractor found as a person reads it on a terminal.
struct AnnotationScreen {
    private static let nameColumns = 18
    private static let valueColumns = 28
    /// Aliases of one entity that are shown.
    private static let aliasesMax = 8

    private let explanation: AnnotationExplanation
    private let screen: ScreenText

    /// Prepares an explanation.
    ///
    /// - Parameters:
    ///   - explanation: what is shown.
    ///   - columns: columns of the terminal.
    ///   - isColoured: whether the terminal understands colours (ECMA-48).
    init(_ explanation: AnnotationExplanation, columns: Int, isColoured: Bool) {
        self.explanation = explanation
        screen = ScreenText(columns: columns, isColoured: isColoured)
    }

    /// The lines of the screen. Text of the page is made safe for a terminal first, so that the
    /// only control sequences are our own.
    var lines: [String] {
        [screen.styled(Terminal.safe(explanation.title ?? "(no title)"), .bold)]
            + [screen.styled(Terminal.safe(explanation.address), .faint)]
            + (explanation.published.map {
                [screen.styled("published " + Terminal.safe($0), .faint)]
            } ?? [])
            + [""] + text + names + statements + sources + values
    }

    // MARK: - Text

    private var text: [String] {
        explanation.text.paragraphs.flatMap { runs in
            var words: [ScreenText.Word] = []
            var endsBlank = true
            for run in runs {
                words += self.words(run, isJoined: !endsBlank)
                endsBlank = run.text.last == " "
            }
            return screen.wrapped(words, indent: 0) + [""]
        }
    }

    /// The words of a run; the first stands directly behind what was before if it `isJoined`.
    private func words(_ run: MarkedText.Run, isJoined: Bool) -> [ScreenText.Word] {
        let styles = styles(of: run)
        let text = Terminal.safe(run.text)
        var words: [ScreenText.Word] = []
        for (index, piece) in text.split(separator: " ", omittingEmptySubsequences: false)
            .enumerated()
        where !piece.isEmpty {
            let isJoined = isJoined && index == 0
            words.append(.init(text: String(piece), styles: styles, isJoined: isJoined))
        }
        if !screen.isColoured { mark(&words, run) }
        if run.endsQuotation, let index = run.quotation, let by = speaker(of: index) {
            words.append(.init(text: "‹\(by)›", styles: [.faint]))
        }
        return words
    }

    /// Without colours, brackets say what the words are.
    private func mark(_ words: inout [ScreenText.Word], _ run: MarkedText.Run) {
        let label =
            run.mention.map { explanation.mentions[$0].type.rawValue }
            ?? run.value.map { explanation.values[$0].kind.rawValue }
            ?? run.role.map { _ in "role" }
        guard let label, let last = words.indices.last else { return }
        words[0].text = "[" + words[0].text
        words[last].text += "|\(label)]"
    }

    private func styles(of run: MarkedText.Run) -> [ScreenText.Style] {
        var styles: [ScreenText.Style] = []
        if let index = run.mention {
            styles += [.bold, Self.style(explanation.mentions[index].type)]
        } else if run.value != nil {
            styles.append(.cyan)
        } else if run.role != nil {
            styles.append(.blue)
        }
        if let index = run.quotation {
            let kind = explanation.statements[index].kind
            if kind != .notSpeech { styles.append(kind == .indirect ? .underlined : .italic) }
        }
        return styles
    }

    private static func style(_ type: EntityType) -> ScreenText.Style {
        switch type {
        case .person: .blue
        case .organisation: .magenta
        case .politicalPlace, .place, .facility: .green
        case .weapon: .red
        case .group, .event, .product, .work, .law, .other: .yellow
        }
    }

    private func speaker(of index: Int) -> String? {
        let statement = explanation.statements[index]
        guard let speaker = statement.speaker else { return nil }
        return Terminal.safe([speaker, statement.cue].compactMap(\.self).joined(separator: ", "))
    }

    // MARK: - Lists

    private var names: [String] {
        let byType = Dictionary(grouping: explanation.entities, by: \.type)
        let lines = EntityType.allCases.flatMap { type in
            (byType[type] ?? []).flatMap { self.lines(of: $0, type) }
        }
        return lines.isEmpty ? [] : [screen.heading("Names")] + lines + [""]
    }

    private func lines(
        of entity: AnnotationExplanation.EntityNote,
        _ type: EntityType
    ) -> [String] {
        let label = screen.styled(screen.padded(type.label, Self.nameColumns), .faint)
        let name = screen.styled(Terminal.safe(entity.name), .bold, Self.style(type))
        let times = entity.mentionCount > 1 ? " ×\(entity.mentionCount)" : ""
        let list = entity.isListed && entity.mentionCount > 0 ? " (from the list)" : ""
        var facts: [String] = []
        let aliases = entity.aliases.prefix(Self.aliasesMax).map(\.name)
        if !aliases.isEmpty { facts.append("also " + aliases.joined(separator: ", ")) }
        facts += entity.roles.map { "“\($0)”" }
        facts += entity.standsFor.map { "for the government of \($0)" }
        return [label + name + screen.styled(times + list, .faint)]
            + (facts.isEmpty
                ? []
                : screen.indented(
                    Terminal.safe(facts.joined(separator: "; ")),
                    by: Self.nameColumns,
                    .faint
                ))
    }

    private var statements: [String] {
        let lines = explanation.statements.flatMap { statement in
            let who = speaker(of: statement.index) ?? "nobody"
            let notes = [statement.setting, statement.kind.label].filter { !$0.isEmpty }
            let note = " · " + Terminal.safe(notes.joined(separator: ", "))
            return [screen.styled(who, .bold) + screen.styled(note, .faint)]
                + screen.indented(Terminal.safe(statement.text), by: 2, .italic)
        }
        return lines.isEmpty ? [] : [screen.heading("Statements")] + lines + [""]
    }

    private var sources: [String] {
        let lines = explanation.sources.flatMap { source in
            [screen.styled(Terminal.safe(source.name), .bold)]
                + screen.indented(Terminal.safe(source.text), by: 2, .faint)
        }
        return lines.isEmpty ? [] : [screen.heading("Sources")] + lines + [""]
    }

    private var values: [String] {
        let lines = explanation.values.map { value in
            let text = ScreenText.cut(Terminal.safe(value.text), Self.valueColumns - 2)
            return screen.styled(screen.padded(text, Self.valueColumns), .cyan)
                + Terminal.safe(value.meaning)
        }
        return lines.isEmpty ? [] : [screen.heading("Values")] + lines
    }
}
