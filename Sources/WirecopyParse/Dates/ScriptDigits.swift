/// Decimal digits of scripts that news is dated in: Arabic, Persian and Urdu, Devanagari, Bengali,
/// Thai, and the wide ones of East Asia.
enum ScriptDigits {
    /// Digits of other scripts in a text.
    static func count(in text: String) -> Int {
        let bytes = text.utf8
        guard bytes.contains(where: isLead) else { return 0 }
        let copy = Array(bytes)
        return copy.indices.count { digit(in: copy[$0...]) != nil }
    }

    /// The bytes of a text with its digits in ASCII.
    static func folded(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(where: isLead) else { return bytes }
        var folded: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if let (value, length) = digit(in: bytes[index...]) {
                folded.append(UInt8(ascii: "0") + value)
                index += length
            } else {
                folded.append(bytes[index])
                index += 1
            }
        }
        return folded
    }

    /// Whether a digit of another script may begin with a byte.
    static func isLead(_ byte: UInt8) -> Bool {
        switch byte {
        case 0xD9, 0xDB, 0xE0, 0xEF: true
        default: false
        }
    }

    /// The digit that bytes begin with, and how many of them it takes.
    private static func digit(in bytes: ArraySlice<UInt8>) -> (value: UInt8, length: Int)? {
        guard let first = bytes.first, isLead(first) else { return nil }
        for zero in zeros where bytes.starts(with: zero.dropLast()) {
            guard bytes.count >= zero.count, let base = zero.last else { continue }
            let last = bytes[bytes.startIndex + zero.count - 1]
            if last >= base, last < base + 10 { return (last - base, zero.count) }
        }
        return nil
    }

    private static let zeros = "٠۰०০๐０".map { Array($0.utf8) }
}
