import WirecopyMessages

/// What the tagger is told of one token: a hash for each question and its answer.
///
/// A question that has no answer leaves no hash. The order and the numbers of the questions are
/// part of the trained table: a change asks for training again.
struct NameFeatures {
    /// More than all questions of a token.
    static let countMax = 128

    private let text: AnalysedText
    private let traits: [TokenTraits]
    /// The hashes of the token that was last read.
    private(set) var hashes: [UInt64] = []
    /// Where the kinds of answers end that learning hides now and then.
    private(set) var kinds = AnswerKinds()

    init(text: AnalysedText, traits: [TokenTraits]) {
        self.text = text
        self.traits = traits
        hashes.reserveCapacity(Self.countMax)
    }

    /// Stands for what is before or behind the sentence.
    private static let edge: TokenTraits = {
        var edge = TokenTraits()
        edge.word = 0x9E37
        edge.exact = 0x9E37
        edge.form = 0x9E37
        return edge
    }()

    /// Reads one token of a chain of a sentence.
    mutating func read(_ index: Int, chain: Range<Int>, sentence: Range<Int>) {
        hashes.removeAll(keepingCapacity: true)
        func near(_ offset: Int) -> TokenTraits {
            let other = index + offset
            return sentence.contains(other) ? traits[other] : Self.edge
        }
        let near2 = (near(-2), near(-1), near(0), near(1), near(2))
        addIdentity(near2)
        addAffixes(index)
        kinds.identityEnd = near2.2.isCommon ? 0 : hashes.count
        kinds.listStart = hashes.count
        addLists(near2)
        kinds.listEnd = hashes.count
        addRules(near2)
        kinds.ruleEnd = hashes.count
        add(1, 0)
        addWords(near2, near(-3), near(3))
        addForms(near2)
        addKin(near2)
        addRun(index, chain, sentence)
        addPlace(index, near2, sentence)
    }

    /// What stands in like company with the words around, coarsely and finely.
    private mutating func addKin(_ near: Window) {
        let (left2, left, own, right, right2) = near
        func coarse(_ traits: TokenTraits) -> UInt64 { UInt64(traits.kin.coarse) }
        func fine(_ traits: TokenTraits) -> UInt64 { UInt64(traits.kin.fine) }
        addKin(
            130,
            (coarse(left2), coarse(left), coarse(own), coarse(right), coarse(right2)),
            own.form
        )
        addKin(141, (fine(left2), fine(left), fine(own), fine(right), fine(right2)), own.form)
    }

    private mutating func addKin(
        _ question: UInt64,
        _ near: (UInt64, UInt64, UInt64, UInt64, UInt64),
        _ form: UInt64
    ) {
        let (left2, left, own, right, right2) = near
        if own != 0 { add(question, own) }
        if left2 != 0 { add(question + 1, left2) }
        if left != 0 {
            add(question + 2, left)
            add(question + 3, left, form)
        }
        if right != 0 {
            add(question + 4, right)
            add(question + 5, right, form)
        }
        if right2 != 0 { add(question + 6, right2) }
        add(question + 7, left, right)
        add(question + 8, left2, left)
        add(question + 9, right, right2)
        add(question + 10, WordHash.join(left, form), right)
    }

    private typealias Window = (TokenTraits, TokenTraits, TokenTraits, TokenTraits, TokenTraits)

    @inline(__always)
    private mutating func add(_ question: UInt64, _ answer: UInt64) {
        hashes.append(Self.hash(question, answer))
    }

    /// Mixes a question's number with its answer; all bits of the hash are usable.
    @inline(__always)
    static func hash(_ question: UInt64, _ answer: UInt64) -> UInt64 {
        var hash = (answer ^ (question &* 0xD6E8_FEB8_6659_FD93)) &* 0x9E37_79B9_7F4A_7C15
        hash = (hash ^ (hash >> 29)) &* 0xBF58_476D_1CE4_E5B9
        return hash ^ (hash >> 32)
    }

    @inline(__always)
    private mutating func add(_ question: UInt64, _ one: UInt64, _ two: UInt64) {
        add(question, WordHash.join(one &* 0xC2B2_AE3D_27D4_EB4F, two))
    }

    private mutating func addIdentity(_ near: Window) {
        let (_, left, own, right, _) = near
        add(2, own.word)
        add(3, own.exact)
        add(8, left.word, own.word)
        add(9, own.word, right.word)
        add(15, WordHash.join(left.word, own.word), right.word)
        add(53, UInt64(own.rule), own.word)
    }

    private mutating func addWords(_ near: Window, _ before: TokenTraits, _ behind: TokenTraits) {
        let (left2, left, _, right, right2) = near
        add(4, left.word)
        add(5, right.word)
        add(6, left2.word)
        add(7, right2.word)
        add(10, left2.word, left.word)
        add(11, right.word, right2.word)
        add(12, left.word, right.word)
        add(13, before.word)
        add(14, behind.word)
    }

