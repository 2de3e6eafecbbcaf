import Foundation
import Testing

@testable import WirecopyMessages

struct JSONReaderTests {
    private func string(_ json: String) throws -> String {
        var reader = JSONReader(Array(json.utf8))
        let value = try reader.string()
        try reader.end()
        return value
    }

    @Test func `escapes give the characters that they stand for`() throws {
        #expect(try string(#""a\"\\\/\b\f\n\r\tz""#) == "a\"\\/\u{8}\u{c}\n\r\tz")
        #expect(try string(#""\u00e9\uD83D\uDE00""#) == "é😀")
    }

    @Test func `an unpaired surrogate becomes the replacement character`() throws {
        #expect(try string(#""\uD83D!""#) == "\u{FFFD}!")
        #expect(try string(#""\uDE00""#) == "\u{FFFD}")
        #expect(try string(#""\uD83D\u0041""#) == "\u{FFFD}A")
    }

    @Test(arguments: [
        "", "\"", "\"\\", "\"\\u12\"", "\"\\u+123\"", "\"\n\"", "\"\\x\"", "nul", "[1,]", "{\"a\"}",
        "01", "1.", "+1", "1e", ".5", "[1 2]", "{\"a\":1,}", "tru", "'a'", "{1:2}", "-",
    ])
    func `text that is not JSON is refused`(_ json: String) {
        #expect(throws: JSONFailure.self) {
            var reader = JSONReader(Array(json.utf8))
            try reader.skip()
            try reader.end()
        }
    }

    @Test func `nesting beyond the limit is refused, not followed`() {
        let deep = String(repeating: "[", count: 1_000_000)
        #expect(throws: JSONFailure.self) {
            var reader = JSONReader(Array(deep.utf8))
            try reader.skip()
        }
    }

    @Test func `whole numbers in any spelling are integers, others are not`() throws {
        for (text, value) in [("0", 0), ("-7", -7), ("1e3", 1000), ("2.0", 2)] {
            var reader = JSONReader(Array(text.utf8))
            #expect(try reader.integer() == value)
        }
        for text in ["1.5", "1e400", "99999999999999999999", "true", "\"1\""] {
            #expect(throws: JSONFailure.self) {
                var reader = JSONReader(Array(text.utf8))
                _ = try reader.integer()
            }
        }
    }

    @Test func `what the writer wrote, Foundation reads as the same text`() throws {
        let texts = ["", "a\"b\\c", "\u{0}\u{1f}\n\t", "“é” 😀 \u{2028}", "</script>"]
        for text in texts {
            var writer = JSONWriter()
            writer.array([text]) { $0.string($1) }
            #expect(try JSONDecoder().decode([String].self, from: Data(writer.bytes)) == [text])
            #expect(
                try string(String(decoding: writer.bytes.dropFirst().dropLast(), as: UTF8.self))
                    == text
            )
        }
    }

    @Test func `special characters are found at every place of a text`() throws {
        for special in ["\"", "\\", "\n", "\u{1f}", "é", "\u{7f}"] {
            for length in 0..<20 {
                for place in 0...length {
                    var text = String(repeating: "x", count: length)
                    text.insert(
                        contentsOf: special,
                        at: text.index(text.startIndex, offsetBy: place)
                    )
                    var writer = JSONWriter()
                    writer.array([text, text]) { $0.string($1) }
                    let written = Data(writer.bytes)
                    #expect(try JSONDecoder().decode([String].self, from: written) == [text, text])
                    var reader = JSONReader(writer.bytes)
                    #expect(try reader.strings() == [text, text])
                }
            }
        }
    }

    @Test func `integers are written and read as Swift writes and reads them`() throws {
        let edges = [0, 9, 10, 99, 100, -1, -10, .max, .min, 999_999_999_999_999_999, 1 << 60]
        for value in edges {
            var writer = JSONWriter()
            writer.integer(value)
            #expect(String(decoding: writer.bytes, as: UTF8.self) == String(value))
            var reader = JSONReader(writer.bytes)
            #expect(try reader.integer() == value)
        }
    }

    @Test(arguments: ["1.0", "1.1.1", "01.1", "1.01", ".1", "1.", "a.1", "", "-1.1", "1.+1"])
    func `a lease is read as its two numbers say, whatever their spelling`(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        let numbers = parts.compactMap { $0 }.filter { $0 > 0 }
        let isLease = parts.count == 2 && numbers.count == 2
        let lease = try? LeaseID(json: Array("\"\(text)\"".utf8))
        #expect(lease == (isLease ? LeaseID(position: numbers[0], attempt: numbers[1]) : nil))
    }

    @Test func `numbers are written with at most four decimals and read back`() throws {
        for (value, text) in [(0.5, "0.5"), (1, "1"), (-0.25, "-0.25"), (2.00005, "2.0001")] {
            var writer = JSONWriter()
            writer.number(value)
            #expect(String(decoding: writer.bytes, as: UTF8.self) == text)
        }
    }

    @Test func `mutated messages lead to a value or a failure, never a trap`() throws {
        var generator = SeededGenerator(seed: 7)
        for example in try ContractFolder.examples("annotated-article.v1") {
            for _ in 0..<2000 {
                var bytes = example.json
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    let index = Int.random(in: 0..<bytes.count, using: &generator)
                    bytes[index] = UInt8.random(in: 0...255, using: &generator)
                }
                if let article = try? AnnotatedArticle(json: bytes) {
                    #expect(try AnnotatedArticle(json: article.json) == article)
                }
            }
        }
    }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): the same numbers from the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
