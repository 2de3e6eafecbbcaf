/// Cuts the part of a text out in which most of what was looked for stands, with marks around it.
///
/// As FTS5's `snippet` does, for a database that has none like it.
struct Snippet {
    private let phrases: [(words: [String], isPrefix: Bool)]
    private let wordsMax: Int

    /// Looks for the phrases of a condition, to make snippets of `words` words, at least 1.
    init(_ condition: SearchCondition, words wordsMax: Int) {
        phrases = condition.phrases.map { phrase in
            (FoldedWords.of(phrase.text).map(\.folded), phrase.isPrefix)
        }.filter { !$0.0.isEmpty }
        self.wordsMax = wordsMax
    }

    /// The best part of some columns, the first of equals; the beginning of the first one that has
    /// words when none has a match.
    func text(of columns: [String]) -> String {
        let parts = columns.map { Column($0, phrases, wordsMax) }.filter { !$0.words.isEmpty }
        guard let first = parts.first else { return "" }
        let best = parts.dropFirst().reduce(first) { $1.best.score > $0.best.score ? $1 : $0 }
        return best.marked
    }

    /// A column with its matches and its best window.
    private struct Column {
        let text: [UInt8]
        let words: [FoldedWords.Word]
        /// Ranges of words that match, with the phrase, in order.
        let matches: [(words: Range<Int>, phrase: Int)]
        var best: (start: Int, score: Int) = (0, 0)
        let wordsMax: Int
        /// Matches around which a window is looked at; later ones are rarely better.
        private static let windowsMax = 64

        init(
            _ text: String,
            _ phrases: [(words: [String], isPrefix: Bool)],
            _ wordsMax: Int
        ) {
            self.text = Array(text.utf8)
            self.wordsMax = wordsMax
            words = FoldedWords.of(text)
            let found = words
            matches = words.indices.flatMap { start in
                phrases.enumerated().compactMap { index, phrase in
                    let range = start..<(start + phrase.words.count)
                    guard range.upperBound <= found.count,
                        zip(range, phrase.words).allSatisfy({ place, wanted in
                            let isLast = place == range.upperBound - 1
                            return phrase.isPrefix && isLast
                                ? found[place].folded.hasPrefix(wanted)
                                : found[place].folded == wanted
                        })
                    else { return nil }
                    return (range, index)
                }
            }
            for match in matches.prefix(Self.windowsMax) {
                let start = beginning(of: match.words)
                let score = score(from: start)
                if score > best.score { best = (start, score) }
            }
        }

        /// Where a window around a match begins: so that the match stands in its middle.
        private func beginning(of match: Range<Int>) -> Int {
            let room = max(0, wordsMax - match.count)
            let earliest = max(0, match.lowerBound - room / 2)
            let last = max(0, words.count - wordsMax)
            return min(earliest, last)
        }

        /// A phrase that occurs counts much, each further time a little.
        private func score(from start: Int) -> Int {
            var seen: Set<Int> = []
            return matches.reduce(0) { sum, match in
                guard match.words.lowerBound >= start,
                    match.words.upperBound <= start + wordsMax
                else { return sum }
                return sum + (seen.insert(match.phrase).inserted ? 1000 : 1)
            }
        }

        var marked: String {
            let end = min(words.count, best.start + wordsMax)
            let isWhole = (best.start == 0, end == words.count)
            var position = isWhole.0 ? 0 : words[best.start].range.lowerBound
            var parts = isWhole.0 ? "" : "…"
            var covered = best.start
            for match in matches where match.words.lowerBound >= covered {
                guard match.words.upperBound <= end else { continue }
                let start = words[match.words.lowerBound].range.lowerBound
                let stop = words[match.words.upperBound - 1].range.upperBound
                parts += part(position..<start) + SearchReport.markStart
                parts += part(start..<stop) + SearchReport.markEnd
                (position, covered) = (stop, match.words.upperBound)
            }
            let last = isWhole.1 ? text.count : words[end - 1].range.upperBound
            return parts + part(position..<max(position, last)) + (isWhole.1 ? "" : "…")
        }

        private func part(_ range: Range<Int>) -> String {
            String(decoding: text[range], as: UTF8.self)
        }
    }
}
