// Endings of English words, and words that say nothing of what a text is about.
extension FeatureWords {
    /// Cuts `'s`, plural, `-ing`, `-ed`, a final `e` and a doubled consonant: "stopped", "stopping"
    /// and "stops" meet in `stop`; "class", "virus" and "bus" keep their `s`.
    static func cutEnding(_ letters: inout [UInt8]) {
        if letters.ends(with: "'s") { letters.removeLast(2) }
        guard letters.count >= 4, letters.allSatisfy({ $0 < 0x80 }) else { return }
        cutPlural(&letters)
        if letters.count > 5, letters.ends(with: "ing") {
            letters.removeLast(3)
        } else if letters.count > 4, letters.ends(with: "ed") {
            letters.removeLast(2)
        }
        guard letters.count > 4, let last = letters.last else { return }
        if last == UInt8(ascii: "e") {
            letters.removeLast()
        } else if letters[letters.count - 2] == last, !"aeiouls".utf8.contains(last) {
            letters.removeLast()
        }
    }

    private static func cutPlural(_ letters: inout [UInt8]) {
        guard letters.last == UInt8(ascii: "s") else { return }
        if letters.count > 4, letters.ends(with: "ies") {
            letters.removeLast(3)
            letters.append(UInt8(ascii: "y"))
        } else if letters.ends(with: "sses") {
            letters.removeLast(2)
        } else if !["ss", "us", "is"].contains(where: { letters.ends(with: $0) }) {
            letters.removeLast()
        }
    }

    /// Function words, words of reporting and of the calendar, cut as all are.
    ///
    /// Ours; a word belongs here when it stands in most news of any kind ("said", "Tuesday"), and
    /// not when some stories are about it ("police", "court").
    static let common: Set<UInt32> = {
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
        return Set(
            words.split(whereSeparator: \.isWhitespace).map { word in
                var letters = Array(word.utf8)
                cutEnding(&letters)
                return hash(letters)
            }
        )
    }()
}

extension [UInt8] {
    fileprivate func ends(with ending: String) -> Bool {
        last == ending.utf8.last && count >= ending.utf8.count
            && suffix(ending.utf8.count).elementsEqual(ending.utf8)
    }
}
