package import WirecopyMessages

/// A text as `wirecopy-train quotations` learns from it: what the models are asked about each span,
/// with the answers left to the caller.
package struct QuotationLesson {
    /// A name that a reader marked.
    package struct Name {
        /// Its bytes.
        package let range: TextRange
        /// What it names.
        package let type: EntityType
        /// What the readers call the entity.
        package let canonical: String

        /// Makes a name.
        package init(_ range: TextRange, _ type: EntityType, canonical: String) {
            self.range = range
            self.type = type
            self.canonical = canonical
        }
    }

    /// A candidate for having said an utterance.
    package struct Candidate {
        /// The name or description that would be given.
        package let name: String
        /// Where it is mentioned; empty for a description.
        package let mentions: [TextRange]
        /// What the model is told of it.
        package let row: [Float]
    }

    private let finder: QuotationFinder
    private let utterances: [Utterance]
    /// The bytes of each span with its marks.
    package let ranges: [TextRange]
    /// For each span what the model is told when asked whether it is speech.
    package let spokenRows: [[Float]]

    /// Reads a text with the names that the shipped detector finds, or with those of a reader.
    ///
    /// - Throws: `EntityFailure` when a resource is missing or broken.
    package init(_ bytes: [UInt8], names: [Name]? = nil) throws(EntityFailure) {
        let text = AnalysedText(bytes)
        let lexicon = try Lexicon.shipped()
        let detector = MentionDetector(lexicon: lexicon, model: try .shipped())
        let spans = names.map { Self.spans($0, text) } ?? detector.mentions(in: text)
        var linked = EntityLinker(text: text, lexicon: lexicon).link(spans)
        if let names { linked = Self.linked(linked, names, text) }
        let quoted = QuotedText(text: text, names: linked)
        finder = QuotationFinder(quoted, try .untrained())
        utterances = finder.utterances()
        ranges = quoted.spans.indices.map(finder.range)
        spokenRows = SpokenNumbers(quoted).rows(utterances)
    }

    /// What the model is asked about who said some of the spans, in the text's order.
    ///
    /// - Parameters:
    ///   - spans: indices into `ranges`, ascending: those that are speech.
    ///   - answer: which candidate said a span; the question after it builds on that.
    package func ask(_ spans: [Int], answer: (Int, [Candidate]) -> Int?) {
        let quoted = finder.quoted
        let resolver = SpeakerResolver(quoted: quoted)
        let numbers = SpeakerNumbers(quoted: quoted, resolver: resolver)
        _ = SpeakerFinder(numbers: numbers).speakers(of: spans.map { utterances[$0] }) {
            question,
            index in
            let candidates = zip(question.candidates, question.rows).map { candidate, row in
                Candidate(
                    name: resolver.speaker(candidate).name,
                    mentions: mentions(of: candidate),
                    row: row
                )
            }
            return answer(spans[index], candidates)
        }
    }

    private func mentions(of candidate: SpeakerCandidate) -> [TextRange] {
        guard case .entity(let entity) = candidate else { return [] }
        let names = finder.quoted.names
        return names.spans.indices.filter { names.entityOfSpan[$0] == entity }
            .map { finder.quoted.text.range(names.spans[$0].tokens) }
    }

    // MARK: - Names of a reader

    private static func spans(_ names: [Name], _ text: AnalysedText) -> [NameSpan] {
        var spans: [NameSpan] = []
        var token = 0
        for name in names.sorted(by: { $0.range < $1.range }) {
            while token < text.tokens.count, text.tokens[token].end <= name.range.start {
                token += 1
            }
            var end = token
            while end < text.tokens.count, text.tokens[end].start < name.range.end { end += 1 }
            guard end > token else { continue }
            spans.append(NameSpan(token..<end, name.type, .strong))
            token = end
        }
        return spans
    }

    private static func linked(
        _ linked: LinkedNames,
        _ names: [Name],
        _ text: AnalysedText
    ) -> LinkedNames {
        var linked = linked
        let old = linked
        linked.entities = []
        linked.titleWords = []
        var known: [String: Int] = [:]
        for (index, span) in old.spans.enumerated() {
            let range = text.range(span.tokens)
            let name = names.first { $0.range.overlaps(range) }
            let canonical = name?.canonical ?? text.string(range)
            let entity = known[canonical] ?? linked.entities.count
            if entity == linked.entities.count {
                known[canonical] = entity
                linked.entities.append(Entity(name: canonical, type: span.type))
                linked.titleWords.append([])
            }
            linked.titleWords[entity].formUnion(old.titleWords[old.entityOfSpan[index]])
            linked.entityOfSpan[index] = entity
        }
        return linked
    }
}
