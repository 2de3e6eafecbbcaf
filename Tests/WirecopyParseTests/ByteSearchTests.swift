import Testing

@testable import WirecopyParse

@Suite struct ByteSearchTests {
    @Test(arguments: [
        ("Ann Lee and Bo Ek", " and ", "Ann Lee"), ("Анна и Борис", " и ", "Анна"),
        ("aab", "ab", "a"), ("ab", "ab", ""), ("李雷、韩梅", "、", "李雷"),
    ])
    func `a text is found where it first stands`(text: String, part: String, before: String) {
        let range = text.firstRange(of: part)
        #expect(range.map { String(text[..<$0.lowerBound]) } == before)
        #expect(range.map { String(text[$0]) } == part)
        let slice = ("x" + text).dropFirst()
        #expect(slice.firstRange(of: part).map { String(slice[..<$0.lowerBound]) } == before)
    }

    @Test(arguments: [("Ann", "Anna"), ("", "a"), ("Ann", ""), ("Ann", "b")])
    func `a text that does not stand there is not found`(text: String, part: String) {
        #expect(text.firstRange(of: part) == nil)
    }

    @Test func `bytes are found at every place of texts of every length`() {
        let part = Array("ab".utf8)
        for count in 2..<100 {
            for place in 0...(count - 2) {
                var text = [UInt8](repeating: UInt8(ascii: "a"), count: count)
                text[place + 1] = UInt8(ascii: "b")
                #expect(text.firstPlace(of: part) == place)
                #expect(text.firstPlace(of: part, from: place + 1) == nil)
            }
        }
    }
}
