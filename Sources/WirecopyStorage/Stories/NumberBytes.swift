/// Lists of 32-bit numbers as columns hold them: four bytes each, the lowest first.
enum NumberBytes {
    /// The bytes of numbers.
    static func bytes(of numbers: [UInt32]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4 * numbers.count)
        for number in numbers {
            bytes.append(UInt8(truncatingIfNeeded: number))
            bytes.append(UInt8(truncatingIfNeeded: number >> 8))
            bytes.append(UInt8(truncatingIfNeeded: number >> 16))
            bytes.append(UInt8(truncatingIfNeeded: number >> 24))
        }
        return bytes
    }

    /// The numbers in bytes; what is left behind the last whole one is passed over.
    static func numbers(in bytes: [UInt8]) -> [UInt32] {
        var numbers: [UInt32] = []
        numbers.reserveCapacity(bytes.count / 4)
        // One check of bounds for four bytes: blocks of some kilobytes are read for each article.
        unsafe bytes.withUnsafeBytes { raw in
            for start in stride(from: 0, to: raw.count - 3, by: 4) {
                let number = unsafe raw.loadUnaligned(fromByteOffset: start, as: UInt32.self)
                numbers.append(UInt32(littleEndian: number))
            }
        }
        return numbers
    }
}
