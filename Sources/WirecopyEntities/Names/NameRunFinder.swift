/// A piece of capitalised text that may hold one name or several side by side.
struct NameRun: Equatable {
    var tokens: Range<Int>
    /// Whether the run stands in a line in which nearly every word has a capital.
    var isInHeadline: Bool
    /// Whether the first token's capital may be that of the sentence.
    var beginsSentence: Bool
}

/// Finds runs of capitalised words with the small words that hold names together.
struct NameRunFinder {
    /// Longest run; longer ones are lists or shouting and are cut here.
    static let runTokensMax = 16
    /// Share of capitalised words from which a line counts as a headline, in percent.
    private static let headlinePercent = 70
    /// Fewer words do not make a headline.
    private static let headlineWordsMin = 4

    let text: AnalysedText
    let lexicon: Lexicon

    /// The runs of one sentence, in order and not overlapping.
    func runs(in sentence: Range<Int>) -> [NameRun] {
        let isHeadline = isHeadline(sentence)
        var runs: [NameRun] = []
        var index = sentence.lowerBound
        while index < sentence.upperBound {
            guard begins(at: index, sentence) else {
                index += 1
                continue
            }
            let end = runEnd(from: index, limit: sentence.upperBound)
            runs.append(
                NameRun(
                    tokens: index..<end,
                    isInHeadline: isHeadline,
                    beginsSentence: beginsSentence(index, sentence)
                )
            )
            index = end
        }
        return runs
    }

    /// A capital says nothing at the start, behind a quotation mark, a colon or a bullet.
    private func beginsSentence(_ index: Int, _ sentence: Range<Int>) -> Bool {
        var before = index - 1
        while before >= sentence.lowerBound {
            let token = text.tokens[before]
            guard token.kind == .mark else { return false }
            if token.isDoubleQuote || token.isMark(":") || token.isMark(";") { return true }
            if token.isMark(",") || token.isMark(")") || token.isMark("]") { return false }
            before -= 1
        }
        return true
    }

    private func begins(at index: Int, _ sentence: Range<Int>) -> Bool {
        let token = text.tokens[index]
        if token.isCapitalised { return !isAffixed(token) && !isCurrency(index) }
        guard token.kind == .number, index + 1 < sentence.upperBound else { return false }
        // "2018 World Cup": a year in front of a capitalised word.
        return token.end - token.start == 4 && text.tokens[index + 1].isCapitalised
            && endsWithEvent(from: index + 1, limit: sentence.upperBound)
    }

    /// "Kurdish-led" and "Co-author" are common words with a name or a capital before the hyphen.
    private func isAffixed(_ token: Token) -> Bool {
        guard token.shape.contains(.hyphenated),
            let hyphen = text.bytes[token.start..<token.end].lastIndex(of: UInt8(ascii: "-")),
            hyphen + 1 < token.end
        else { return false }
        let hasLowerEnd = ByteClass.table[Int(text.bytes[hyphen + 1])] == .lower
        let hasLowerBeginning = !token.shape.contains(.capitalised) && hyphen - token.start > 2
        return (hasLowerEnd || hasLowerBeginning) && lexicon.senses(token).isEmpty
    }

    /// "US$5" is an amount.
    private func isCurrency(_ index: Int) -> Bool {
        guard index + 1 < text.tokens.count else { return false }
        let next = text.tokens[index + 1]
        return next.isMark("$") && !next.shape.contains(.spaceBefore)
    }

    private func endsWithEvent(from start: Int, limit: Int) -> Bool {
        var index = start
        while index < min(limit, start + Self.runTokensMax), text.tokens[index].isCapitalised {
            if NameWords.eventHead.contains(text.tokens[index]) { return true }
            index += 1
        }
        return false
    }

    private func runEnd(from start: Int, limit: Int) -> Int {
        let limit = min(limit, start + Self.runTokensMax)
        var end = start + 1
        while end < limit {
            let token = text.tokens[end]
            if token.isCapitalised, token.kind == .word, !isAffixed(token) {
                end += 1
            } else if let joined = joinedEnd(at: end, start: start, limit: limit) {
                end = joined
            } else {
                break
            }
        }
        return end
    }

