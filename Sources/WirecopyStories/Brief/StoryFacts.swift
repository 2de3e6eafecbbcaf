import WirecopyMessages

/// What sentences say, as facts that can be counted over articles: names, words, pairs of words
/// that follow each other, numbers and days.
///
/// Pairs of words as the concepts of which a summary should cover many: Gillick and Favre, "A
/// Scalable Global Model for Summarization", 2009. They count documents; here independent reports
/// are counted, so that copies add nothing.
struct StoryFacts {
    /// Weights of the kinds of facts beside a word's.
    private enum Weight {
        static let name: Float = 1.6
        static let pair: Float = 1
        static let number: Float = 1.2
        static let word: Float = 0.7
    }

    /// For each text and each of its sentences the facts, as indexes into `weights`.
    private(set) var facts: [[[Int]]] = []
    /// Weight of each fact by what it is.
    private(set) var weights: [Float] = []
    /// For each text the facts of its headline.
    private(set) var headlines: [Set<Int>] = []
    /// Numbers of people who came to harm: what readers ask first, however few reports have the
    /// latest one.
    private(set) var tolls: Set<Int> = []

    private var indexes: [UInt64: Int] = [:]

    /// Reads the facts of all texts.
    init(_ story: BriefStory) {
        for text in story.texts {
            facts.append(text.sentences.map { facts(of: $0, in: text) })
            let words = MemberWords.read(text.article.article.title?.value ?? "")
            headlines.append(Set(pairsAndWords(words)))
        }
    }

    /// For each fact the number of independent reports among some texts that have it.
    func support(_ texts: [Int], groups: [Int]) -> [Int] {
        var counts = [Int](repeating: 0, count: weights.count)
        var seenIn = [Int](repeating: -1, count: weights.count)
        for text in texts.sorted(by: { groups[$0] < groups[$1] }) {
            for sentence in facts[text] {
                for fact in sentence where seenIn[fact] != groups[text] {
                    seenIn[fact] = groups[text]
                    counts[fact] += 1
                }
            }
        }
        return counts
    }

    private mutating func facts(of sentence: MemberSentence, in text: MemberText) -> [Int] {
        var found = pairsAndWords(sentence.words)
        for name in sentence.names {
            found.append(index(Self.mixed(UInt64(name), 1), Weight.name))
        }
        for value in sentence.values {
            guard let key = Self.key(of: text.article.values[value]) else { continue }
            found.append(index(key, Weight.number))
            if HarmReader(sentence, in: text).kind(of: value) != nil {
                tolls.insert(found[found.count - 1])
            }
        }
        for toll in HarmReader(sentence, in: text).tolls {
            let key = Self.mixed(MemberWords.hash(String(toll.number)), 4)
            found.append(index(key, Weight.number))
            tolls.insert(found[found.count - 1])
        }
        return Array(Set(found))
    }

    private mutating func pairsAndWords(_ words: [MemberWord]) -> [Int] {
        var found: [Int] = []
        var last: UInt64 = 0
        for word in words where word.stem != 0 {
            found.append(index(Self.mixed(word.stem, 2), Weight.word))
            if last != 0 { found.append(index(Self.mixed(word.stem, last), Weight.pair)) }
            last = word.stem
        }
        return found
    }

    private mutating func index(_ key: UInt64, _ weight: Float) -> Int {
        if let index = indexes[key] { return index }
        indexes[key] = weights.count
        weights.append(weight)
        return weights.count - 1
    }

    private static func key(of value: StatedValue) -> UInt64? {
        if let date = value.date?.date { return mixed(MemberWords.hash(date), 3) }
        guard let amount = value.amount, let exact = amount.exact else { return nil }
        let unit = amount.unit ?? amount.subject ?? value.currency ?? ""
        return mixed(MemberWords.hash(exact), MemberWords.hash(unit))
    }

    private static func mixed(_ one: UInt64, _ other: UInt64) -> UInt64 {
        var mixed = one ^ (other &* 0x9E37_79B9_7F4A_7C15)
        mixed = (mixed ^ (mixed >> 32)) &* 0xD6E8_FEB8_6659_FD93
        return mixed ^ (mixed >> 32)
    }
}
