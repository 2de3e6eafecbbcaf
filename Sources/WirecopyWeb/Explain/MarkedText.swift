package import WirecopyMessages

/// A main text cut where something begins or ends that was found in it.
package struct MarkedText: Sendable, Equatable {
    /// Words with everything that they belong to; indexes into the lists of the article.
    package struct Run: Sendable, Equatable {
        /// The words.
        package var text: String
        /// The mention that they are a part of.
        package var mention: Int?
        /// Entity for which the words stand as a role.
        package var role: Int?
        /// The value that they are a part of.
        package var value: Int?
        /// The statement that they are a part of.
        package var quotation: Int?
        /// The citation that they are a part of.
        package var citation: Int?
        /// Whether the quotation ends with these words.
        package var endsQuotation = false
    }

    /// What can be marked, by its index in the lists of the article.
    package enum Mark: Hashable, Sendable {
        /// Words that name something.
        case mention(Int)
        /// Words that stand for somebody.
        case role(Int)
        /// A date, sum or quantity.
        case value(Int)
        /// A statement.
        case quotation(Int)
        /// Words that cite a source.
        case citation(Int)
    }

    /// The runs of each paragraph.
    package let paragraphs: [[Run]]

    private struct Edge {
        let byte: Int
        let isStart: Bool
        let mark: Mark
        let count: Int
    }

    /// Cuts a text; time grows with its length and the number of marks.
    ///
    /// - Parameters:
    ///   - text: the text in UTF-8.
    ///   - paragraphs: the places of its paragraphs, in their order; bytes outside are left out.
    ///   - marks: what is marked; a range that is empty or lies outside of the text is passed over.
    package init(
        _ text: [UInt8],
        paragraphs: [Range<Int>],
        marks: [(range: Range<Int>, mark: Mark)]
    ) {
        var next = Self.edges(marks, of: text)[...]
        var open: [(mark: Mark, count: Int)] = []
        self.paragraphs = paragraphs.map { paragraph in
            let end = min(paragraph.upperBound, text.count)
            var byte = min(paragraph.lowerBound, end)
            var runs: [Run] = []
            while byte < end {
                while let edge = next.first, edge.byte <= byte {
                    next.removeFirst()
                    if edge.isStart {
                        open.append((edge.mark, edge.count))
                    } else {
                        open.removeAll { $0.mark == edge.mark }
                    }
                }
                let stop = min(end, next.first?.byte ?? end)
                runs.append(Self.run(text[byte..<stop], open))
                byte = stop
            }
            Self.markEnds(&runs)
            return runs
        }
    }

    /// Cuts an article's main text.
    package init(_ article: AnnotatedArticle) {
        var marks: [(range: Range<Int>, mark: Mark)] = []
        func add(_ range: TextRange, _ mark: Mark) {
            guard range.start < range.end else { return }
            marks.append((range.start..<range.end, mark))
        }
        for (index, mention) in article.mentions.enumerated() {
            add(mention.range, .mention(index))
        }
        for (index, entity) in article.entities.enumerated() {
            for role in entity.roles { add(role.range, .role(index)) }
        }
        for (index, value) in article.values.enumerated() { add(value.range, .value(index)) }
        for (index, quotation) in article.quotations.enumerated() {
            add(quotation.range, .quotation(index))
        }
        for (index, citation) in article.citations.enumerated() {
            add(citation.range, .citation(index))
        }
        var byte = 0
        let paragraphs = article.article.paragraphs.map { paragraph in
            let range = byte..<byte + paragraph.text.utf8.count
            byte = range.upperBound + 2
            return range
        }
        self.init(Array(article.article.mainText.utf8), paragraphs: paragraphs, marks: marks)
    }

    private static func edges(
        _ marks: [(range: Range<Int>, mark: Mark)],
        of text: [UInt8]
    ) -> [Edge] {
        let kept = marks.filter {
            !$0.range.isEmpty && $0.range.lowerBound >= 0 && $0.range.upperBound <= text.count
        }
        let edges = kept.flatMap { range, mark in
            [
                Edge(byte: range.lowerBound, isStart: true, mark: mark, count: range.count),
                Edge(byte: range.upperBound, isStart: false, mark: mark, count: range.count),
            ]
        }
        // Ends before beginnings, so that neighbours do not overlap.
        return edges.sorted { ($0.byte, $0.isStart ? 1 : 0) < ($1.byte, $1.isStart ? 1 : 0) }
    }

    /// Of marks of one kind the shortest is shown: a quotation inside of reported speech.
    private static func run(
        _ bytes: ArraySlice<UInt8>,
        _ open: [(mark: Mark, count: Int)]
    ) -> Run {
        var run = Run(text: String(decoding: bytes, as: UTF8.self))
        for (mark, _) in open.sorted(by: { $0.count > $1.count }) {
            switch mark {
            case .mention(let index): run.mention = index
            case .role(let index): run.role = index
            case .value(let index): run.value = index
            case .quotation(let index): run.quotation = index
            case .citation(let index): run.citation = index
            }
        }
        return run
    }

    private static func markEnds(_ runs: inout [Run]) {
        for index in runs.indices where runs[index].quotation != nil {
            let isLast = index + 1 == runs.count
            runs[index].endsQuotation =
                isLast || runs[index + 1].quotation != runs[index].quotation
        }
    }
}
