/// Looking for bytes in bytes.
extension [UInt8] {
    /// The first place of some bytes.
    func firstPlace(of other: [UInt8]) -> Int? {
        guard let first = other.first, other.count <= count else { return nil }
        let last = count - other.count
        var index = 0
        while index <= last {
            if self[index] == first, self[index..<(index + other.count)].elementsEqual(other) {
                return index
            }
            index += 1
        }
        return nil
    }

    /// Whether some bytes stand anywhere.
    func holds(_ other: [UInt8]) -> Bool { firstPlace(of: other) != nil }
}

// The texts of pages are NFC when they are searched: equal bytes are equal characters there. The
// standard library's search compares characters, which took a sixth of the stage's time.
extension StringProtocol {
    /// Where a text first stands in this one; `nil` when it does not, or is empty.
    func firstRange(of text: String) -> Range<Index>? {
        let pattern = Array(text.utf8)
        let bytes = utf8
        guard let start = Array(bytes).firstPlace(of: pattern) else { return nil }
        let lower = bytes.index(bytes.startIndex, offsetBy: start)
        return lower..<bytes.index(lower, offsetBy: pattern.count)
    }

    /// Whether a text stands anywhere in this one.
    func contains(_ text: String) -> Bool { Array(utf8).holds(Array(text.utf8)) }
}
