import WirecopyMessages

/// A text with its names and quotation marks: what the questions about quotations look at.
struct QuotedText {
    let text: AnalysedText
    let names: LinkedNames
    let lines: TextLines
    /// What stands between marks, in the text's order; spans of a line do not overlap.
    let spans: [QuotedSpan]
    /// For each name whether it stands inside of a quoted span of two words or more.
    let isQuoted: [Bool]
    /// For each name the index of its sentence.
    let sentences: [Int]
    /// For each entity its names, ascending.
    let mentions: [[Int]]
    /// For each entity what the text says about its gender.
    let genders: [PersonGender]

    /// Looks once over the names and the marks of a text.
    init(text: AnalysedText, names: LinkedNames) {
        self.text = text
        self.names = names
        let lines = TextLines(text)
        self.lines = lines
        let spans = QuotationMarkPairer(text: text, lines: lines).spans()
        self.spans = spans
        let isQuoted = Self.quoted(names, spans)
        self.isQuoted = isQuoted
        var sentences: [Int] = []
        var sentence = 0
        for span in names.spans {
            while sentence + 1 < text.sentenceTokens.count,
                text.sentenceTokens[sentence].upperBound <= span.tokens.lowerBound
            {
                sentence += 1
            }
            sentences.append(sentence)
        }
        self.sentences = sentences
        var mentions: [[Int]] = Array(repeating: [], count: names.entities.count)
        for (index, entity) in names.entityOfSpan.enumerated() { mentions[entity].append(index) }
        self.mentions = mentions
        genders = PersonGender.genders(of: names, isQuoted: isQuoted, in: text)
    }

    /// Whether a name is the first person whom its sentence names outside of quotation marks.
    func isFirstPerson(_ name: Int) -> Bool {
        guard names.spans[name].type == .person, !isQuoted[name] else { return false }
        var index = name - 1
        let last = max(-1, name - Self.namesBackMax)
        while index > last, sentences[index] == sentences[name] {
            if names.spans[index].type == .person, !isQuoted[index] { return false }
            index -= 1
        }
        return true
    }

    /// Names of one sentence that are looked at.
    private static let namesBackMax = 30

    private static func quoted(_ names: LinkedNames, _ spans: [QuotedSpan]) -> [Bool] {
        var isQuoted = Array(repeating: false, count: names.spans.count)
        for span in spans where span.content.count > 2 {
            var index = names.firstSpanIndex(fromToken: span.content.lowerBound)
            while index < names.spans.count,
                names.spans[index].tokens.lowerBound < span.content.upperBound
            {
                isQuoted[index] = true
                index += 1
            }
        }
        return isQuoted
    }
}
