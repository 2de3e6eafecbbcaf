import WirecopyMessages

/// Finds the words that stand for a person by an office: before the name ("U.S. Secretary of State
/// Ada Quill"), in apposition ("Ada Quill, the head of the board,"), and alone ("the top U.S.
/// diplomat").
///
/// A description alone means the one person of the text with this office; of several, the one who
/// was named in the sentences just before.
struct RoleFinder {
    /// Roles of one entity that are kept.
    static let rolesMax = 50
    /// Tokens of an apposition.
    private static let appositionTokensMax = 14
    /// Words of a description: "the former deputy U.S. secretary of state".
    private static let descriptionTokensMax = 7
    /// Offices with one word that are compared; an article has a dozen presidents at most.
    private static let sharingMax = 32
    /// Names before a description that are looked at.
    private static let namesBackMax = 200
    /// Sentences before a description in which the bearer of a shared office was named.
    private static let sentencesBack = 2

    /// An office of a person.
    private struct Office: Equatable {
        let entity: Int
        /// First token of the name beside which it stood.
        let since: Int
        /// Folded hashes of its words: "foreign", "minister".
        var words: Set<UInt64> = []
        /// The countries beside it, as the lists number them.
        var countries: Set<Int32> = []
    }

    let text: AnalysedText
    let names: LinkedNames
    let lexicon: Lexicon

    private var descriptions: DescriptionFinder { DescriptionFinder(text: text, names: names) }

    /// For each entity the roles of the text, in its order.
    func roles() -> [[EntityRole]] {
        var found: [[Range<Int>]] = Array(repeating: [], count: names.entities.count)
        var offices: [Office] = []
        for (index, span) in names.spans.enumerated() where span.type == .person {
            let entity = names.entityOfSpan[index]
            for role in [title(of: span), behind(span), before(span)].compactMap(\.self) {
                found[entity].append(role)
                let since = min(role.lowerBound, span.tokens.lowerBound)
                offices.append(office(role, of: entity, since: since))
            }
        }
        guard !offices.isEmpty else { return found.map { _ in [] } }
        for (role, entity) in described(byWord(offices)) { found[entity].append(role) }
        return found.map { roles in
            roles.sorted { $0.lowerBound < $1.lowerBound }.prefix(Self.rolesMax).map(role)
        }
    }

    /// The offices by each of their words, of one word the first few.
    private func byWord(_ offices: [Office]) -> [UInt64: [Office]] {
        var byWord: [UInt64: [Office]] = [:]
        for office in offices {
            for word in office.words {
                let known = byWord[word] ?? []
                guard known.count < Self.sharingMax, !known.contains(office) else { continue }
                byWord[word] = known + [office]
            }
        }
        return byWord
    }

    private func role(_ tokens: Range<Int>) -> EntityRole {
        let start = tokens.lowerBound
        let first = text.tokens[start]
        let skips =
            tokens.count > 1
            && (Self.article.contains(first) || ValueWords.indefinite.contains(first))
        let words = text.string((skips ? start + 1 : start)..<tokens.upperBound)
        return EntityRole(text.range(tokens), role: words)
    }

    // MARK: - Beside a name

    // "U.S. Secretary of State Ada Quill", "harbour master Ada Quill".
    private func title(of span: NameSpan) -> Range<Int>? {
        var start = span.start
        while start > 0, names.spanIndex(atToken: start - 1) == nil {
            // "Secretary of State Ada Quill".
            let isLink =
                start > 1 && ValueWords.of.contains(text.tokens[start - 1]) && isHead(start - 2)
            guard isOffice(start - 1) || isLink else { break }
            start -= 1
        }
        let title = start..<span.tokens.lowerBound
        guard title.contains(where: { isHead($0) }) else { return nil }
        if start > 0, let before = names.spanIndex(atToken: start - 1),
            [.politicalPlace, .group, .organisation].contains(names.spans[before].type)
        {
            return names.spans[before].tokens.lowerBound..<title.upperBound
        }
        return title
    }

