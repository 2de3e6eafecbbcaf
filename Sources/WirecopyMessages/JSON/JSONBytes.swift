/// Scans and writes the bytes of JSON several at a time.
///
/// A message has some 15 short fields, and the queue reads and writes each of them several times;
/// byte by byte this was a third of its processor time.
enum JSONBytes {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// Counts the bytes before the first quotation mark, backslash or control character, and with
    /// `asciiOnly` before the first byte that is not ASCII.
    ///
    /// Eight bytes a step; the tricks are those of S. E. Anderson, "Bit Twiddling Hacks" (2005),
    /// "Determine if a word has a zero byte" and "has a byte less than n". They may mark bytes
    /// after the first true one wrongly, so only the first mark is used.
    @inline(__always)
    static func plainCount(_ bytes: Span<UInt8>, asciiOnly: Bool = false) -> Int {
        let raw = unsafe bytes.bytes
        var index = 0
        while index &+ 8 <= bytes.count {
            let word = unsafe UInt64(
                littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            )
            var special = (word &- ones &* 0x20) & ~word
            special |= zeroBytes(word ^ ones &* UInt64(UInt8(ascii: "\"")))
            special |= zeroBytes(word ^ ones &* UInt64(UInt8(ascii: "\\")))
            if asciiOnly { special |= word }
            special &= highs
            if special != 0 { return index &+ special.trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < bytes.count, isPlain(bytes[index], asciiOnly) { index &+= 1 }
        return index
    }

    @inline(__always)
    private static func zeroBytes(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }

    @inline(__always)
    private static func isPlain(_ byte: UInt8, _ asciiOnly: Bool) -> Bool {
        byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
            && (!asciiOnly || byte < 0x80)
    }

    /// Reads digits that fill the bytes: no sign, no leading zero, at most 18, so that they fit.
    static func decimal(_ bytes: Span<UInt8>) -> Int? {
        guard 1...18 ~= bytes.count, bytes[0] != UInt8(ascii: "0") || bytes.count == 1
        else { return nil }
        var value = 0
        for index in bytes.indices {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value &* 10 &+ Int(digit)
        }
        return value
    }
}

extension [UInt8] {
    /// Appends the decimal digits of a number, with leading zeros up to a width.
    mutating func append(decimal value: Int, width: Int = 1) {
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var rest = value.magnitude
            var start = digits.count
            while rest > 0 || digits.count - start < width {
                let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
                start -= 1
                unsafe digits[start] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: digit)
                rest = quotient
            }
            if value < 0 { append(UInt8(ascii: "-")) }
            unsafe append(contentsOf: UnsafeMutableBufferPointer(rebasing: digits[start...]))
        }
    }

    /// Appends text that is known when the program is built.
    @inline(__always)
    mutating func append(_ text: StaticString) {
        unsafe append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        )
    }
}
