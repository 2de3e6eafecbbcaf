import WirecopyMessages
import WirecopyStorage

/// What changed between two versions, as a person reads it on a terminal.
struct DiffScreen {
    private let diff: VersionDiff
    private let text: ScreenText

    /// Prepares a comparison for lines of a terminal.
    init(_ diff: VersionDiff, _ text: ScreenText) {
        self.diff = diff
        self.text = text
    }

    /// The lines; paragraphs that stayed are counted, but for those beside a change.
    var lines: [String] {
        let versions = [diff.from, diff.to].map { version in
            "version \(version.n)  \(Day.minute(milliseconds: version.fetchedAtMs))"
        }
        let notes = diff.to.corrections.filter { !diff.from.corrections.contains($0) }
        return [Terminal.safe(diff.url), versions.joined(separator: "  →  "), ""]
            + paragraph(diff.title, .bold) + [""] + body
            + notes.flatMap { ["", text.heading("Note")] + wrapped($0) }
    }

    private var body: [String] {
        var lines: [String] = []
        var skipped = 0
        for index in diff.paragraphs.indices {
            let isNear = (max(0, index - 1)...min(diff.paragraphs.count - 1, index + 1))
                .contains { diff.paragraphs[$0].isChanged }
            guard isNear else {
                skipped += 1
                continue
            }
            lines += told(skipped)
            skipped = 0
            lines += paragraph(diff.paragraphs[index].pieces, nil) + [""]
        }
        return lines + told(skipped)
    }

    private func told(_ skipped: Int) -> [String] {
        skipped == 0 ? [] : [text.styled("… \(Quantity.count(skipped, "paragraph"))", .faint), ""]
    }

    private func paragraph(
        _ pieces: [VersionDiff.Piece],
        _ style: ScreenText.Style?
    ) -> [String] {
        text.wrapped(pieces.flatMap { marked($0, style) }, indent: 0)
    }

    private func marked(
        _ piece: VersionDiff.Piece,
        _ style: ScreenText.Style?
    ) -> [ScreenText.Word] {
        var words = Terminal.safe(piece.text).split(separator: " ").map(String.init)
        guard let last = words.indices.last else { return [] }
        if piece.kind != .kept, !text.isColoured {
            let (open, close) = piece.kind == .removed ? ("[-", "-]") : ("{+", "+}")
            words[0] = open + words[0]
            words[last] += close
        }
        let styles: [ScreenText.Style] =
            switch piece.kind {
            case .kept: style.map { [$0] } ?? []
            case .removed: [.red]
            case .added: [.green, .bold]
            }
        return words.map { ScreenText.Word(text: $0, styles: styles) }
    }

    private func wrapped(_ note: String) -> [String] {
        text.wrapped(Terminal.safe(note), indent: 0)
    }
}