    // "Ada Quill, the head of the Harbour Board,".
    private func behind(_ span: NameSpan) -> Range<Int>? {
        let comma = span.tokens.upperBound
        guard comma + 1 < text.tokens.count, text.tokens[comma].isMark(","),
            let sentence = text.sentenceIndex(ofToken: comma)
        else { return nil }
        let end = min(
            text.sentenceTokens[sentence].upperBound,
            comma + 1 + Self.appositionTokensMax
        )
        let phrases = descriptions.phrases(in: (comma + 1)..<end, limit: 2)
            .filter { $0.lowerBound == comma + 1 }
        guard let whole = phrases.last, isNamed(whole), whole.upperBound < end,
            text.tokens[whole.upperBound].kind == .mark
        else { return nil }
        return whole
    }

    // "The head of the Harbour Board, Ada Quill,".
    private func before(_ span: NameSpan) -> Range<Int>? {
        let comma = span.start - 1
        guard comma > 0, text.tokens[comma].isMark(","),
            let sentence = text.sentenceIndex(ofToken: comma)
        else { return nil }
        let start = max(
            text.sentenceTokens[sentence].lowerBound,
            comma - Self.appositionTokensMax
        )
        guard let phrase = descriptions.phrase(endingAt: comma - 1, from: start), isNamed(phrase),
            Self.definite.contains(text.tokens[phrase.lowerBound])
        else { return nil }
        return phrase
    }

    /// Whether a phrase names an office: its head does.
    private func isNamed(_ phrase: Range<Int>) -> Bool {
        let end =
            phrase.first { Self.link.contains(text.tokens[$0]) } ?? phrase.upperBound
        guard end > phrase.lowerBound, names.spanIndex(atToken: end - 1) == nil else {
            return false
        }
        return isHead(end - 1) || Self.leader.contains(text.tokens[end - 1])
    }

    private func office(_ role: Range<Int>, of entity: Int, since: Int) -> Office {
        var office = Office(entity: entity, since: since)
        for index in role where isOffice(index) { office.words.insert(text.tokens[index].folded) }
        office.countries = countries(in: role)
        return office
    }

    private func countries(in tokens: Range<Int>) -> Set<Int32> {
        var countries: Set<Int32> = []
        var index = names.firstSpanIndex(fromToken: tokens.lowerBound)
        while index < names.spans.count, names.spans[index].tokens.lowerBound < tokens.upperBound {
            let canonical = lexicon.canonical(text.tokens[names.spans[index].tokens])
            if canonical >= 0 { countries.insert(canonical) }
            index += 1
        }
        return countries
    }

    private func isOffice(_ index: Int) -> Bool {
        let token = text.tokens[index]
        return !Self.honorific.contains(token)
            && (NameWords.title.contains(token) || NameWords.titleModifier.contains(token)
                || NameWords.titleTail.contains(token))
            && !Self.article.contains(token)
    }

    private func isHead(_ index: Int) -> Bool {
        let token = text.tokens[index]
        return NameWords.title.contains(token) && !Self.honorific.contains(token)
    }

    // MARK: - Alone

    private func described(_ offices: [UInt64: [Office]]) -> [(Range<Int>, Int)] {
        var found: [(Range<Int>, Int)] = []
        for (number, sentence) in text.sentenceTokens.enumerated() {
            for index in sentence where Self.article.contains(text.tokens[index]) {
                guard let phrase = description(at: index, limit: sentence.upperBound),
                    let entity = bearer(of: phrase, in: number, offices)
                else { continue }
                found.append((phrase, entity))
            }
        }
        return found
    }

