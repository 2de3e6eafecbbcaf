// Endings of English words, and words that say nothing of what a text is about.
extension WordLetters {
    /// Cuts `'s`, plural, `-ing`, `-ed`, a final `e` and a doubled consonant: "stopped", "stopping"
    /// and "stops" meet in `stop`; "class", "virus" and "bus" keep their `s`.
    mutating func cutEnding() {
        if count >= 2, ends("'", "s") { removeLast(2) }
        guard count >= 4, isASCII else { return }
        cutPlural()
        if count > 5, ends("n", "g"), last(3) == UInt8(ascii: "i") {
            removeLast(3)
        } else if count > 4, ends("e", "d") {
            removeLast(2)
        }
        guard count > 4 else { return }
        if last(1) == UInt8(ascii: "e") || last(1) == last(2) && !Self.isKeptTwice(last(1)) {
            removeLast()
        }
    }

    private mutating func cutPlural() {
        guard last(1) == UInt8(ascii: "s") else { return }
        if count > 4, ends("e", "s"), last(3) == UInt8(ascii: "i") {
            removeLast(3)
            append(UInt8(ascii: "y"))
        } else if ends("e", "s"), last(3) == UInt8(ascii: "s"), last(4) == UInt8(ascii: "s") {
            removeLast(2)
        } else if !ends("s", "s"), !ends("u", "s"), !ends("i", "s") {
            removeLast()
        }
    }

    private func ends(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
        last(2) == UInt8(ascii: first) && last(1) == UInt8(ascii: second)
    }

    /// "see", "all" and "loss" are not doubled by an ending.
    private static func isKeptTwice(_ letter: UInt8) -> Bool {
        switch letter {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
            UInt8(ascii: "u"), UInt8(ascii: "l"), UInt8(ascii: "s"):
            true
        default: false
        }
    }
}

extension FeatureWords {
    /// Function words, words of reporting and of the calendar, cut as all are.
    ///
    /// Ours; a word belongs here when it stands in most news of any kind ("said", "Tuesday"), and
    /// not when some stories are about it ("police", "court").
    static let common: WordKeys = {
        let words = """
            a an the and or but if of in on at to from by for with without within into onto over
            under after before during between among through against about as than then that this
            these those it its he she they them his her their theirs him we us our you your i me my
            is are was were be been being am do does did done has have had having will would can
            could may might must shall should not no nor so such only own same too very just also
            more most other some any each few all both once here there when where why how what
            which who whom whose while because until again further up down out off
            said says say told tell according new one two three first last year years day days week
            weeks month months today yesterday tomorrow monday tuesday wednesday thursday friday
            saturday sunday january february march april june july august september october
            november december mr mrs ms
            """
        let keys = words.split(whereSeparator: \.isWhitespace).map { word in
            var letters = WordLetters()
            for letter in word.utf8 { letters.append(letter) }
            letters.cutEnding()
            return letters.hash
        }
        return WordKeys(Set(keys))
    }()
}
