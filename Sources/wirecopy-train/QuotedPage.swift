import Foundation
import WirecopyEntities
import WirecopyMessages

/// A gold text as the models see it, with the right answers.
struct QuotedPage {
    let gold: GoldText
    let lesson: QuotationLesson
    /// For each span whether it is speech; `nil` where the readers did not mark it.
    let isSpoken: [Bool?]
    /// For each span that is speech who says it, in the readers' words.
    let speakers: [String?]
    private let canonicals: [(range: TextRange, name: String)]

    /// Reads a text with the detector's names, or with those that the readers marked.
    init(_ gold: GoldText, readersNames: Bool) throws {
        self.gold = gold
        let bytes = Array(gold.text.utf8)
        let offsets = CodePointOffsets(bytes)
        let names = (gold.entities ?? []).compactMap { name in
            Self.types[name.type].map {
                QuotationLesson.Name(
                    offsets.bytes(from: name.start, to: name.end),
                    $0,
                    canonical: name.canonical
                )
            }
        }
        canonicals = names.map { ($0.range, $0.canonical) }
        lesson = try QuotationLesson(bytes, names: readersNames ? names : nil)
        var marked: [TextRange: (isSpoken: Bool, speaker: String?)] = [:]
        for quote in gold.quotes {
            let range = Self.words(offsets.bytes(from: quote.start, to: quote.end), bytes)
            marked[range] = (quote.isSpoken, quote.speaker)
        }
        for span in gold.unspoken ?? [] {
            marked[Self.words(offsets.bytes(from: span.start, to: span.end), bytes)] = (false, nil)
        }
        let answers = lesson.ranges.map { marked[Self.words($0, bytes)] }
        isSpoken = answers.map { $0?.isSpoken }
        speakers = answers.map { $0?.speaker }
    }

    /// The spans that are speech.
    var spoken: [Int] { isSpoken.indices.filter { isSpoken[$0] == true } }

    /// Which candidates are the speaker of a span; the best fitting one first.
    func right(_ span: Int, _ candidates: [QuotationLesson.Candidate]) -> [Int] {
        guard let speaker = speakers[span] else { return [] }
        let named = candidates.indices.filter {
            Self.folded(candidates[$0].name) == Self.folded(speaker)
        }
        let meant = candidates.indices.filter { index in
            !named.contains(index) && canonical(candidates[index].mentions) == speaker
        }
        return named + meant
    }

    /// A line for each candidate of each span that is speech.
    var lines: [String] {
        var lines: [String] = []
        lesson.ask(spoken) { span, candidates in
            let right = right(span, candidates)
            for (index, candidate) in candidates.enumerated() {
                let mark = right.first == index ? "1" : right.contains(index) ? "2" : "0"
                let numbers = candidate.row.map { "\($0)" }.joined(separator: " ")
                lines.append(
                    [gold.id, "\(span)", mark, candidate.name, numbers].joined(separator: "\t")
                )
            }
            return right.first
        }
        return lines
    }

    /// A span between the words around it, on one line.
    func excerpt(_ span: Int) -> String {
        let bytes = Array(gold.text.utf8)
        let range = lesson.ranges[span]
        let before = bytes[max(0, range.start - 140)..<range.start]
        let behind = bytes[range.end..<min(bytes.count, range.end + 90)]
        let words = bytes[range.start..<range.end]
        return [Array(before), Array("[".utf8), Array(words.prefix(120)), Array("]".utf8)]
            .map { String(decoding: $0, as: UTF8.self) }.joined()
            .appending(String(decoding: behind, as: UTF8.self))
            .replacingOccurrences(of: "\n", with: "¶")
    }

    // What most of the mentions mean to the readers.
    private func canonical(_ mentions: [TextRange]) -> String? {
        var votes: [String: Int] = [:]
        for mention in mentions {
            for gold in canonicals where gold.range.overlaps(mention) {
                votes[gold.name, default: 0] += 1
            }
        }
        return votes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    /// A name in lower case and without its article.
    static func folded(_ name: String) -> String {
        let lower = name.lowercased()
        for article in ["the ", "a ", "an "] where lower.hasPrefix(article) {
            return String(lower.dropFirst(article.count))
        }
        return lower
    }

    // Without marks and spaces at either end, about which readers and machines differ.
    private static func words(_ range: TextRange, _ bytes: [UInt8]) -> TextRange {
        var (start, end) = (range.start, range.end)
        while start < end, !isWord(bytes[start]) { start += 1 }
        while end > start, !isWord(bytes[end - 1]) { end -= 1 }
        return TextRange(start, end)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
            || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private static let types: [String: EntityType] = [
        "PER": .person, "ORG": .organisation, "GPE": .politicalPlace, "LOC": .place,
        "FAC": .facility, "NORP": .group, "EVENT": .event, "PRODUCT": .product,
        "WEAPON": .weapon, "WORK": .work, "LAW": .law, "MISC": .other,
    ]
}