    private mutating func addForms(_ near: Window) {
        let (left2, left, own, right, right2) = near
        add(20, own.form)
        add(21, left.form, own.form)
        add(22, own.form, right.form)
        add(23, WordHash.join(left.form, own.form), right.form)
        add(
            24,
            WordHash.join(WordHash.join(left2.form, left.form), own.form),
            WordHash.join(right.form, right2.form)
        )
        add(25, own.form, left.word)
        add(26, own.form, right.word)
        add(27, own.form, WordHash.join(left2.word, left.word))
        add(28, own.form, WordHash.join(right.word, right2.word))
    }

    private mutating func addLists(_ near: Window) {
        let (left2, left, own, right, right2) = near
        let form = own.form
        add(30, UInt64(own.senses), form)
        add(31, UInt64(left.senses))
        add(32, UInt64(right.senses))
        add(33, UInt64(own.senses), UInt64(right.senses))
        add(34, UInt64(left.senses), UInt64(own.senses))
        if own.phrase != 0 { add(35, UInt64(own.phrase)) }
        if left.phrase != 0 { add(36, UInt64(left.phrase), UInt64(own.phrase)) }
        if right.phrase != 0 { add(37, UInt64(right.phrase), UInt64(own.phrase)) }
        add(38, UInt64(own.classes), form)
        add(39, UInt64(left.classes), form)
        add(40, UInt64(right.classes), form)
        if left2.classes != 0 { add(41, UInt64(left2.classes)) }
        if right2.classes != 0 { add(42, UInt64(right2.classes)) }
        add(43, UInt64(own.senses), left.word)
        add(44, UInt64(own.senses), right.word)
    }

    private mutating func addRules(_ near: Window) {
        let (_, left, own, right, _) = near
        let rule = UInt64(own.rule)
        add(50, rule)
        add(51, rule, UInt64(left.rule))
        add(52, rule, UInt64(right.rule))
        add(54, rule, left.word)
        add(55, rule, right.word)
        add(56, rule, own.form)
        add(57, rule, UInt64(own.senses))
        add(58, WordHash.join(rule, UInt64(left.rule)), UInt64(right.rule))
    }

    private mutating func addAffixes(_ index: Int) {
        let token = text.tokens[index]
        guard token.kind == .word else { return }
        let length = token.end - token.start
        let capital: UInt64 = token.isCapitalised ? 1 : 0
        var prefix = WordHash.seed
        var suffix = WordHash.seed
        for step in 0..<min(5, length) {
            prefix = WordHash.mix(prefix, WordHash.fold(text.bytes[token.start + step]))
            suffix = WordHash.mix(suffix, WordHash.fold(text.bytes[token.end - 1 - step]))
            if step > 0 { add(60 + UInt64(step), prefix, capital) }
            add(70 + UInt64(step), suffix, capital)
        }
        add(79, UInt64(min(length, 12)), capital)
        guard token.isCapitalised, length > 3 else { return }
        for start in 0..<(min(length, 12) - 2) {
            var gram = WordHash.seed
            for step in 0..<3 {
                gram = WordHash.mix(gram, WordHash.fold(text.bytes[token.start + start + step]))
            }
            add(110, gram)
        }
    }

    /// The run of capitalised words around the token: its head, what is before and behind it.
    private mutating func addRun(_ index: Int, _ chain: Range<Int>, _ sentence: Range<Int>) {
        guard traits[index].isCapitalised else {
            add(80, traits[index].word)
            return
        }
        var start = index
        while start > chain.lowerBound, index - start < 8, traits[start - 1].isCapitalised {
            start -= 1
        }
        var end = index + 1
        while end < chain.upperBound, end - index < 8, traits[end].isCapitalised { end += 1 }
        let before = start > sentence.lowerBound ? traits[start - 1] : Self.edge
        let behind = end < sentence.upperBound ? traits[end] : Self.edge
        let (first, last) = (traits[start], traits[end - 1])
        let fromStart = UInt64(index - start)
        let fromEnd = UInt64(end - 1 - index)
        let place = min(fromStart, 3) * 4 + min(fromEnd, 3)
        add(81, place)
        add(82, last.word, min(fromEnd, 3))
        add(83, first.word, min(fromStart, 3))
        add(84, before.word, place)
        add(85, behind.word, place)
        add(86, UInt64(last.classes), place)
        add(87, UInt64(first.senses), place)
        add(88, UInt64(last.senses), place)
        add(89, WordHash.join(before.word, behind.word), place)
        add(90, UInt64(behind.classes), place)
        add(91, UInt64(before.classes), place)
        var whole = WordHash.seed
        for token in start..<end { whole = WordHash.join(whole, traits[token].exact) }
        add(92, whole, fromStart)
        add(93, UInt64(first.senses), WordHash.join(UInt64(last.senses), place))
    }

    private mutating func addPlace(_ index: Int, _ near: Window, _ sentence: Range<Int>) {
        let own = near.2
        let flags: UInt64 =
            (index == sentence.lowerBound ? 1 : 0) + (own.isCommon ? 2 : 0)
            + (own.isInHeadline ? 4 : 0) + (own.isQuoted ? 8 : 0)
        add(100, flags, own.form)
        add(101, flags, UInt64(near.3.isCapitalised ? 1 : 0) + (near.1.isCapitalised ? 2 : 0))
        add(102, flags, UInt64(own.rule))
        add(103, flags, UInt64(own.senses))
    }
}
