import WirecopyMessages

/// What a first reading of the whole document says of a word, as questions for a second reading.
///
/// A surname that is a person behind a first name is one everywhere; a word that is a place three
/// times is hardly a body once. Counts leave out the token that asks.
struct DocumentFeatures {
    /// Votes on a word or phrase: for each type, and last for outside.
    private typealias Votes = SIMD16<UInt16>
    private static let outside = NameLabel.types.count

    private let text: AnalysedText
    private let traits: [TokenTraits]
    private let labels: [UInt8]
    private var words = HashMap(none: Votes.zero)
    private var phrases = HashMap(none: Votes.zero)
    private var pairs = HashMap(none: UInt16(0))
    private var acronyms = HashMap(none: Votes.zero)
    /// Bits: the word stands alone, first, in the middle, last in a name.
    private var places = HashMap(none: SIMD4<UInt16>.zero)
    private var lowerCase = HashMap(none: false)
    /// For each token the hash of its name's words, or zero.
    private var phraseOfToken: [UInt64]
    /// The first reading's names, in order.
    private var names: [(tokens: Range<Int>, type: Int)] = []
    /// For each token the number of names that begin at it or before.
    private var namesBegun: [Int32] = []
    private(set) var hashes: [UInt64] = []

    /// Gathers the votes; `labels` has the first reading's label of each token.
    init(text: AnalysedText, traits: TextTraits, labels: [UInt8]) {
        self.text = text
        self.traits = traits.tokens
        self.labels = labels
        phraseOfToken = Array(repeating: 0, count: labels.count)
        for chain in traits.chains { gather(chain) }
        countNames()
        for token in text.tokens where token.kind == .word && !token.isCapitalised {
            lowerCase.update(token.folded) { $0 = true }
        }
    }

    private mutating func gather(_ chain: Range<Int>) {
        for index in chain where labels[index] == 0 && traits[index].isCapitalised {
            words.update(traits[index].exact) { $0[Self.outside] &+= 1 }
        }
        for (offsets, type) in NameLabel.spans(labels[chain]) {
            let span =
                (chain.lowerBound + offsets.lowerBound)..<(chain.lowerBound + offsets.upperBound)
            names.append((span, type))
            var phrase = WordHash.seed
            for index in span {
                let word = traits[index].exact
                phrase = WordHash.join(phrase, word)
                words.update(word) { $0[type] &+= 1 }
                let place =
                    span.count == 1
                    ? 0 : index == span.lowerBound ? 1 : index + 1 == span.upperBound ? 3 : 2
                places.update(word) { $0[place] &+= 1 }
                if index > span.lowerBound {
                    pairs.update(WordHash.join(traits[index - 1].exact, word)) { $0 &+= 1 }
                }
            }
            for index in span { phraseOfToken[index] = phrase }
            phrases.update(phrase) { $0[type] &+= 1 }
            guard span.count > 1 else { continue }
            for acronym in AcronymFeatures.acronyms(of: span, text) {
                acronyms.update(acronym) { $0[type] &+= 1 }
            }
        }
    }

    private mutating func countNames() {
        namesBegun.reserveCapacity(labels.count)
        var begun = 0
        for index in labels.indices {
            while begun < names.count, names[begun].tokens.lowerBound <= index { begun += 1 }
            namesBegun.append(Int32(begun))
        }
    }

    /// Asks about one token of a chain.
    mutating func read(_ index: Int, chain: Range<Int>) {
        hashes.removeAll(keepingCapacity: true)
        let own = traits[index]
        let label = UInt64(labels[index])
        let left = index > chain.lowerBound ? UInt64(labels[index - 1]) : 99
        let right = index + 1 < chain.upperBound ? UInt64(labels[index + 1]) : 99
        add(200, label)
        add(201, label, left)
        add(202, label, right)
        add(203, WordHash.join(label, left), right)
        add(204, label, UInt64(own.rule))
        let (word, count) = summary(of: index)
        add(205, word, label)
        add(206, WordHash.join(word, label), left)
        add(207, WordHash.join(word, label), right)
        add(208, WordHash.join(word, label), UInt64(own.rule))
        add(209, WordHash.join(word, label), own.form)
        add(210, UInt64(count), label)
        let before = index > chain.lowerBound ? summary(of: index - 1).0 : 99
        let behind = index + 1 < chain.upperBound ? summary(of: index + 1).0 : 99
        add(211, WordHash.join(before, label), left)
        add(212, WordHash.join(behind, label), right)
        add(213, WordHash.join(before, word), label)
        add(214, WordHash.join(word, behind), label)
        add(215, place(of: index), label)
        add(216, WordHash.join(place(of: index), word), label)
        addPhrase(index, label)
        addPairs(index, chain, label, left, right)
        addForms(index, label)
        addNeighbours(index, label)
    }

