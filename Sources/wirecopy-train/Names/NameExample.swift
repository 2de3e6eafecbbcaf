import Foundation
import WirecopyEntities
import WirecopyMessages

/// A document as the trainer reads it: the answers of its tokens, and the labels that are right.
struct NameExample: Sendable {
    let document: NameDocument
    let questions: NameQuestions
    /// For each token a bit for each label that is right; most have one.
    private(set) var allowed: [UInt32]
    /// Names whose bounds are not those of tokens; they can neither be learned nor found.
    private(set) var unreachable = 0

    init(_ document: NameDocument, classes: WordClasses) throws {
        self.document = document
        questions = try NameQuestions(document.bytes, classes: classes)
        allowed = Array(repeating: 1, count: questions.tokens.count)
        let starts = Dictionary(
            questions.tokens.enumerated().map { ($1.start, $0) },
            uniquingKeysWith: { one, _ in one }
        )
        let ends = Dictionary(
            questions.tokens.enumerated().map { ($1.end, $0) },
            uniquingKeysWith: { one, _ in one }
        )
        for name in document.names {
            guard let start = starts[name.range.start], let end = ends[name.range.end], start <= end
            else {
                unreachable += 1
                ignore(name.range)
                continue
            }
            if document.takesTitlesForPersons, name.types == [0], questions.isTitle(start...end) {
                ignore(name.range)
                continue
            }
            for index in start...end {
                allowed[index] = name.types.reduce(0) { bits, type in
                    let label = index == start ? NameLabel.begin(type) : NameLabel.inside(type)
                    return bits | 1 << UInt32(label)
                }
            }
        }
        for range in document.unknown { ignore(range) }
    }

    /// Takes every label of a range's tokens as right: nothing is known of them.
    private mutating func ignore(_ range: TextRange) {
        var index = questions.tokens.partitioningIndex { $0.end > range.start }
        while index < questions.tokens.count, questions.tokens[index].start < range.end {
            allowed[index] = .max
            index += 1
        }
    }

    /// The names that a row of labels tells.
    func names(_ labels: [UInt8]) -> [NameDocument.Name] {
        questions.chains.flatMap { chain in
            NameLabel.spans(labels[chain]).map { offsets, type in
                let first = questions.tokens[chain.lowerBound + offsets.lowerBound]
                let last = questions.tokens[chain.lowerBound + offsets.upperBound - 1]
                return NameDocument.Name(
                    range: TextRange(first.start, last.end),
                    types: [type]
                )
            }
        }
    }

    /// The sentences as lines of JSON: tokens with coarse and fine labels, for other trainers.
    var labelledSentences: [String] {
        questions.sentences.enumerated().map { number, sentence in
            var writer = JSONWriter()
            let labels = sentence.map { token in
                allowed[token] == .max ? 0 : allowed[token].trailingZeroBitCount
            }
            func names(_ type: (Int) -> String) -> [String] {
                labels.map { label in
                    guard label > 0 else { return "O" }
                    return (NameLabel.isInside(label) ? "I-" : "B-") + type(NameLabel.type(label))
                }
            }
            writer.object { writer in
                writer.field("doc", document.id)
                writer.key("fine_tags")
                writer.array(names { NameLabel.types[$0].rawValue }) { $0.string($1) }
                writer.field("id", "\(document.id):\(number)")
                writer.key("ner_tags")
                writer.array(names { NameDocument.coarseNames[NameDocument.coarse($0)] }) {
                    $0.string($1)
                }
                writer.field("source", document.source)
                writer.key("tokens")
                writer.array(sentence.map { self.text(questions.tokens[$0]) }) { $0.string($1) }
            }
            return String(decoding: writer.bytes, as: UTF8.self)
        }
    }

    private func text(_ range: TextRange) -> String {
        String(decoding: document.bytes[range.start..<range.end], as: UTF8.self)
    }

    /// A line for each name that is missed, found where none is, or of another type.
    func errors(_ labels: [UInt8]) -> [String] {
        let found = Dictionary(names(labels).map { ($0.range, $0.types) }) { one, _ in one }
        let right = Dictionary(document.names.map { ($0.range, $0.types) }) { one, _ in one }
        return Set(found.keys).union(right.keys).sorted().compactMap { range in
            let wanted = right[range].map { Set($0.map(NameDocument.coarse)) }
            let given = found[range].map { Set($0.map(NameDocument.coarse)) }
            if let wanted, let given, !wanted.isDisjoint(with: given) { return nil }
            func string(_ types: Set<Int>?) -> String {
                types.map { types in
                    types.sorted().map { NameLabel.types[$0].rawValue }.joined(separator: "/")
                } ?? "-"
            }
            func text(_ start: Int, _ end: Int) -> String {
                let bytes = document.bytes[max(start, 0)..<min(end, document.bytes.count)]
                return String(decoding: bytes, as: UTF8.self)
                    .replacingOccurrences(of: "\n", with: "¶")
            }
            return [
                document.source, string(right[range]), string(found[range]),
                text(range.start - 60, range.start) + "[" + text(range.start, range.end) + "]"
                    + text(range.end, range.end + 40),
            ].joined(separator: "\t")
        }
    }
}

extension Array {
    /// Index of the first element of the second part; the elements must be parted.
    fileprivate func partitioningIndex(where isSecond: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isSecond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
