/// Lists of 32-bit numbers as columns hold them: four bytes each, the lowest first.
enum NumberBytes {
    /// The bytes of numbers.
    static func bytes(of numbers: [UInt32]) -> [UInt8] {
        numbers.flatMap { number in
            (0..<4).map { UInt8(truncatingIfNeeded: number >> UInt32(8 * $0)) }
        }
    }

    /// The numbers in bytes; what is left behind the last whole one is passed over.
    static func numbers(in bytes: [UInt8]) -> [UInt32] {
        stride(from: 0, to: bytes.count - 3, by: 4).map { start in
            (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
        }
    }
}
