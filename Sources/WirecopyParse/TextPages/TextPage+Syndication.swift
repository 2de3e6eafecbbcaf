import WirecopyMessages

/// Where the report on a text page comes from.
extension TextPage {
    /// Agencies and outlets in the notes among the lines, and among the authors.
    func syndication(_ authors: [Evidenced]) -> [Evidenced] {
        var notes = SyndicationNotes(siteNames: [page.host])
        for author in authors { notes.add(author: author) }
        for (index, place) in noteLines() {
            let line = SyndicationNotes.Line(
                text: lines[index].text,
                folded: lines[index].folded,
                place: place,
                source: source(index)
            )
            notes.add(line)
        }
        return notes.found
    }

    /// Lines in which a note may stand: those between headline and text, the first and last
    /// paragraphs, kept credits, and what stands close behind the text.
    private func noteLines() -> [(Int, SyndicationNotes.Line.Place)] {
        let text = verdicts.indices.filter { Self.isText(verdicts[$0]) }
        guard let first = text.first, let last = text.last else { return [] }
        let start = verdicts.firstIndex(of: .title).map { $0 + 1 } ?? first
        let head = (min(start, first)..<first).filter { verdicts[$0] == .drop(.byline) }
        let opening = text.prefix(Self.openingLines)
        let behind = ((last + 1)..<max(last + 1, min(last + 1 + Self.linesBehind, lines.count)))
            .filter { [.drop(.other), .drop(.label), .keep(.credit)].contains(verdicts[$0]) }
        let closing = text.dropFirst(Self.openingLines).suffix(Self.closingLines) + behind
        return head.map { ($0, .head) } + opening.map { ($0, .opening) }
            + closing.map { ($0, .end) }
    }

    private static func isText(_ verdict: LineLabels.Verdict) -> Bool {
        switch verdict {
        case .keep(.caption): false
        case .keep: true
        case .title, .drop: false
        }
    }

    private static let openingLines = 3
    private static let closingLines = 4
    private static let linesBehind = 4
}
