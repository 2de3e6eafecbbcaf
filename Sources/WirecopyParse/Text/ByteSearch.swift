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
