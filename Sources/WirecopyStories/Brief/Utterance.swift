import WirecopyMessages

/// A statement as one article gives it.
struct Utterance {
    /// Index of the text.
    var text: Int
    /// Who said it, equal over all articles.
    var speaker: String
    /// The quoted words, or the reported ones, in the text's order.
    var spans: [TextRange]
    /// Whether all of it are whole clauses between quotation marks.
    var isVerbatim: Bool
    /// Whether no word of it stands between quotation marks.
    var isIndirect: Bool
    /// First and last sentence that it touches.
    var sentences: ClosedRange<Int>
    var cue: String?
    var listener: String?
    var occasion: String?
    var document: String?
    /// Stems of the spoken words, ascending.
    var stems: [UInt64] = []
    /// Pairs of spoken words that follow each other, ascending.
    var pairs: [UInt64] = []
}

/// Reads what is said in the articles of a story.
///
/// Only speech: what is quoted but not said, and words with quotation marks to which no verb of
/// saying belongs, stay away, for of these too many are given to the wrong person.
struct UtteranceReader {
    private let story: BriefStory
    private let outlets: OutletNames
    /// Who the speakers are.
    private(set) var speakers: [String: SpeakerName] = [:]

    /// A speaker's name.
    struct SpeakerName {
        var name: String
        var kind: BriefSpeakerKind
        /// Index of the story-wide name, where there is one.
        var entity: Int?
    }

    /// Prepares reading.
    init(_ story: BriefStory, outlets: OutletNames) {
        self.story = story
        self.outlets = outlets
    }

    /// All utterances, in the order of the texts.
    mutating func utterances() -> [Utterance] {
        var all: [Utterance] = []
        for index in story.texts.indices {
            var own: [Utterance] = []
            for quotation in story.texts[index].article.quotations {
                guard let next = read(quotation, in: index) else { continue }
                if let last = own.last, Self.goesOn(next, quotation, after: last) {
                    Self.append(next, to: &own[own.count - 1])
                } else {
                    own.append(next)
                }
            }
            for utterance in own.indices { readWords(&own[utterance]) }
            all += own
        }
        return all
    }

    private mutating func read(_ quotation: Quotation, in index: Int) -> Utterance? {
        let text = story.texts[index]
        guard quotation.kind != .notSpeech, quotation.range.count > 0,
            quotation.cue != nil || quotation.kind == .direct || quotation.kind == .continued,
            let speaker = speaker(of: quotation, in: index),
            let first = text.sentence(at: quotation.range.start),
            SentenceFitness.isProse(text.sentences[first].kind)
        else { return nil }
        let last = text.sentence(at: quotation.range.end - 1) ?? first
        return Utterance(
            text: index,
            speaker: speaker,
            spans: [quotation.range],
            isVerbatim: quotation.kind == .direct || quotation.kind == .continued,
            isIndirect: quotation.kind == .indirect,
            sentences: first...max(first, last),
            cue: quotation.cue,
            listener: quotation.listener,
            occasion: quotation.occasion,
            document: quotation.document
        )
    }

    /// Whether a quotation is part of the utterance before it: in the same sentence, or marked as
    /// going on in the next.
    private static func goesOn(
        _ next: Utterance,
        _ quotation: Quotation,
        after last: Utterance
    ) -> Bool {
        guard next.speaker == last.speaker else { return false }
        if last.sentences.contains(next.sentences.lowerBound) { return true }
        return quotation.kind == .continued
            && next.sentences.lowerBound == last.sentences.upperBound + 1
    }

    private static func append(_ next: Utterance, to last: inout Utterance) {
        last.spans += next.spans
        last.isVerbatim = last.isVerbatim && next.isVerbatim
        last.isIndirect = last.isIndirect && next.isIndirect
        let upper = max(last.sentences.upperBound, next.sentences.upperBound)
        last.sentences = last.sentences.lowerBound...upper
        last.cue = last.cue ?? next.cue
        last.listener = last.listener ?? next.listener
        last.occasion = last.occasion ?? next.occasion
        last.document = last.document ?? next.document
    }

    private func readWords(_ utterance: inout Utterance) {
        let bytes = story.texts[utterance.text].bytes
        let words = utterance.spans.flatMap { MemberWords.read(bytes, $0) }
        utterance.stems = MemberWords.stems(words)
        let pairs = zip(words, words.dropFirst()).map { $0.hash ^ ($1.hash &* 3) }
        utterance.pairs = Set(pairs).sorted()
    }

    private mutating func speaker(of quotation: Quotation, in index: Int) -> String? {
        guard let speaker = quotation.speaker else { return nil }
        let text = story.texts[index]
        guard let entity = speaker.entity else {
            return Self.isPronoun(speaker.name) ? nil : described(speaker.name, in: text)
        }
        let name = text.article.entities[entity]
        if name.type != .person, outlets.isOutlet(name.name) { return outlet(name.name) }
        let storyName = story.names.indexes[index][entity]
        let key = "name \(storyName)"
        speakers[key] = SpeakerName(
            name: story.names.all[storyName].name,
            kind: story.names.all[storyName].type == .person ? .person : .institution,
            entity: storyName
        )
        return key
    }

    /// Whether a description is "I", "we all" or another word that names nobody.
    private static func isPronoun(_ name: String) -> Bool {
        guard let first = MemberWords.read(name).first else { return true }
        return pronouns.contains(first.hash)
    }

    private static let pronouns = MemberWords.hashes("i we you he she it they who this that these")

    /// A speaker without a name. "The newspaper" is the only source of its article, when it has
    /// one.
    private mutating func described(_ name: String, in text: MemberText) -> String {
        if OutletNames.isDescription(name) {
            let cited = Set(
                text.article.citations.map { outlets.key(of: OutletNames.name(of: $0, in: text)) }
            )
            if cited.count == 1, let only = cited.first { return outlet(outlets.name(of: only)) }
            return outlet(name)
        }
        // "Officials" of two articles may be anybody; "officials in northern Ostvik" are known.
        let isVague = NameLetters.words(name).count == 1
        let key = "described " + NameLetters.run(name) + (isVague ? " \(text.number)" : "")
        speakers[key] = SpeakerName(name: name, kind: .institution)
        return key
    }

    private mutating func outlet(_ name: String) -> String {
        let key = "outlet " + outlets.key(of: name)
        let full = outlets.isOutlet(name) ? outlets.name(of: outlets.key(of: name)) : name
        speakers[key] = SpeakerName(name: full, kind: .outlet)
        return key
    }
}
