import Testing

@testable import WirecopyStories

@Suite struct GreatestNumbersTests {
    @Test(arguments: [1, 2, 48, 999, 1000, 2000])
    func `the greatest come out in order`(limit: Int) {
        let numbers = (1...1000).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
        var greatest = GreatestNumbers(limit)
        for number in numbers { greatest.meet(number) }
        #expect(greatest.numbers == Array(numbers.sorted(by: >).prefix(limit)))
    }
}
