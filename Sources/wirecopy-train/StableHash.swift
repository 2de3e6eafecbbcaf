/// Parts and chances that depend on a name alone, so that training again gives the same bytes.
enum StableHash {
    /// FNV-1a of a name's bytes.
    static func of(_ name: String) -> UInt64 {
        name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// Which of some parts a name belongs to: a model is not judged on what it learned from.
    static func fold(of name: String, _ count: Int) -> Int {
        Int((of(name) >> 17) % UInt64(count))
    }
}
