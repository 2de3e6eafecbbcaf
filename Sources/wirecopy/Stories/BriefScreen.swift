import WirecopyStories

/// A brief as a person reads it on a terminal.
struct BriefScreen {
    private let brief: Brief
    private let screen: ScreenText

    /// Prepares a brief.
    ///
    /// - Parameters:
    ///   - brief: what is shown.
    ///   - columns: columns of the terminal.
    ///   - isColoured: whether the terminal understands colours (ECMA-48).
    init(_ brief: Brief, columns: Int, isColoured: Bool) {
        self.brief = brief
        screen = ScreenText(columns: min(columns, Self.columnsMax), isColoured: isColoured)
    }

    /// The lines of the screen. Text of articles is made safe for a terminal first, so that the
    /// only control sequences are our own.
    var lines: [String] {
        head + happened + said + sources + differences + next + articles
    }

    /// Longer lines are hard to read.
    private static let columnsMax = 110

    // MARK: - Parts

    private var head: [String] {
        screen.wrapped(words(BriefWords.headline(of: brief), .bold), indent: 0)
            + screen.indented(Terminal.safe(BriefWords.summary(of: brief)), by: 0, .faint)
    }

    private var happened: [String] {
        var lines: [String] = []
        for (index, episode) in brief.episodes.enumerated() where !episode.lines.isEmpty {
            if brief.episodes.count > 1 {
                let heading = BriefWords.heading(of: episode, position: index + 1)
                lines += ["  " + screen.styled(heading, .cyan)]
            }
            lines += episode.lines.flatMap(dated)
        }
        return part(BriefWords.whatHappened, lines)
    }

    private var said: [String] {
        var lines: [String] = []
        for kind in BriefSpeakerKind.allCases {
            let speakers = brief.speakers.filter { $0.kind == kind }
            if speakers.isEmpty { continue }
            if kind != .person {
                lines.append("  " + screen.styled(BriefWords.heading(of: kind) + ":", .cyan))
            }
            lines += speakers.flatMap(speaker)
        }
        if brief.speakersMore > 0 {
            lines.append("  and " + BriefWords.count(brief.speakersMore, "speaker") + " more")
        }
        return part(BriefWords.whoSaidWhat, lines)
    }

    private func speaker(_ speaker: BriefSpeaker) -> [String] {
        let role = speaker.role.map { words(", " + $0, .faint, isJoined: true) } ?? []
        var lines = hanging(words(speaker.name, .bold) + role, indent: 2, mark: "")
        for statement in speaker.statements {
            let how = BriefWords.circumstances(of: statement).map { words("(\($0))", .faint) } ?? []
            lines += hanging(
                words(BriefWords.words(of: statement)) + how + references(statement.articles),
                indent: 4,
                mark: "• "
            )
            for variant in statement.variants {
                lines += hanging(
                    words("also: " + variant.text, .faint) + references([variant.article]),
                    indent: 6,
                    mark: ""
                )
            }
        }
        if speaker.more > 0 {
            lines.append("    " + screen.styled("and \(speaker.more) more", .faint))
        }
        return lines
    }

    private var sources: [String] {
        let lines = brief.sources.flatMap { source in
            let basis = BriefWords.basis(of: source).map { words(", " + $0, isJoined: true) } ?? []
            let head = words(source.name, .bold) + basis + words("←") + references(source.articles)
            return hanging(head, indent: 2, mark: "")
                + source.chains.flatMap { chain in
                    hanging(words(chain.joined(separator: " → "), .faint), indent: 4, mark: "")
                }
                + source.lines.flatMap { sentence($0, indent: 4) }
        }
        return part(BriefWords.whoCitesWhom, lines)
    }

    private var differences: [String] {
        let lines = brief.differences.flatMap { difference in
            let heading = words(BriefWords.heading(of: difference), .bold)
            return hanging(heading, indent: 2, mark: "")
                + difference.sides.flatMap { side in
                    let value = difference.kind == .onlyOne ? [] : words(side.value + ":", .yellow)
                    let later = side.isLater ? words("later", .faint) : []
                    return hanging(
                        later + value + words(side.line.text) + references(side.articles),
                        indent: 4,
                        mark: "• "
                    )
                }
        }
        return part(BriefWords.whatDiffers, lines)
    }

    private var next: [String] {
        part(BriefWords.whatNext, brief.next.flatMap(dated))
    }

    private var articles: [String] {
        let lines = brief.articles.flatMap { article in
            let copy = article.copyOf.map { "a copy of [\($0)]" }
            let facts = [article.outlet, article.published.map(BriefWords.day), copy]
                .compactMap(\.self).joined(separator: ", ")
            let mark = screen.padded("[\(article.number)]", 5)
            return hanging(
                words(BriefWords.title(of: article)) + words(facts, .faint),
                indent: 2,
                mark: mark
            ) + hanging(words(article.url, .faint), indent: 2 + mark.count, mark: "")
        }
        return part(BriefWords.articles, lines)
    }

    // MARK: - Pieces

    private func part(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["", screen.heading(title)] + lines
    }

    private func dated(_ line: BriefLine) -> [String] {
        let day = BriefWords.day(of: line).map { words("(\($0))", .faint) } ?? []
        return hanging(words(line.text) + day + references([line.article]), indent: 2, mark: "• ")
    }

    private func sentence(_ line: BriefLine, indent: Int) -> [String] {
        hanging(words(line.text) + references([line.article]), indent: indent, mark: "• ")
    }

    /// Words in lines behind an indent and a mark.
    private func hanging(_ words: [ScreenText.Word], indent: Int, mark: String) -> [String] {
        let rows = screen.wrapped(words, indent: indent + mark.count)
        let first = String(repeating: " ", count: indent) + mark
        let rest = String(repeating: " ", count: indent + mark.count)
        return rows.enumerated().map { ($0.offset == 0 ? first : rest) + $0.element }
    }

    private func words(
        _ text: String,
        _ styles: ScreenText.Style...,
        isJoined: Bool = false
    ) -> [ScreenText.Word] {
        Terminal.safe(text).split(separator: " ").enumerated().map { index, word in
            let joins = isJoined && index == 0
            return ScreenText.Word(text: String(word), styles: styles, isJoined: joins)
        }
    }

    private func references(_ articles: [Int]) -> [ScreenText.Word] {
        articles.map { ScreenText.Word(text: "[\($0)]", styles: [.blue]) }
    }
}
