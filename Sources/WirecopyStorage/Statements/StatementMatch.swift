import WirecopyMessages

/// A statement as far as it is compared with others.
struct ComparedStatement: Sendable {
    /// Its row.
    var id: Int64
    /// The row of the statement that it is a variant of; `nil` when it is the first.
    var head: Int64?
    /// How it is given.
    var kind: QuotationKind
    /// Its words.
    var words: StatementWords
    /// Who said it.
    var speaker: ComparedSpeaker?

    /// The day, counted as `QuotationNumber` does, of its article.
    var day: Int { QuotationNumber.day(of: id) }
}

/// The speaker of a statement as far as it is compared with others.
struct ComparedSpeaker: Sendable, Equatable {
    /// Row of the entity, after the user's rules.
    var entity: Int64?
    /// What the entity is.
    var type: EntityType?
    /// Name of the entity, or what the text calls the speaker.
    var name: String

    /// Whether two articles may mean one speaker.
    enum Likeness { case same, open, different }

    /// Compares speakers: two persons are one when they share the last name, a person may speak for
    /// anything that is none.
    func likeness(to other: ComparedSpeaker) -> Likeness {
        if let entity, entity == other.entity { return .same }
        if let last = Self.lastWord(name), last == Self.lastWord(other.name) { return .same }
        let arePersons = type == .person && other.type == .person
        return arePersons ? .different : .open
    }

    private static func lastWord(_ name: String) -> String? {
        name.split { !$0.isLetter && !$0.isNumber }.last.map { $0.lowercased() }
    }
}

/// Decides whether two statements are one, told twice.
enum StatementMatch {
    /// Days between two reports of one statement; later it is said again.
    static let daysMax = 30
    /// Share of the shorter one's words, one within the other: small edits, left out words.
    static let quotedShareMin = 0.8
    /// Share of its neighbours that stay neighbours, so that words strewn over a long statement do
    /// not count.
    static let pairsShareMin = 0.65
    /// Words from which a shorter one may differ from the longer at all.
    static let editableMin = 7
    /// Share of the longer one's words where the reporter's words are compared.
    static let reportedShareMin = 0.8
    /// Words from which the speaker may be missing, or called something else.
    static let wordsOfOpenSpeakerMin = 8

    /// How sure it is that two statements are one, 0 to 1; `nil` when they are not.
    static func likeness(_ one: ComparedStatement, _ other: ComparedStatement) -> Double? {
        guard abs(one.day - other.day) <= daysMax else { return nil }
        let overlap = one.words.overlap(with: other.words)
        guard overlap.shorter >= StatementWords.wordsMin else { return nil }
        let isReported = one.kind == .indirect || other.kind == .indirect
        guard isReported ? areReportedAlike(overlap) : areQuotedAlike(overlap) else { return nil }
        switch speakers(one.speaker, other.speaker) {
        case .different: return nil
        case .open where overlap.common < wordsOfOpenSpeakerMin: return nil
        case .same, .open: return overlap.ofLonger
        }
    }

    private static func areQuotedAlike(_ overlap: StatementWords.Overlap) -> Bool {
        let isEditable = overlap.shorter >= editableMin
        return isEditable
            ? overlap.ofShorter >= quotedShareMin && overlap.ofPairs >= pairsShareMin
            : overlap.pairs == overlap.shorter - 1 && overlap.common == overlap.shorter
    }

    private static func areReportedAlike(_ overlap: StatementWords.Overlap) -> Bool {
        overlap.ofLonger >= reportedShareMin && overlap.ofPairs >= pairsShareMin
            && overlap.shorter >= editableMin
    }

    private static func speakers(
        _ one: ComparedSpeaker?,
        _ other: ComparedSpeaker?
    ) -> ComparedSpeaker.Likeness {
        guard let one, let other else { return .open }
        return one.likeness(to: other)
    }
}
