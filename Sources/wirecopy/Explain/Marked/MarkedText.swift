import WirecopyMessages

/// A main text cut where something begins or ends that was found in it.
struct MarkedText: Sendable, Equatable {
    /// Words with everything that they belong to; indexes into the lists of the article.
    struct Run: Sendable, Equatable {
        var text: String
        var mention: Int?
        /// Entity for which the words stand as a role.
        var role: Int?
        var value: Int?
        var quotation: Int?
        var citation: Int?
        /// Whether the quotation ends with these words.
        var endsQuotation = false
    }

    /// What can be marked.
    private enum Mark: Hashable {
        case mention(Int)
        case role(Int)
        case value(Int)
        case quotation(Int)
        case citation(Int)
    }

    /// The runs of each paragraph.
    let paragraphs: [[Run]]

    /// Cuts an article's main text; time grows with its length and the number of marks.
    init(_ article: AnnotatedArticle) {
        let text = Array(article.article.mainText.utf8)
        var edges: [(byte: Int, isStart: Bool, mark: Mark, count: Int)] = []
        func add(_ range: TextRange, _ mark: Mark) {
            guard range.start < range.end, range.end <= text.count else { return }
            edges.append((range.start, true, mark, range.count))
            edges.append((range.end, false, mark, range.count))
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
        // Ends before beginnings, so that neighbours do not overlap.
        edges.sort { ($0.byte, $0.isStart ? 1 : 0) < ($1.byte, $1.isStart ? 1 : 0) }
        var paragraphs: [[Run]] = []
        var next = edges[...]
        var open: [(mark: Mark, count: Int)] = []
        var byte = 0
        for paragraph in article.article.paragraphs {
            let end = byte + paragraph.text.utf8.count
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
            paragraphs.append(runs)
            byte = end + 2
        }
        self.paragraphs = paragraphs
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
