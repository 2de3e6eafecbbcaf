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
        let own = interviewers()
        for sentence in text.sentenceTokens where citations.count < Self.citationsMax {
            for index in sentence {
                for (phrase, span) in sources(at: index, in: sentence) {
                    let entity = names.entityOfSpan[span]
                    guard !own.contains(entity), seen.insert(entity).inserted else { continue }
                    citations.append(
                        Citation(
                            text.range(phrase),
                            name: names.entities[entity].name,
                            entity: entity,
                            citing: chain(behind: phrase, sentence)
                        )
                    )
                }
            }
        }
        return Array(citations.prefix(Self.citationsMax))
    }

    // "Quill News reported, citing undisclosed official sources".
    private func chain(behind phrase: Range<Int>, _ sentence: Range<Int>) -> String? {
        let end = min(sentence.upperBound, phrase.upperBound + 2 * Self.chainTokensMax)
        let start = phrase.upperBound - 1
        guard start < end, !Self.citing.contains(text.tokens[phrase.lowerBound]),
            let citing = (start..<end).first(where: { Self.chain.contains(text.tokens[$0]) })
        else { return nil }
        let from = citing + 1
        let limit = min(sentence.upperBound, from + Self.chainTokensMax)
        let words = (from..<max(from, limit)).prefix {
            text.tokens[$0].kind != .mark && !Self.breaks.contains(text.tokens[$0])
        }
        return words.isEmpty ? nil : text.string(words)
    }

    /// Tokens of what a source cites, in one run without marks.
    private static let chainTokensMax = 12
    private static let chain = WordSet("citing")

    // The paper itself: "Quill News asked", "Quill News reached out to".
    private func interviewers() -> Set<Int> {
        var found: Set<Int> = []
        for (index, span) in names.spans.enumerated() {
            var verb = span.tokens.upperBound
            while verb < text.tokens.count, Self.aside.contains(text.tokens[verb]) { verb += 1 }
            guard verb < text.tokens.count, Self.asking.contains(text.tokens[verb]),
                isMedium(index)
            else { continue }
            found.insert(names.entityOfSpan[index])
        }
        return found
    }

    private func sources(at index: Int, in sentence: Range<Int>) -> [(Range<Int>, Int)] {
        let token = text.tokens[index]
        guard token.kind == .word else { return [] }
        if Self.citing.contains(token) {
            return list(behind: index, sentence) { isBody($0) && !hasSpokesman($0) }
        }
        if Self.told.contains(token) || isInterviewWith(index) {
            return one(behind: index, sentence) { isMedium($0) }
        }
        if let link = publishing(index, sentence) {
            return one(behind: link, sentence) { isBody($0) }
        }
        if isDocument(index, sentence) {
            let link = authorLink(index + 1, sentence)
            return one(behind: link, sentence) { isBody($0) && !hasSpokesman($0) }
        }
        if index == sentence.lowerBound, let issued = issued(index, sentence) { return issued }
        if Self.document.contains(token) || Self.medium.contains(token) {
            let found = described(index, sentence)
            // "reports" may be what the paper before it does.
            if !found.isEmpty || !Self.report.contains(token) { return found }
        }
        if Self.provider.contains(token), isCredit(index, sentence) {
            return list(behind: index, sentence) { isBody($0) }
        }
        if isIssuing(index, sentence) {
            return before(index, sentence, isReport: true)
        }
        if Self.report.contains(token) {
            return before(index, sentence, isReport: Self.onlyReport.contains(token))
        }
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
        var isClosed = false
        while !isClosed, let span = next(behind: from, sentence), accepts(span) {
            let tokens = names.spans[span].tokens
            guard !Self.near.contains(text.tokens[index]) || tokens.lowerBound <= index + 2 else {
                break
            }
            isClosed = !found.isEmpty && Self.and.contains(text.tokens[from + 1])
            found.append((index..<tokens.upperBound, span))
            from = tokens.upperBound - 1
            guard from + 1 < sentence.upperBound,
                text.tokens[from + 1].isMark(",") || Self.and.contains(text.tokens[from + 1])
            else { break }
        }
        // "according to Reuters, the Harbour Board": without "and" the comma ends the phrase.
        return isClosed ? found : Array(found.prefix(1))
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
        var span = names.firstSpanIndex(fromToken: index + 1)
        // "Quill University's Larch Institute", "Oslo-based network Quill News".
        while span + 1 < names.spans.count, leadsTo(span + 1, from: span) { span += 1 }
        guard span < names.spans.count else { return nil }
        let tokens = names.spans[span].tokens
        guard tokens.lowerBound <= index + Self.reachTokens,
            tokens.upperBound <= sentence.upperBound
        else { return nil }
        var between = text.tokens[(index + 1)..<tokens.lowerBound]
        // According to the "Quill Times," ...
        if between.last?.isDoubleQuote == true { between.removeLast() }
        return between.contains { Self.breaks.contains($0) || $0.isDoubleQuote } ? nil : span
    }

    private func leadsTo(_ next: Int, from span: Int) -> Bool {
        let between = names.spans[span].tokens.upperBound..<names.spans[next].tokens.lowerBound
        guard let first = between.first, between.count <= 4 else { return false }
        if text.tokens[first].shape.contains(.possessive) { return between.count == 1 }
        let type = names.spans[span].type
        let isMediumNoun = between.contains { Self.mediumNoun.contains(text.tokens[$0]) }
        return isMediumNoun && names.spans[next].type != .person
            && (between.count == 1 || type == .politicalPlace || type == .group)
            && !between.contains { text.tokens[$0].isMark(",") }
    }

    // "published on Thursday in", "published in": the token before the journal's name.
    private func publishing(_ index: Int, _ sentence: Range<Int>) -> Int? {
        guard Self.published.contains(text.tokens[index]) else { return nil }
        var link = index + 1
        while link < sentence.upperBound, link < index + Self.reachTokens,
            Self.when.contains(text.tokens[link]) || NameWords.calendar.contains(text.tokens[link])
                || text.tokens[link].kind == .number || Self.document.contains(text.tokens[link])
                || SpeechWords.determiner.contains(text.tokens[link])
        {
            link += 1
        }
        guard link < sentence.upperBound, Self.in.contains(text.tokens[link]) else { return nil }
        return link
    }

    // "In a statement released on Monday, the Harbour Board said": the body behind the comma.
    private func issued(_ start: Int, _ sentence: Range<Int>) -> [(Range<Int>, Int)]? {
        guard Self.in.contains(text.tokens[start]), start + 3 < sentence.upperBound,
            SpeechWords.determiner.contains(text.tokens[start + 1])
        else { return nil }
        let end = min(sentence.upperBound, start + 2 * Self.reachTokens)
        let noun = (start + 2..<min(end, start + 5)).first {
            Self.issuedDocument.contains(text.tokens[$0])
        }
        guard let noun, let comma = (noun + 1..<end).first(where: { text.tokens[$0].isMark(",") }),
            let span = next(behind: comma, sentence),
            names.spans[span].tokens.lowerBound <= comma + 2,
            names.entities[names.entityOfSpan[span]].type == .organisation, !hasSpokesman(span)
        else { return nil }
        return [(names.spans[span].tokens, span)]
    }

    // "Reuters reported", "The Quill Times first reported on Monday".
    private func before(
        _ index: Int,
        _ sentence: Range<Int>,
        isReport: Bool
    ) -> [(Range<Int>, Int)] {
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
        // "The Quill Times, citing officials, reported".
        if end > sentence.lowerBound, text.tokens[end].isMark(","),
            let comma = (max(sentence.lowerBound, end - 12)..<end).last(where: {
                text.tokens[$0].isMark(",")
            })
        {
            end = comma - 1
        }
        guard end >= sentence.lowerBound, let span = names.spanIndex(atToken: end),
            !isMember(span, sentence)
        else { return [] }
        guard isMedium(span) || isReport && isBody(span) else { return [] }
        return [(names.spans[span].tokens.lowerBound..<(index + 1), span)]
    }

    // "issued a statement", "said in a statement".
    private func isIssuing(_ index: Int, _ sentence: Range<Int>) -> Bool {
        var start = index + 1
        if Self.said.contains(text.tokens[index]) {
            guard start < sentence.upperBound, Self.in.contains(text.tokens[start]) else {
                return false
            }
            start += 1
        } else if !Self.issuing.contains(text.tokens[index]) {
            return false
        }
        guard start < sentence.upperBound, SpeechWords.determiner.contains(text.tokens[start])
        else { return false }
        return text.tokens[start..<min(start + 4, sentence.upperBound)].contains {
            Self.issuedDocument.contains($0)
        }
    }

    // "scientists from Quill University and Larch University reported": they, not where they work.
    private func isMember(_ span: Int, _ sentence: Range<Int>) -> Bool {
        var before = names.spans[span].start - 1
        while before > sentence.lowerBound {
            let token = text.tokens[before]
            if Self.member.contains(token) { return true }
            if let name = names.spanIndex(atToken: before) {
                before = names.spans[name].start - 1
            } else if Self.the.contains(token) || Self.and.contains(token) {
                before -= 1
            } else {
                return false
            }
        }
        return false
    }

    // "a study by Quill University", "data from the Harbour Board".
    private func isDocument(_ index: Int, _ sentence: Range<Int>) -> Bool {
        guard index + 1 < sentence.upperBound else { return false }
        return Self.document.contains(text.tokens[index])
            && Self.of.contains(text.tokens[authorLink(index + 1, sentence)])
    }

    // "a report on Wednesday by": the token behind the day.
    private func authorLink(_ start: Int, _ sentence: Range<Int>) -> Int {
        var link = start
        while link + 1 < sentence.upperBound, link < start + 3,
            Self.when.contains(text.tokens[link]) || NameWords.calendar.contains(text.tokens[link])
        {
            link += 1
        }
        return link
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

    private static let aside = WordSet("has have also had since then later first")
    /// What a paper does that has questions: it is the one that reports.
    private static let asking = WordSet(
        "asked asks interviewed interviews approached contacted reached sought caught sat"
    )
    private static let said = WordSet("said says confirmed announced")
    private static let issuing = WordSet("issued released issues releases")
    /// Words behind which the source stands at once.
    private static let near = WordSet("per cited cites citing")
    private static let when = WordSet("on last this late early yesterday today week month earlier")
    private static let member = WordSet("from of at by")
    static let the = WordSet("the")
    private static let issuedDocument = WordSet(
        "statement advisory report release bulletin notice filing memo update alert findings"
    )
    private static let citing = WordSet("according citing cited cites per via")
    private static let told = WordSet("told telling")
    static let document = WordSet(
        """
        report reports study analysis survey poll findings map release paper statement website
        estimate estimates data database figures statistics footage imagery images records
        """
    )
    private static let medium = WordSet("editor correspondent reporter journalist")
    static let mediumNoun = WordSet(
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
        """
        provided reported published released obtained seen compiled confirmed recorded quoted
        """
    )
    private static let via = WordSet("via")
    private static let with = WordSet("with by to on for")
    private static let interview = WordSet(
        """
        interview interviewed spoke speaking speaks remarks commented comments stated statement
        letter email e-mail talking talked described explained confirmed appeared
        """
    )
    private static let report = WordSet(
        """
        reported reports report said says wrote writes noted notes stated published revealed cited
        quoted called confirmed estimated
        """
    )
    private static let onlyReport = WordSet("reported reports published estimated")
    private static let and = WordSet("and or")
    static let breaks = WordSet("that said says who which")
}
