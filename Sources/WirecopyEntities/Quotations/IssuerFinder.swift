import WirecopyMessages

/// Finds who issued a document that speaks: "Quill's statement", "a letter by the Harbour Board",
/// "their report".
struct IssuerFinder {
    /// How a text says who issued a document; the larger, the plainer.
    enum Evidence: Float {
        case none, reference, owner, author
    }

    /// An issuer with how it is said.
    struct Issuer {
        var candidate: SpeakerCandidate
        var evidence: Evidence
    }

    /// Words between a document and its author: "a statement released on Monday by the head of".
    private static let reachTokens = 8

    let quoted: QuotedText

    private var text: AnalysedText { quoted.text }
    private var names: LinkedNames { quoted.names }

    /// Who issued what a phrase describes; `nil` when that is no document, or nobody is named.
    /// `last` is who spoke last, for "their report".
    func issuer(of phrase: Range<Int>, last: SpeakerCandidate?) -> Issuer? {
        guard let head = documentHead(of: phrase) else { return nil }
        if let author = author(behind: head) { return Issuer(candidate: author, evidence: .author) }
        if let owner = owner(before: head, from: phrase.lowerBound) {
            return Issuer(candidate: owner, evidence: .owner)
        }
        if let last, Self.possessive.contains(text.tokens[phrase.lowerBound]) {
            return Issuer(candidate: last, evidence: .reference)
        }
        return nil
    }

    /// The token of a phrase that names a document: of "the court's summary" the word "summary".
    func documentHead(of phrase: Range<Int>) -> Int? {
        let end = phrase.first { Self.link.contains(text.tokens[$0]) } ?? phrase.upperBound
        guard end > phrase.lowerBound else { return nil }
        return Self.document.contains(text.tokens[end - 1]) ? end - 1 : nil
    }

    // "a statement by Quill", "the decree signed by Quill", "a letter from Quill's office".
    private func author(behind head: Int) -> SpeakerCandidate? {
        let limit = min(text.tokens.count, head + 1 + Self.reachTokens)
        var index = head + 1
        while index < limit {
            let token = text.tokens[index]
            guard token.kind != .mark, !Self.seen.contains(token) else { return nil }
            if Self.by.contains(token) { break }
            let isBetween =
                index == head + 1 || NameWords.calendar.contains(token)
                || Self.between.contains(token)
            guard isBetween, !SpeechWords.verb.contains(token) else { return nil }
            index += 1
        }
        guard index < limit else { return nil }
        return named(from: index + 1, limit: limit + Self.reachTokens)
    }

    // The first name behind "by", or the person whose office stands before the name.
    private func named(from start: Int, limit: Int) -> SpeakerCandidate? {
        let end = min(limit, text.tokens.count)
        let stop =
            (start..<end).first {
                text.tokens[$0].kind == .mark || Self.stop.contains(text.tokens[$0])
            } ?? end
        let first = names.firstSpanIndex(fromToken: start)
        var found: Int?
        var index = first
        while index < names.spans.count, names.spans[index].tokens.upperBound <= stop {
            if names.spans[index].type == .person {
                found = index
                break
            }
            if found == nil { found = index }
            index += 1
        }
        guard let found else { return nil }
        let next = names.spans[found].tokens.upperBound
        if next < text.tokens.count, text.tokens[next].shape.contains(.possessive) {
            let finder = DescriptionFinder(text: text, names: names)
            return finder.phrases(in: names.spans[found].tokens.lowerBound..<stop, limit: 1).first
                .map { .described($0) }
        }
        return .entity(names.entityOfSpan[found])
    }

    // "Quill's statement", "the Harbour Board decision".
    private func owner(before head: Int, from start: Int) -> SpeakerCandidate? {
        let first = names.firstSpanIndex(fromToken: start)
        if first < names.spans.count, names.spans[first].tokens.upperBound <= head,
            Self.issuing.contains(names.spans[first].type)
        {
            return .entity(names.entityOfSpan[first])
        }
        // "the court's summary".
        let mark = (start..<head).first { text.tokens[$0].shape.contains(.possessive) }
        guard let mark, mark > start else { return nil }
        return .described(start..<mark)
    }

    private static let issuing: Set<EntityType> = [.person, .organisation, .politicalPlace]
    private static let by = WordSet("by from")
    private static let link = WordSet("of for from in at with by on")
    private static let possessive = WordSet("his her its their")
    private static let between = WordSet(
        "on late early last this week month year yesterday today jointly"
    )
    /// Who saw or printed a document did not issue it.
    private static let seen = WordSet(
        "seen obtained reviewed viewed published cited leaked shared reported received"
    )
    private static let stop = WordSet("that which who and said says read reads")
    /// Nouns for what is written and speaks.
    static let document = WordSet(
        """
        statement report letter message document documents study paper release post tweet law ruling
        decree notice sign website account summary description decision order opinion judgment
        judgement verdict filing complaint lawsuit petition resolution memo memorandum email e-mail
        note communique communiqué bulletin advisory warning caption transcript affidavit analysis
        survey poll findings guidelines constitution treaty agreement bill article editorial page
        blog manifesto declaration proclamation tweets posts statements
        """
    )
}
