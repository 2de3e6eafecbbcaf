/// The numbers of fixed words, found by their hashes.
///
/// An open-addressed table for lists that ship with the program. Its keys are hashes already and
/// are not hashed again; that no run of taken slots is long is a matter of those lists, whatever a
/// page looks up. What a page itself fills goes into a `Dictionary`, which it cannot make slow.
struct WordIndex: Sendable {
    private struct Slot {
        var key: UInt64 = 0
        /// -1 in a free slot.
        var number: Int32 = -1
    }

    private var slots: [Slot]
    private let shift: UInt64

    /// Numbers words in their order, from 0; of equal ones the first counts.
    init(_ keys: [UInt64]) {
        var bits: UInt64 = 4
        while 1 << bits < keys.count * 2 { bits += 1 }
        shift = 64 - bits
        slots = Array(repeating: Slot(), count: 1 << bits)
        for (number, key) in keys.enumerated() {
            let place = place(of: key)
            if slots[place].number < 0 { slots[place] = Slot(key: key, number: Int32(number)) }
        }
    }

    /// The number of the word with a hash.
    subscript(key: UInt64) -> Int? {
        let number = slots[place(of: key)].number
        return number < 0 ? nil : Int(number)
    }

    /// Where a key is, or would be.
    private func place(of key: UInt64) -> Int {
        var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
        while slots[place].number >= 0, slots[place].key != key {
            place = (place + 1) & (slots.count - 1)
        }
        return place
    }
}
