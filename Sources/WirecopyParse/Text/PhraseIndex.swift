/// The phrases of several lists by their first two bytes, for finding all of them in one pass.
///
/// Most places of a text begin no phrase, and are passed over with one look at a table.
struct PhraseIndex: Sendable {
    private var bytes: [UInt8] = []
    /// Where each phrase begins in `bytes`, and the end of the last.
    private var starts: [Int32] = [0]
    /// The bit of each phrase's list.
    private var marks: [UInt32] = []
    /// For each slot of `BytePairs`, the number of the first phrase that has it or a larger one.
    private var firsts: [Int32] = []
    private var pairs = BytePairs()

    /// Takes lists, each with its own bit; their phrases have at least two bytes.
    init(_ lists: [(mark: UInt32, list: PhraseList)]) {
        let phrases = lists.flatMap { mark, list in
            list.phrases.map { (bytes: $0, mark: mark) }
        }
        precondition(phrases.allSatisfy { $0.bytes.count >= 2 }, "A phrase has one byte only.")
        let sorted = phrases.sorted {
            BytePairs.slot($0.bytes[0], $0.bytes[1]) < BytePairs.slot($1.bytes[0], $1.bytes[1])
        }
        var slots: [Int] = []
        for phrase in sorted {
            bytes += phrase.bytes
            starts.append(Int32(bytes.count))
            marks.append(phrase.mark)
            let slot = BytePairs.slot(phrase.bytes[0], phrase.bytes[1])
            slots.append(slot)
            pairs.insert(slot)
        }
        var number = 0
        for slot in 0...BytePairs.slots {
            while number < slots.count, slots[number] < slot { number += 1 }
            firsts.append(Int32(number))
        }
    }

    /// The bits of the lists that have a phrase which occurs between other words of a text.
    func occurring(in text: FoldedLine) -> UInt32 {
        let text = text.bytes
        var found: UInt32 = 0
        var isAtStartOfWord = true
        guard text.count >= 2 else { return 0 }
        for index in 0..<text.count - 1 {
            let byte = text[index]
            let isLetter = byte.isLetter
            if isAtStartOfWord || !isLetter {
                let slot = BytePairs.slot(byte, text[index + 1])
                if pairs.contains(slot) {
                    found |= marks(Int(firsts[slot])..<Int(firsts[slot + 1]), text, index, found)
                }
            }
            isAtStartOfWord = !isLetter && !byte.isDigit
        }
        return found
    }

    /// The bits of phrases that stand at an index, without those already found.
    private func marks(
        _ phrases: Range<Int>,
        _ text: [UInt8],
        _ index: Int,
        _ known: UInt32
    ) -> UInt32 {
        var found: UInt32 = 0
        for phrase in phrases where marks[phrase] & (known | found) == 0 {
            let (start, end) = (Int(starts[phrase]), Int(starts[phrase + 1]))
            if PhraseList.stands(bytes[start..<end], in: text, at: index) { found |= marks[phrase] }
        }
        return found
    }
}
