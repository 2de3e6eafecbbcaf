import WirecopyMessages

/// Finds the outlets, agencies and bodies on which a report rests; each source once.
struct CitationFinder {
    /// Sources that are kept; an article names a dozen at most.
    static let citationsMax = 200
    /// Tokens between the citing words and the source's name.
    private static let reachTokens = 6

    let text: AnalysedText
    let names: LinkedNames
    let lexicon: Lexicon

    /// The citations in the text's order.
    func citations() -> [Citation] {
        var citations: [Citation] = []
        var seen: Set<Int> = []
        for sentence in text.sentenceTokens where citations.count < Self.citationsMax {
            for index in sentence {
                for (phrase, span) in sources(at: index, in: sentence) {
                    let entity = names.entityOfSpan[span]
                    guard seen.insert(entity).inserted else { continue }
                    let name = names.entities[entity].name
                    citations.append(Citation(text.range(phrase), name: name, entity: entity))
                }
            }
        }
        return Array(citations.prefix(Self.citationsMax))
    }

    private func sources(at index: Int, in sentence: Range<Int>) -> [(Range<Int>, Int)] {
        let token = text.tokens[index]
        guard token.kind == .word else { return [] }
        if Self.citing.contains(token) {
            return list(behind: index, sentence) { isBody($0) }
        }
        if Self.told.contains(token) || isInterviewWith(index) {
            return one(behind: index, sentence) { isMedium($0) }
        }
        if isDocument(index, sentence) {
            return one(behind: index + 1, sentence) { isBody($0) }
        }
        if Self.document.contains(token) || Self.medium.contains(token) {
            return described(index, sentence)
        }
        if Self.provider.contains(token), isCredit(index, sentence) {
            return list(behind: index, sentence) { isBody($0) }
        }
        if Self.report.contains(token) { return before(index, sentence) }
        return []
    }

    // "according to Reuters", "citing Reuters and The Quill Times".
    private func list(
        behind index: Int,
        _ sentence: Range<Int>,
        _ accepts: (Int) -> Bool
    ) -> [(Range<Int>, Int)] {
        var found: [(Range<Int>, Int)] = []
        var from = index
        while let span = next(behind: from, sentence), accepts(span) {
            found.append((index..<names.spans[span].tokens.upperBound, span))
            from = names.spans[span].tokens.upperBound - 1
            guard from + 1 < sentence.upperBound,
                text.tokens[from + 1].isMark(",") || Self.and.contains(text.tokens[from + 1])
            else { break }
        }
        return found
    }

    private func one(
        behind index: Int,
        _ sentence: Range<Int>,
        _ accepts: (Int) -> Bool
    ) -> [(Range<Int>, Int)] {
        guard let span = next(behind: index, sentence), accepts(span) else { return [] }
        return [(index..<names.spans[span].tokens.upperBound, span)]
    }

    private func next(behind index: Int, _ sentence: Range<Int>) -> Int? {
        let span = names.firstSpanIndex(fromToken: index + 1)
        guard span < names.spans.count else { return nil }
        let tokens = names.spans[span].tokens
        guard tokens.lowerBound <= index + Self.reachTokens,
            tokens.upperBound <= sentence.upperBound
        else { return nil }
        let between = text.tokens[(index + 1)..<tokens.lowerBound]
        return between.contains { Self.breaks.contains($0) || $0.isDoubleQuote } ? nil : span
    }

    // "Reuters reported", "The Quill Times first reported on Monday".
    private func before(_ index: Int, _ sentence: Range<Int>) -> [(Range<Int>, Int)] {
        var end = index - 1
        while end >= sentence.lowerBound,
            SpeechWords.betweenSubjectAndVerb.contains(text.tokens[end])
        {
            end -= 1
        }
        if end >= sentence.lowerBound, text.tokens[end].isMark(")") {
            while end > sentence.lowerBound, !text.tokens[end].isMark("(") { end -= 1 }
            end -= 1
        } else if end > sentence.lowerBound, text.tokens[end].isDoubleQuote {
            end -= 1
        }
        guard end >= sentence.lowerBound, let span = names.spanIndex(atToken: end) else {
            return []
        }
        let isReport = Self.onlyReport.contains(text.tokens[index])
        guard isMedium(span) || isReport && isBody(span) else { return [] }
        return [(names.spans[span].tokens.lowerBound..<(index + 1), span)]
    }