    /// The names before and behind, and the few words between: ", ", "and", "of the".
    private mutating func addNeighbours(_ index: Int, _ label: UInt64) {
        let begun = Int(namesBegun[index])
        let isInName = begun > 0 && names[begun - 1].tokens.contains(index)
        let own = isInName ? names[begun - 1].tokens : index..<(index + 1)
        let before = isInName ? begun - 2 : begun - 1
        if before >= 0 {
            let gap = names[before].tokens.upperBound..<own.lowerBound
            addNeighbour(240, names[before].type, gap, label)
        }
        if begun < names.count, names[begun].tokens.lowerBound >= own.upperBound {
            let gap = own.upperBound..<names[begun].tokens.lowerBound
            addNeighbour(243, names[begun].type, gap, label)
        }
    }

    private mutating func addNeighbour(
        _ question: UInt64,
        _ type: Int,
        _ gap: Range<Int>,
        _ label: UInt64
    ) {
        guard gap.count <= Self.gapTokensMax else { return }
        let answer = WordHash.join(UInt64(type), label)
        add(question, answer, UInt64(min(gap.count, 4)))
        guard gap.count <= 3 else { return }
        let words = gap.reduce(WordHash.seed) { WordHash.join($0, traits[$1].word) }
        add(question + 1, answer, words)
    }

    /// Names farther apart say nothing of each other.
    private static let gapTokensMax = 10

    /// The best type of the word elsewhere, how often, and how sure; and the number of votes.
    private func summary(of index: Int) -> (UInt64, Int) {
        guard var votes = words[traits[index].exact] else { return (0, 0) }
        remove(labels[index], from: &votes)
        return Self.summary(votes)
    }

    private func remove(_ label: UInt8, from votes: inout Votes) {
        let type = NameLabel.type(Int(label))
        let lane = type < 0 ? Self.outside : type
        if votes[lane] > 0 { votes[lane] -= 1 }
    }

    private static func summary(_ votes: Votes) -> (UInt64, Int) {
        var best = 0
        var sum = 0
        for lane in 0...outside {
            sum += Int(votes[lane])
            if votes[lane] > votes[best] { best = lane }
        }
        guard sum > 0 else { return (1, 0) }
        let share = Int(votes[best]) * 4 / sum
        let count = sum < 3 ? sum : sum < 6 ? 3 : 4
        return (2 + UInt64(best) + 16 * UInt64(share) + 128 * UInt64(count), count)
    }

    private func place(of index: Int) -> UInt64 {
        let counts = places[traits[index].exact] ?? .zero
        var bits: UInt64 = 0
        for lane in 0..<4 where counts[lane] > 0 { bits |= 1 << UInt64(lane) }
        return bits
    }

    private mutating func addPhrase(_ index: Int, _ label: UInt64) {
        guard phraseOfToken[index] != 0, var votes = phrases[phraseOfToken[index]] else { return }
        remove(labels[index], from: &votes)
        add(220, Self.summary(votes).0, label)
    }

    private mutating func addPairs(
        _ index: Int,
        _ chain: Range<Int>,
        _ label: UInt64,
        _ left: UInt64,
        _ right: UInt64
    ) {
        if index > chain.lowerBound {
            let count = pairs[WordHash.join(traits[index - 1].exact, traits[index].exact)] ?? 0
            let own: UInt16 = NameLabel.isInside(Int(label)) ? 1 : 0
            add(221, UInt64(min(count - min(own, count), 2)), WordHash.join(label, left))
        }
        if index + 1 < chain.upperBound {
            let count = pairs[WordHash.join(traits[index].exact, traits[index + 1].exact)] ?? 0
            let own: UInt16 = NameLabel.isInside(Int(right)) ? 1 : 0
            add(222, UInt64(min(count - min(own, count), 2)), WordHash.join(label, right))
        }
    }

    private mutating func addForms(_ index: Int, _ label: UInt64) {
        let token = text.tokens[index]
        if token.kind == .word, lowerCase.contains(token.folded) {
            add(230, label, traits[index].form)
        }
        guard token.shape.contains(.allCapitals),
            let votes = acronyms[AcronymFeatures.letters(of: token, text)]
        else { return }
        add(231, Self.summary(votes).0, label)
    }

    @inline(__always)
    private mutating func add(_ question: UInt64, _ answer: UInt64) {
        hashes.append(NameFeatures.hash(question, answer))
    }

    @inline(__always)
    private mutating func add(_ question: UInt64, _ one: UInt64, _ two: UInt64) {
        add(question, WordHash.join(one &* 0xC2B2_AE3D_27D4_EB4F, two))
    }
}