    /// The end of a link such as "of the" or a number when it belongs to the run, or nil.
    private func joinedEnd(at index: Int, start: Int, limit: Int) -> Int? {
        let token = text.tokens[index]
        let previous = text.tokens[index - 1]
        if token.kind == .number {
            let names =
                NameWords.lawOpener.contains(previous)
                || NameWords.productOpener.contains(previous)
            return names ? index + 1 : nil
        }
        guard index + 1 < limit else { return nil }
        let next = text.tokens[index + 1]
        if token.shape.contains(.possessive) {
            let joins =
                lexicon.isCommon(previous) && next.isCapitalised
                && endsWithBody(from: index + 1, limit: limit)
            return joins ? index + 1 : nil
        }
        if token.kind == .mark, Mark.isSingleQuote(UInt32(truncatingIfNeeded: token.folded)) {
            // "Kurdistan Workers' Party"
            let joins =
                !token.shape.contains(.spaceBefore) && next.shape.contains(.spaceBefore)
                && text.bytes[previous.end - 1] == UInt8(ascii: "s") && next.isCapitalised
                && endsWithBody(from: index + 1, limit: limit)
            return joins ? index + 1 : nil
        }
        if token.isMark("&") { return next.isCapitalised ? index + 1 : nil }
        if Self.link.contains(token) || Self.on.contains(token) && Self.committee.contains(previous)
        {
            return linkEnd(at: index, start: start, limit: limit)
        }
        if Self.and.contains(token) {
            return joinsAnd(at: index, start: start, limit: limit) ? index + 1 : nil
        }
        if NameWords.particle.contains(token),
            next.isCapitalised || NameWords.particle.contains(next)
        {
            return index + 1
        }
        return nil
    }

    /// "of", "of the" and "for" hold a name together behind a word that opens one.
    private func linkEnd(at index: Int, start: Int, limit: Int) -> Int? {
        let head = text.tokens[index - 1]
        let opens =
            NameWords.bodyOpener.contains(head) || NameWords.bodyHead.contains(head)
            || NameWords.lawHead.contains(head) && index - start < 2
            || NameWords.eventOpener.contains(head) || NameWords.placeOpener.contains(head)
            || Self.formal.contains(head) || Self.office.contains(head)
        guard opens else { return nil }
        var next = index + 1
        if Self.the.contains(text.tokens[next]), next + 1 < limit { next += 1 }
        let token = text.tokens[next]
        guard token.isCapitalised, !NameWords.calendar.contains(token) else { return nil }
        return next
    }

    private func joinsAnd(at index: Int, start: Int, limit: Int) -> Bool {
        guard text.tokens[index + 1].isCapitalised else { return false }
        let previous = text.tokens[index - 1]
        let hasLink = text.tokens[start..<index].contains { Self.link.contains($0) }
        if hasLink {
            // "Ministry of Trade and Industry", not "University of Quill and Larch Council".
            return lexicon.isCommon(text.tokens[index + 1])
        }
        return !NameWords.bodyHead.contains(previous) && lexicon.isCommon(previous)
            && lexicon.isCommon(text.tokens[index + 1])
            && endsWithBody(from: index + 1, limit: limit)
    }

    private func endsWithBody(from start: Int, limit: Int) -> Bool {
        var index = start
        while index < limit, text.tokens[index].isCapitalised {
            if NameWords.bodyHead.contains(text.tokens[index]) { return true }
            index += 1
        }
        return false
    }

    /// Whether nearly every long word of the sentence has a capital, and no period ends it.
    func isHeadline(_ sentence: Range<Int>) -> Bool {
        guard let first = text.tokens[sentence].first, let last = text.tokens[sentence].last,
            !first.isMark("("), !last.isMark(".")
        else { return false }
        var words = 0
        var capitals = 0
        for token in text.tokens[sentence] where token.kind == .word {
            guard token.end - token.start > 3 else { continue }
            words += 1
            if token.isCapitalised { capitals += 1 }
        }
        return words >= Self.headlineWordsMin && capitals * 100 >= words * Self.headlinePercent
    }

    private static let link = WordSet("of for")
    private static let on = WordSet("on")
    private static let committee = WordSet("committee commission council conference")
    private static let and = WordSet("and")
    private static let the = WordSet("the")
    private static let formal = WordSet("republic kingdom city state commonwealth district")
    private static let office = WordSet(
        "secretary minister chief president governor mayor king queen"
    )
}
