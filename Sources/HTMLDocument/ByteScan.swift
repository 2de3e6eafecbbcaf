extension [UInt8] {
    /// An index at or behind `start` with none of three bytes before it, and one of them soon
    /// behind it unless the end is near: for passing over long runs that hold none.
    func firstBlock(holding wanted: (UInt8, UInt8, UInt8), from start: Int) -> Int {
        let bytes = unsafe span.bytes
        let first = SIMD32<UInt8>(repeating: wanted.0)
        let second = SIMD32<UInt8>(repeating: wanted.1)
        let third = SIMD32<UInt8>(repeating: wanted.2)
        var index = start
        while index + first.scalarCount <= count {
            // Checked against the bounds; any 32 bytes are a valid vector.
            let block = unsafe bytes.unsafeLoadUnaligned(
                fromByteOffset: index,
                as: SIMD32<UInt8>.self
            )
            if any((block .== first) .| (block .== second) .| (block .== third)) { break }
            index += first.scalarCount
        }
        return index
    }
}