    // "a study by Quill University", "published in Nature".
    private func isDocument(_ index: Int, _ sentence: Range<Int>) -> Bool {
        guard index + 1 < sentence.upperBound else { return false }
        let link = text.tokens[index + 1]
        if Self.document.contains(text.tokens[index]) { return Self.of.contains(link) }
        return Self.published.contains(text.tokens[index]) && Self.in.contains(link)
    }

    // "the Quill Institute report", "according to the Quill Times editor".
    private func described(_ noun: Int, _ sentence: Range<Int>) -> [(Range<Int>, Int)] {
        guard noun > sentence.lowerBound, let span = names.spanIndex(atToken: noun - 1),
            names.spans[span].tokens.upperBound == noun, isBody(span)
        else { return [] }
        return [(names.spans[span].tokens.lowerBound..<(noun + 1), span)]
    }

    private func isInterviewWith(_ index: Int) -> Bool {
        index > 0 && Self.with.contains(text.tokens[index])
            && Self.interview.contains(text.tokens[index - 1])
    }

    // "(Photo by Ada Quill/AFP via Getty Images)", "information was provided by Reuters".
    private func isCredit(_ index: Int, _ sentence: Range<Int>) -> Bool {
        if Self.via.contains(text.tokens[index]) { return true }
        return index > sentence.lowerBound && Self.provided.contains(text.tokens[index - 1])
    }

    private func isBody(_ span: Int) -> Bool {
        let entity = names.entities[names.entityOfSpan[span]]
        return entity.type == .organisation || entity.type == .work || isMedium(span)
    }

    private func isMedium(_ span: Int) -> Bool {
        let tokens = names.spans[span].tokens
        // "the newspaper Quill Times".
        let before = tokens.lowerBound - 1
        if before >= 0, Self.mediumNoun.contains(text.tokens[before]) { return true }
        let match = lexicon.longestMatch(
            text.tokens,
            from: tokens.lowerBound,
            limit: tokens.upperBound
        )
        if let match, match.tokens == tokens, match.senses.contains(.medium) { return true }
        guard tokens.count > 1 else { return false }
        return Self.mediumHead.contains(text.tokens[tokens.upperBound - 1])
    }

    private static let citing = WordSet("according citing cited cites per via")
    private static let told = WordSet("told telling")
    private static let document = WordSet(
        "report study analysis survey poll findings map release paper statement website"
    )
    private static let medium = WordSet("editor correspondent reporter journalist")
    private static let mediumNoun = WordSet(
        """
        newspaper daily weekly agency channel broadcaster station magazine tabloid journal network
        outlet service programme
        """
    )
    private static let published = WordSet("published")
    private static let of = WordSet("by from of")
    private static let `in` = WordSet("in")
    private static let provider = WordSet("by via")
    private static let provided = WordSet(
        "provided reported published released obtained seen compiled"
    )
    private static let via = WordSet("via")
    private static let with = WordSet("with by to on")
    private static let interview = WordSet("interview interviewed spoke speaking remarks")
    private static let report = WordSet(
        """
        reported reports report said says wrote writes noted notes stated published revealed cited
        quoted called confirmed estimated
        """
    )
    private static let onlyReport = WordSet("reported reports published estimated")
    private static let and = WordSet("and")
    private static let breaks = WordSet("that said says who which")
    private static let mediumHead = WordSet(
        """
        times post herald tribune journal gazette telegraph news press television tv radio magazine
        agency guardian chronicle daily
        """
    )
}
