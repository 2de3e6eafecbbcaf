import Foundation
import Testing
import WirecopyMessages

@testable import WirecopyEntities

/// Any bytes end in bounded time with ranges inside the text.
struct HostileTextTests {
    private func check(_ bytes: [UInt8]) throws {
        let annotation = try Annotator.shipped().annotate(bytes)
        let ranges =
            annotation.mentions.map(\.range) + annotation.quotations.map(\.range)
            + annotation.citations.map(\.range) + annotation.sentences
            + annotation.values.map(\.range)
        #expect(ranges.allSatisfy { $0.start < $0.end && $0.end <= bytes.count })
        let starts = annotation.mentions.map(\.range)
        #expect(zip(starts, starts.dropFirst()).allSatisfy { $0.end <= $1.start })
        let values = annotation.values.map(\.range)
        #expect(zip(values, values.dropFirst()).allSatisfy { $0.end <= $1.start })
        let amounts = annotation.values.compactMap(\.amount?.number)
        #expect(
            amounts.allSatisfy { number in
                guard case .exact(let text) = number else { return true }
                return StatedAmount.isDecimal(text)
            }
        )
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            "a", "A", "\"", "“", "'", "(", ". ", "A ", "\" a ", "\n", "said ", "Said ", "U.S. ",
            "-A",
            "of ", "according to ", "\"A said ", ", said ", "Mr. ", "The ", "A of ", "Aa, ",
        ]
    )
    func `endless repetition ends soon`(pattern: String) throws {
        let bytes = Array(pattern.utf8)
        try check((0..<40_000 / bytes.count).flatMap { _ in bytes })
    }

    @Test(
        arguments: [
            "5 ", "five ", "hundred ", "dozen ", "5 to ", "1,", "1.", "5-", "five-", "half a ", "$",
            "$5 ", "5 of the ", "a ", "at least ", "May ", "January 5 ", "Tuesday, ", "last ",
            "5 years ", "tens of thousands of ", "number of ", "on 5 May said ",
        ]
    )
    func `endless numbers and dates end soon`(pattern: String) {
        let bytes = Array(pattern.utf8)
        let text = AnalysedText((0..<20_000 / bytes.count).flatMap { _ in bytes })
        let day = CalendarDay(2024, 5, 29)
        let values = ValueFinder(text: text, names: LinkedNames(), published: day).values()
        #expect(zip(values, values.dropFirst()).allSatisfy { $0.range.end <= $1.range.start })
    }

    @Test(
        arguments: [
            "President Aa, the president. ", "the president ", "Moscow and ", "Mr. Aa ", "Grad ",
        ]
    )
    func `endless offices and capitals end soon`(pattern: String) throws {
        let bytes = Array(pattern.utf8)
        try check((0..<8_000 / bytes.count).flatMap { _ in bytes })
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            [UInt8](repeating: UInt8(ascii: "\""), count: 1_000_000),
            [UInt8](repeating: UInt8(ascii: "a"), count: 10 << 20),
        ]
    )
    func `a million marks and ten megabytes without a space end soon`(bytes: [UInt8]) throws {
        try check(bytes)
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            // One surname, one beginning, one ending and one acronym for all names.
            ("Q# Larch", EntityType.person), ("Quillon#", .person), ("Larch Q#", .organisation),
            ("Q# Larch Board", .organisation), ("Larch Q# Board", .organisation),
            ("Q#", .organisation),
        ]
    )
    func `names that resemble each other are linked in linear time`(
        pattern: String,
        type: EntityType
    ) throws {
        var text: [UInt8] = []
        var names: [Mention] = []
        for number in 0..<5_000 {
            let start = text.count
            let letters = String(number, radix: 16)
            text += Array(pattern.replacingOccurrences(of: "#", with: letters).utf8)
            names.append(Mention(TextRange(start, text.count), type: type, entity: 0))
            text += Array(", ".utf8)
        }
        let analysed = AnalysedText(text)
        let spans = NameSpan.spans(names, in: analysed)
        let linked = EntityLinker(text: analysed, lexicon: try .shipped()).link(spans)
        #expect(linked.entityOfSpan.count == names.count)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `random bytes give ranges inside the text`(seed: UInt64) throws {
        var state = seed
        let alphabet =
            Array("aA .,\"'“”’(\nsaid Mr. of the 19-$5%May,".utf8) + [0xFF, 0xC3, 0xE2, 0x80]
        for _ in 0..<40 {
            let bytes = (0..<400).map { _ -> UInt8 in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return alphabet[Int(state >> 33) % alphabet.count]
            }
            try check(bytes)
        }
    }

    @Test func `an empty text gives nothing`() throws {
        #expect(try Annotator.shipped().annotate([]) == Annotation())
    }
}
