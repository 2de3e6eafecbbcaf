/// Looking for bytes in bytes.
extension [UInt8] {
    /// The first place of some bytes.
    func firstPlace(of other: [UInt8]) -> Int? { firstPlace(of: other, from: 0) }

    /// The first place of some bytes at or behind an index.
    ///
    /// Blocks of places are compared at once, in the first and in the last of the wanted bytes:
    /// few places have both (W. Muła, "SIMD-friendly algorithms for substring searching", 2016).
    func firstPlace(of other: [UInt8], from start: Int) -> Int? {
        guard let first = other.first, let final = other.last, other.count <= count - start else {
            return nil
        }
        let last = count - other.count
        let firsts = SIMD32<UInt8>(repeating: first)
        let finals = SIMD32<UInt8>(repeating: final)
        var index = start
        let bytes = unsafe span.bytes
        while index + firsts.scalarCount <= last {
            // Checked against the bounds; any 32 bytes are a valid vector.
            let starts = unsafe bytes.unsafeLoadUnaligned(
                fromByteOffset: index,
                as: SIMD32<UInt8>.self
            )
            let ends = unsafe bytes.unsafeLoadUnaligned(
                fromByteOffset: index + other.count - 1,
                as: SIMD32<UInt8>.self
            )
            if any((starts .== firsts) .& (ends .== finals)) {
                for place in index..<index + firsts.scalarCount where stands(other[...], at: place)
                {
                    return place
                }
            }
            index += firsts.scalarCount
        }
        while index <= last {
            if stands(other[...], at: index) { return index }
            index += 1
        }
        return nil
    }

    /// Whether some bytes stand at an index.
    @inline(__always)
    func stands(_ other: ArraySlice<UInt8>, at index: Int) -> Bool {
        guard other.count <= count - index else { return false }
        let shift = index - other.startIndex
        for place in other.indices where self[place + shift] != other[place] { return false }
        return true
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
