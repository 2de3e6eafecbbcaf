import WirecopyMessages

/// A sentence of a member with what the brief asks of it.
struct MemberSentence {
    /// Where it stands.
    var range: TextRange
    /// Index of its paragraph.
    var paragraph: Int
    /// What its paragraph is.
    var kind: ParagraphKind
    /// Whether the heading before it asks what comes next.
    var isUnderOutlook: Bool
    /// Its words.
    var words: [MemberWord]
    /// Stems of its words, each once, ascending.
    var stems: [UInt64]
    /// Story-wide names that it mentions, each once.
    var names: [Int] = []
    /// Indexes into the article's mentions.
    var mentions: [Int] = []
    /// Indexes into the article's values.
    var values: [Int] = []
    /// Bytes between quotation marks of speech.
    var quotedBytes = 0
    /// Whether it reports, in its own words, what somebody said who is no cited source.
    var isSaid = false
    /// Whether a source is cited in it.
    var citesSource = false
}

/// A member of a story, read for its brief.
struct MemberText {
    /// Number in the brief, from 1.
    let number: Int
    let member: StoryMember
    let bytes: [UInt8]
    /// The sentences, ascending, not overlapping.
    private(set) var sentences: [MemberSentence] = []
    /// Bounds of the paragraphs.
    private var paragraphs: [TextRange] = []

    /// Reads a member; `names` are the story-wide names of its entities.
    init(_ member: StoryMember, number: Int, names: [Int]) {
        self.number = number
        self.member = member
        bytes = Array(member.annotated.article.mainText.utf8)
        readSentences()
        place(names)
    }

    var article: AnnotatedArticle { member.annotated }

    /// The words between two bytes, exactly.
    func text(_ range: TextRange) -> String {
        let start = min(range.start, bytes.count)
        return String(
            decoding: bytes[start..<min(max(range.end, start), bytes.count)],
            as: UTF8.self
        )
    }

    /// The sentence in which a byte stands; `nil` between sentences.
    func sentence(at byte: Int) -> Int? {
        var (low, high) = (0, sentences.count)
        while low < high {
            let middle = (low + high) / 2
            if sentences[middle].range.end <= byte { low = middle + 1 } else { high = middle }
        }
        return low < sentences.count && sentences[low].range.start <= byte ? low : nil
    }

    private mutating func readSentences() {
        var start = 0
        for paragraph in article.article.paragraphs {
            let end = start + paragraph.text.utf8.count
            paragraphs.append(TextRange(start, end))
            start = end + 2
        }
        var paragraph = 0
        var outlook = (heading: -1, is: false)
        var last = 0
        for range in article.sentences where range.start >= last && range.count > 0 {
            last = range.end
            while paragraph + 1 < paragraphs.count, paragraphs[paragraph].end <= range.start {
                paragraph += 1
            }
            guard paragraph < paragraphs.count else { return }
            let kind = article.article.paragraphs[paragraph].kind
            let words = MemberWords.read(bytes, range)
            if kind == .heading, outlook.heading != paragraph {
                outlook = (paragraph, OutlookHeading.matches(words))
            }
            sentences.append(
                MemberSentence(
                    range: range,
                    paragraph: paragraph,
                    kind: kind,
                    isUnderOutlook: outlook.is && kind != .heading,
                    words: words,
                    stems: MemberWords.stems(words)
                )
            )
        }
    }

    private mutating func place(_ names: [Int]) {
        for (index, mention) in article.mentions.enumerated() {
            guard let sentence = sentence(at: mention.range.start) else { continue }
            sentences[sentence].mentions.append(index)
            let name = names[mention.entity]
            if !sentences[sentence].names.contains(name) { sentences[sentence].names.append(name) }
        }
        for (index, value) in article.values.enumerated() {
            guard let sentence = sentence(at: value.range.start) else { continue }
            sentences[sentence].values.append(index)
        }
        for citation in article.citations {
            guard let sentence = sentence(at: citation.range.start) else { continue }
            sentences[sentence].citesSource = true
        }
        for quotation in article.quotations where quotation.kind != .notSpeech {
            if quotation.kind == .indirect {
                markSaid(quotation)
            } else {
                addQuoted(quotation.range)
            }
        }
    }

    private mutating func markSaid(_ quotation: Quotation) {
        guard quotation.speaker != nil, let sentence = sentence(at: quotation.range.start) else {
            return
        }
        sentences[sentence].isSaid = !sentences[sentence].citesSource
    }

    private mutating func addQuoted(_ range: TextRange) {
        guard var index = sentence(at: range.start) else { return }
        while index < sentences.count, sentences[index].range.start < range.end {
            let sentence = sentences[index].range
            sentences[index].quotedBytes +=
                min(sentence.end, range.end) - max(sentence.start, range.start)
            index += 1
        }
    }
}

/// Headings such as "What next?", under which articles say what is to come.
enum OutlookHeading {
    /// Whether the words of a heading ask what comes next.
    ///
    /// Matches "What next?", "What's next", "What happens next", "Next steps", "Looking ahead";
    /// not "Next door to the minister", nor a longer heading.
    static func matches(_ words: [MemberWord]) -> Bool {
        guard let first = words.first, words.count <= wordsMax else { return false }
        let rest = Set(words.dropFirst().map(\.hash))
        if first.hash == what || first.hash == whats { return rest.contains(next) }
        if first.hash == next { return rest.contains(steps) && words.count == 2 }
        return first.hash == looking && rest.contains(ahead)
    }

    private static let wordsMax = 4
    private static let what = MemberWords.hash("what")
    private static let whats = MemberWords.hash("whats")
    private static let next = MemberWords.hash("next")
    private static let steps = MemberWords.hash("steps")
    private static let looking = MemberWords.hash("looking")
    private static let ahead = MemberWords.hash("ahead")
}
