/// A few keys of words, of which each word of a text is looked for.
///
/// A table with linear probing, a fifth full: most words of a text find an empty place at once.
struct WordKeys {
    /// The keys; 0 where there is none.
    private var places = [UInt32](repeating: 0, count: size)

    /// A power of 2 far above the words that news have in common.
    private static let size = 1024

    /// Takes keys, at most half as many as there are places, none of them 0.
    init(_ keys: Set<UInt32>) {
        precondition(keys.count <= Self.size / 2 && !keys.contains(0), "Room for every key.")
        for key in keys {
            var place = Int(key) & (Self.size - 1)
            while places[place] != 0 { place = (place + 1) & (Self.size - 1) }
            places[place] = key
        }
    }

    /// Whether a key is among them.
    func contains(_ key: UInt32) -> Bool {
        var place = Int(key) & (Self.size - 1)
        while places[place] != 0 {
            if places[place] == key { return true }
            place = (place + 1) & (Self.size - 1)
        }
        return false
    }
}
