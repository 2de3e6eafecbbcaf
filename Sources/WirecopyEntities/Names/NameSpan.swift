import WirecopyMessages

/// A span of tokens that names something, before it is linked to an entity.
struct NameSpan: Equatable {
    /// How sure the type is: a weak one gives way to what the rest of the document says.
    enum Evidence: Int, Comparable {
        /// Only a name when the document has it elsewhere: "Guy" at a sentence's start.
        case doubtful
        case guess, weak, strong

        static func < (left: Evidence, right: Evidence) -> Bool { left.rawValue < right.rawValue }
    }

    /// The name's tokens, without titles.
    var tokens: Range<Int>
    /// What it names.
    var type: EntityType
    /// How sure the type is.
    var evidence: Evidence
    /// The titles directly before a person's name: "Secretary of State"; empty when there are none.
    var title: Range<Int>
    /// Whether only a list of names has it: the tagger had passed it over.
    var isListed = false

    /// Where it begins with its titles.
    var start: Int { title.isEmpty ? tokens.lowerBound : title.lowerBound }

    /// The span in a text of which this one's is a part that begins at a token.
    func moved(by offset: Int) -> NameSpan {
        var span = self
        span.tokens = (tokens.lowerBound + offset)..<(tokens.upperBound + offset)
        span.title = (title.lowerBound + offset)..<(title.upperBound + offset)
        return span
    }

    /// Makes a span without titles.
    init(_ tokens: Range<Int>, _ type: EntityType, _ evidence: Evidence) {
        self.tokens = tokens
        self.type = type
        self.evidence = evidence
        title = tokens.lowerBound..<tokens.lowerBound
    }
}

extension NameSpan {
    /// The spans of names that somebody else found, in the text's order.
    ///
    /// A name that holds no token, or one that an earlier name holds, is left out.
    static func spans(_ names: [Mention], in text: AnalysedText) -> [NameSpan] {
        var spans: [NameSpan] = []
        var token = 0
        for name in names.sorted(by: { $0.range < $1.range }) {
            while token < text.tokens.count, text.tokens[token].end <= name.range.start {
                token += 1
            }
            let first = token
            while token < text.tokens.count, text.tokens[token].start < name.range.end {
                token += 1
            }
            if first < token { spans.append(NameSpan(first..<token, name.type, .strong)) }
        }
        return spans
    }
}
