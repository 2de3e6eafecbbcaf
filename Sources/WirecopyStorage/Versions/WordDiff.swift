/// What changed between two texts, word by word within the paragraphs that changed.
///
/// Paragraphs are compared first (Myers 1986, as the standard library has it), then the words of
/// those between two that stayed; so that a paragraph that was moved is removed and added.
enum WordDiff {
    /// Words on either side of a change that are compared one by one. More are told as replaced:
    /// the work grows with the square of what differs.
    static let wordsMax = 1000
    /// Paragraphs that are compared one by one.
    static let paragraphsMax = 2000

    /// Compares two texts whose paragraphs are separated by empty lines.
    static func paragraphs(_ old: [String], _ new: [String]) -> [VersionDiff.Paragraph] {
        groups(old, new, most: paragraphsMax).flatMap { group in
            switch group {
            case .kept(let paragraphs):
                paragraphs.map { VersionDiff.Paragraph(pieces: [.init(kind: .kept, text: $0)]) }
            case .changed(let old, let new): changed(old, new)
            }
        }
    }

    /// Compares two lines of words.
    static func pieces(_ old: String, _ new: String) -> [VersionDiff.Piece] {
        groups(words(old), words(new), most: wordsMax).flatMap { group -> [VersionDiff.Piece] in
            switch group {
            case .kept(let words): return [piece(.kept, words)]
            case .changed(let old, let new):
                return [piece(.removed, old), piece(.added, new)].filter { !$0.text.isEmpty }
            }
        }
    }

    /// Paragraphs that took each other's places, one beside the other as long as there are both.
    private static func changed(_ old: [String], _ new: [String]) -> [VersionDiff.Paragraph] {
        (0..<max(old.count, new.count)).map { index in
            let removed = old.indices.contains(index) ? old[index] : ""
            let added = new.indices.contains(index) ? new[index] : ""
            return VersionDiff.Paragraph(pieces: pieces(removed, added))
        }
    }

    private static func piece(_ kind: VersionDiff.Kind, _ words: [Substring]) -> VersionDiff.Piece {
        VersionDiff.Piece(kind: kind, text: words.joined(separator: " "))
    }

    private static func words(_ text: String) -> [Substring] {
        text.split(whereSeparator: \.isWhitespace)
    }

    private enum Group<Element> {
        case kept([Element])
        case changed(old: [Element], new: [Element])
    }

    private static func groups<Element: Hashable>(
        _ old: [Element],
        _ new: [Element],
        most: Int
    ) -> [Group<Element>] {
        let head = zip(old, new).prefix { $0 == $1 }.count
        let tail = zip(old.dropFirst(head).reversed(), new.dropFirst(head).reversed())
            .prefix { $0 == $1 }.count
        let (oldRest, newRest) = (old[head..<old.count - tail], new[head..<new.count - tail])
        let isLong = oldRest.count > most || newRest.count > most
        let middle =
            isLong ? [.changed(old: Array(oldRest), new: Array(newRest))] : walk(oldRest, newRest)
        return ([.kept(Array(old.prefix(head)))] + middle + [.kept(Array(old.suffix(tail)))])
            .filter { group in
                switch group {
                case .kept(let elements): !elements.isEmpty
                case .changed(let old, let new): !old.isEmpty || !new.isEmpty
                }
            }
    }

    private static func walk<Element: Hashable>(
        _ old: ArraySlice<Element>,
        _ new: ArraySlice<Element>
    ) -> [Group<Element>] {
        let (old, new) = (Array(old), Array(new))
        var (removed, inserted) = (Set<Int>(), Set<Int>())
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var groups: [Group<Element>] = []
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            let (oldStart, newStart) = (left, right)
            while removed.contains(left) { left += 1 }
            while inserted.contains(right) { right += 1 }
            if left > oldStart || right > newStart {
                groups.append(
                    .changed(old: Array(old[oldStart..<left]), new: Array(new[newStart..<right]))
                )
            }
            let keptStart = left
            while left < old.count, !removed.contains(left), !inserted.contains(right) {
                (left, right) = (left + 1, right + 1)
            }
            if left > keptStart { groups.append(.kept(Array(old[keptStart..<left]))) }
        }
        return groups
    }
}
