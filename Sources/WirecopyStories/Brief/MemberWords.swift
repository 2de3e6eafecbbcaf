import WirecopyMessages

/// A word of a story's text.
struct MemberWord {
    /// Where it stands in its article's main text.
    var range: TextRange
    /// FNV-1a of its bytes, ASCII in lower case.
    var hash: UInt64
    /// The same of its stem; 0 when the word says nothing by itself.
    var stem: UInt64
    /// Whether it begins with a capital of ASCII.
    var isCapitalised: Bool
}

/// Reads the words of a text: runs of letters and digits, without the marks of U+2000…U+203F.
enum MemberWords {
    /// The words between two bytes.
    static func read(_ bytes: [UInt8], _ range: TextRange) -> [MemberWord] {
        var words: [MemberWord] = []
        var index = range.start
        let end = min(range.end, bytes.count)
        while index < end {
            let length = markLength(bytes, index, end)
            if length > 0 {
                index += length
                continue
            }
            let start = index
            while index < end, markLength(bytes, index, end) == 0 { index += 1 }
            words.append(word(bytes, TextRange(start, index)))
        }
        return words
    }

    /// The words of a text that stands alone.
    static func read(_ text: String) -> [MemberWord] {
        let bytes = Array(text.utf8)
        return read(bytes, TextRange(0, bytes.count))
    }

    /// The stems of a text that say something, each once, ascending.
    static func stems(_ words: some Sequence<MemberWord>) -> [UInt64] {
        Set(words.lazy.map(\.stem).filter { $0 != 0 }).sorted()
    }

    /// The hash of a word in lower case.
    static func hash(_ word: String) -> UInt64 { word.utf8.reduce(offsetBasis, added) }

    /// Hashes of words that are given with blanks between them.
    static func hashes(_ words: String) -> Set<UInt64> {
        Set(words.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { hash(String($0)) })
    }

    /// How many stems two ascending lists share.
    static func shared(_ one: [UInt64], _ other: [UInt64]) -> Int {
        var (left, right, count) = (0, 0, 0)
        while left < one.count, right < other.count {
            if one[left] == other[right] {
                (left, right, count) = (left + 1, right + 1, count + 1)
            } else if one[left] < other[right] {
                left += 1
            } else {
                right += 1
            }
        }
        return count
    }

    /// The share of the shorter list that the other has too, 0 to 1.
    static func containment(_ one: [UInt64], _ other: [UInt64]) -> Double {
        let shorter = min(one.count, other.count)
        return shorter == 0 ? 0 : Double(shared(one, other)) / Double(shorter)
    }

    /// The share of all stems of two lists that both have, 0 to 1 (Jaccard).
    static func likeness(_ one: [UInt64], _ other: [UInt64]) -> Double {
        let common = shared(one, other)
        let all = one.count + other.count - common
        return all == 0 ? 0 : Double(common) / Double(all)
    }

    // MARK: - Letters

    private static func word(_ bytes: [UInt8], _ range: TextRange) -> MemberWord {
        var letters = bytes[range.start..<range.end].map(lower)
        let hash = letters.reduce(offsetBasis, added)
        let isCapitalised = 0x41...0x5A ~= bytes[range.start]
        var word = MemberWord(range: range, hash: hash, stem: 0, isCapitalised: isCapitalised)
        guard letters.count > 1, !StopWords.all.contains(hash) else { return word }
        cutEnding(&letters)
        word.stem = letters.reduce(offsetBasis, added)
        return word
    }

    /// Cuts plural and verbal endings; a coarse form of Porter's first step (1980), enough to
    /// compare sentences of one story: "strikes", "striking" and "strike" are one word.
    private static func cutEnding(_ letters: inout [UInt8]) {
        func ends(_ ending: String, leaving least: Int) -> Bool {
            letters.count >= least + ending.utf8.count
                && letters.reversed().starts(
                    with: ending.utf8.reversed()
                )
        }
        if ends("ies", leaving: 3) {
            letters.replaceSubrange((letters.count - 3)..., with: [UInt8(ascii: "y")])
        } else if ends("s", leaving: 3), !ends("ss", leaving: 2), !ends("us", leaving: 2) {
            letters.removeLast()
        }
        if ends("ing", leaving: 4) {
            letters.removeLast(3)
        } else if ends("ed", leaving: 4) {
            letters.removeLast(2)
        }
        if ends("e", leaving: 4) { letters.removeLast() }
    }

    /// Bytes of the mark that begins here; 0 when a letter or digit does.
    private static func markLength(_ bytes: [UInt8], _ index: Int, _ end: Int) -> Int {
        switch bytes[index] {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: 0
        case 0xE2: index + 2 < end && 0x80...0x81 ~= bytes[index + 1] ? 3 : 0
        case 0xC2: index + 1 < end ? 2 : 0
        case 0x80...: 0
        default: 1
        }
    }

    private static func lower(_ byte: UInt8) -> UInt8 { 0x41...0x5A ~= byte ? byte | 0x20 : byte }

    private static let offsetBasis: UInt64 = 0xCBF2_9CE4_8422_2325

    private static func added(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
        (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
}

/// Words that say nothing about a story by themselves.
enum StopWords {
    /// Hashes of English function words, and of the verbs with which news reports speech.
    static let all = MemberWords.hashes(
        """
        a about above after again against ago all almost along also although always am among an and
        another any anybody anyone anything are around as at away back be became because been before
        behind being below between both but by came can cannot could did do does doing done down
        during each either else even ever every everyone everything few for from further get gets
        give given go going got had has have having he her here hers herself him himself his how
        however i if in into is it its itself just last least less let like likely made make makes
        many may me meanwhile might more most much must my myself near nearly neither never next no
        nobody none nor not nothing now of off often on once one only onto or other others our ours
        out over own per perhaps put quite rather re said same saw say saying says see seen several
        shall she should since so some somebody someone something soon still such take taken than
        that the their theirs them themselves then there these they thing this those though through
        thus to together told too took toward towards under until up upon us use used very was way
        we well went were what when where whether which while who whom whose why will with within
        without would yet you your yours ve ll isn don doesn didn wasn weren won wouldn
        according accord adding added asked called claimed noted reported reportedly reports stated
        statement monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow
        """
    )
}
