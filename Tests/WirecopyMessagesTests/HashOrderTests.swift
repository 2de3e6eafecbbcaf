import Testing

@testable import WirecopyMessages

@Suite struct HashOrderTests {
    /// Spread evenly by the golden ratio.
    private static func numbers(_ count: Int) -> [UInt64] {
        (1...max(1, count)).prefix(count).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
    }

    @Test(arguments: [0, 1, 2, 31, 32, 33, 600, 20_000])
    func `spread numbers come into order`(count: Int) {
        var numbers = Self.numbers(count)
        let expected = numbers.sorted()
        numbers.sortHashes()
        #expect(numbers == expected)
    }

    @Test(arguments: [1, 24, 52, 63])
    func `numbers that crowd come into order, too`(sharedBits: Int) {
        var numbers = Self.numbers(2000).map { $0 >> UInt64(sharedBits) }
        let expected = numbers.sorted()
        numbers.sortHashes()
        #expect(numbers == expected)
    }

    @Test func `equal numbers stay as many as they are`() {
        var numbers = Self.numbers(100) + Self.numbers(100) + [UInt64](repeating: .max, count: 100)
        let expected = numbers.sorted()
        numbers.sortHashes()
        #expect(numbers == expected)
    }
}