    /// "the top U.S. diplomat": an office with its article, behind which no name stands.
    private func description(at start: Int, limit: Int) -> Range<Int>? {
        let limit = min(limit, start + 1 + Self.descriptionTokensMax)
        var index = start + 1
        var end: Int?
        while index < limit {
            let token = text.tokens[index]
            if let span = names.spanIndex(atToken: index) {
                guard [.politicalPlace, .group].contains(names.spans[span].type), end == nil else {
                    break
                }
                index = names.spans[span].tokens.upperBound
                continue
            }
            if isHead(index) || Self.standing.contains(token) {
                end = index + 1
            } else if ValueWords.of.contains(token), end == index {
                let tail = index + 1
                guard tail < limit, NameWords.titleTail.contains(text.tokens[tail]) else { break }
                end = tail + 1
                index = tail
            } else if !isOffice(index), !Self.adjective.contains(token) {
                break
            }
            index += 1
        }
        guard let end, !goesOn(end) else { return nil }
        return start..<end
    }

    // "The president Ada Quill", "the minister of war", "the president elect": more is said.
    private func goesOn(_ end: Int) -> Bool {
        guard end < text.tokens.count else { return false }
        let next = text.tokens[end]
        if next.kind == .mark || next.shape.contains(.possessive) { return false }
        if names.spanIndex(atToken: end) != nil { return true }
        return !SpeechWords.verb.contains(next) && !Self.clause.contains(next)
            && !ValueText(text: text, names: names).isPast(end)
    }

    private func bearer(
        of phrase: Range<Int>,
        in sentence: Int,
        _ offices: [UInt64: [Office]]
    ) -> Int? {
        let countries = countries(in: phrase)
        let words = phrase.filter { isOffice($0) || Self.standing.contains(text.tokens[$0]) }
        guard
            let head = words.last(where: { isHead($0) || Self.standing.contains(text.tokens[$0]) })
        else { return nil }
        let required = Set(words.filter { $0 != head }.map { text.tokens[$0].folded })
        let likes = SpeakerResolver.roles(like: text.tokens[head])
        let isTop = phrase.contains { Self.top.contains(text.tokens[$0]) }
        let like = likes.flatMap { offices[$0] ?? [] }
            .filter { !isTop || !$0.words.isDisjoint(with: Self.foreign) }
        let bearers = ((offices[text.tokens[head].folded] ?? []) + like).filter { office in
            office.since < phrase.lowerBound && required.isSubset(of: office.words)
                && (countries.isEmpty || office.countries.isEmpty
                    || !countries.isDisjoint(with: office.countries))
        }
        let known = Set(bearers.map(\.entity))
        guard known.count > 1 else { return known.first }
        let near = text.sentenceTokens[max(0, sentence - Self.sentencesBack)].lowerBound
        let last = names.firstSpanIndex(fromToken: phrase.lowerBound)
        let first = max(names.firstSpanIndex(fromToken: near), last - Self.namesBackMax)
        let recent = names.entityOfSpan[first..<last].filter { known.contains($0) }
        return Set(recent).count == 1 ? recent.first : nil
    }

    private static let article = WordSet("the")
    private static let definite = WordSet("the its his her their")
    private static let link = WordSet("of for from at in with")
    private static let honorific = WordSet(
        """
        mr mr. mrs mrs. ms ms. mx. miss sir dame lord lady dr dr. prof prof. professor doctor
        brother sister father saint comrade hon. the co team party first second home major
        """
    )
    private static let leader = WordSet(
        "head leader boss founder owner president governor mayor diplomat official captain"
    )
    private static let standing = WordSet("diplomat premier lawmaker leader pontiff")
    private static let adjective = WordSet(
        "top senior current outgoing"
    )
    private static let top = WordSet("top chief")
    private static let foreign: Set<UInt64> = [
        WordHash.folded("state"), WordHash.folded("foreign"),
    ]
    private static let clause = WordSet(
        """
        is are was were has have had will would could may might can and or but who that to in on at
        from with by for as also then later after before while when because told did does do must
        should into during about over since until against not left came went met took gave made
        """
    )
}
