import WirecopyMessages

/// What in a sentence tells of days to come.
struct OutlookSigns {
    /// How a sentence's days lie to the last report of the story.
    enum Days { case none, past, toCome }

    /// Where its days lie.
    let days: Days
    /// How much it says of what is to come; 0 for a sentence that does not.
    let weight: Float

    /// Reads a sentence; `lastDay` is the day of the story's last report.
    init(_ sentence: MemberSentence, in text: MemberText, lastDay: String?) {
        days = Self.days(of: sentence, in: text, lastDay: lastDay)
        let plan = PlanWords.strength(of: Self.unquoted(sentence, in: text))
        switch days {
        // A year to come alone is often part of a name: "the 2028 Games".
        case .toCome: weight = plan > 0 || Self.namesNear(sentence, in: text) ? 1.5 + plan : 0
        case .past: weight = 0
        case .none: weight = sentence.isUnderOutlook ? 1 + plan : plan
        }
    }

    private static func days(
        of sentence: MemberSentence,
        in text: MemberText,
        lastDay: String?
    ) -> Days {
        guard let lastDay else { return .none }
        let days = sentence.values.filter { !isOver(text.article.values[$0].range, sentence) }
            .compactMap { text.article.values[$0].date }.compactMap { $0.end ?? $0.date }
        guard !days.isEmpty else { return .none }
        // "2024-06" is to come on 2024-05-29, and "2024-05" is not: compared as far as it is known.
        return days.contains { $0 > lastDay.prefix($0.utf8.count) } ? .toCome : .past
    }

    /// "9 September last year" is over, whatever year was concluded.
    private static func isOver(_ range: TextRange, _ sentence: MemberSentence) -> Bool {
        let next = sentence.words.first { $0.range.start >= range.end }
        return next?.hash == last || next?.hash == ago
    }

    private static let last = MemberWords.hash("last")
    private static let ago = MemberWords.hash("ago")

    /// Whether a sentence names a day, a week or a month.
    private static func namesNear(_ sentence: MemberSentence, in text: MemberText) -> Bool {
        sentence.values.compactMap { text.article.values[$0].date }.contains { date in
            switch date.precision {
            case .day, .week, .month: true
            case .year, .decade: false
            }
        }
    }

    /// The words outside of direct speech: "We will adapt" is a statement, no plan of the report's.
    private static func unquoted(_ sentence: MemberSentence, in text: MemberText) -> [MemberWord] {
        guard sentence.quotedBytes > 0 else { return sentence.words }
        let quoted = text.article.quotations.filter {
            $0.kind != .indirect && $0.range.overlaps(sentence.range)
        }
        return sentence.words.filter { word in
            !quoted.contains { $0.range.overlaps(word.range) }
        }
    }
}

/// Words with which English news tells of what is to come.
enum PlanWords {
    /// How sure the words tell of a plan: 0 (not at all) to 1.
    ///
    /// Matches "are set to meet", "will vote", "is expected to", "plans to"; not "the will of the
    /// people", "would have", "set to music" without a form of "be".
    static func strength(of words: [MemberWord]) -> Float {
        var strength: Float = 0
        for index in words.indices { strength = max(strength, strengthAt(index, words)) }
        return strength
    }

    private static func strengthAt(_ index: Int, _ words: [MemberWord]) -> Float {
        let word = words[index].hash
        let next = index + 1 < words.count ? words[index + 1].hash : 0
        let afterNext = index + 2 < words.count ? words[index + 2].hash : 0
        let before = index > 0 ? words[index - 1].hash : 0
        if word == will { return isNoun(before, next) ? 0 : 1 }
        if being.contains(word), expected.contains(next), afterNext == to { return 1 }
        if being.contains(word), next == due { return 1 }
        if scheduled.contains(word), next == to || next == planFor { return 1 }
        if planning.contains(word), next == to { return before == had ? 0 : 0.9 }
        if word == nextWord, spans.contains(next) { return 0.8 }
        return 0
    }

    private static func isNoun(_ before: UInt64, _ next: UInt64) -> Bool {
        determiners.contains(before) || next == of
    }

    private static let will = MemberWords.hash("will")
    private static let to = MemberWords.hash("to")
    private static let of = MemberWords.hash("of")
    private static let due = MemberWords.hash("due")
    private static let had = MemberWords.hash("had")
    private static let planFor = MemberWords.hash("for")
    private static let nextWord = MemberWords.hash("next")
    private static let being = MemberWords.hashes("is are be remains remain")
    private static let expected = MemberWords.hashes(
        "expected set scheduled likely going poised slated supposed planning preparing"
    )
    private static let scheduled = MemberWords.hashes("scheduled slated")
    private static let planning = MemberWords.hashes(
        "plans plan intends intend aims hopes pledged promised vowed agreed"
    )
    private static let spans = MemberWords.hashes(
        "week month year spring summer autumn fall winter days weeks months years session round"
    )
    private static let determiners = MemberWords.hashes(
        "the a an free good ill his her their its our my your political of popular own last"
    )
}
