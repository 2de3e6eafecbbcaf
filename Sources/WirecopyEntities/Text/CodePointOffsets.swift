package import WirecopyMessages

/// Code points before each byte of a text, for corpora and batches, which count them.
package struct CodePointOffsets {
    private let counts: [Int32]

    /// Counts once; 4 bytes of memory for each byte of text.
    package init(_ text: [UInt8]) {
        var counts: [Int32] = []
        counts.reserveCapacity(text.count + 1)
        var count: Int32 = 0
        for byte in text {
            counts.append(count)
            if byte & 0xC0 != 0x80 { count += 1 }
        }
        counts.append(count)
        self.counts = counts
    }

    /// The number of code points before a byte.
    package subscript(byte: Int) -> Int { Int(counts[min(max(byte, 0), counts.count - 1)]) }

    /// The bytes between two numbers of code points; empty when they are none of the text.
    package func bytes(from start: Int, to end: Int) -> TextRange {
        let start = byte(of: start)
        return TextRange(start, max(start, byte(of: end)))
    }

    /// The last byte that so many code points stand before: the first of the next one. Bytes within
    /// a code point have the next number too, and stand before it.
    private func byte(of count: Int) -> Int {
        var (low, high) = (0, counts.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if Int(counts[middle]) <= count { low = middle } else { high = middle - 1 }
        }
        return low
    }
}
