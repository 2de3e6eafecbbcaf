import Testing
import WirecopyMessages

@testable import WirecopyEntities

/// Names are given, so that the linker is judged without the detector.
struct EntityLinkerTests {
    /// Links names given in the text between square brackets, as `[Ada Quill/PER]`.
    private func linked(_ marked: String, aliases: String = "") throws -> [String] {
        var text = ""
        var names: [Mention] = []
        for part in marked.split(separator: "[", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: "]", omittingEmptySubsequences: false)
            guard pieces.count == 2, let slash = pieces[0].lastIndex(of: "/") else {
                text += part
                continue
            }
            let start = text.utf8.count
            text += pieces[0][..<slash]
            let type = try #require(
                EntityType(rawValue: String(pieces[0][pieces[0].index(after: slash)...]))
            )
            names.append(Mention(TextRange(start, text.utf8.count), type: type, entity: 0))
            text += pieces[1]
        }
        var annotator = try Annotator.shipped()
        annotator.aliases = try AliasList(text: aliases)
        let annotation = annotator.annotate(Array(text.utf8), names: names)
        return annotation.mentions.map { annotation.entities[$0.entity].name }
    }

    @Test(arguments: [
        ("[Mary Quillon/PER] spoke. Later [Quillon/PER] left.", ["Mary Quillon", "Mary Quillon"]),
        ("[Mary Quillon/PER] met [John Quillon/PER].", ["Mary Quillon", "John Quillon"]),
        (
            "[Mary Quillon/PER] met [John Quillon/PER]. Ms. [Quillon/PER] left Mr. [Quillon/PER].",
            ["Mary Quillon", "John Quillon", "Mary Quillon", "John Quillon"]
        ),
        ("Mr. [Quillon/PER] spoke. [Quillon/PER] left.", ["Quillon", "Quillon"]),
        (
            "[Mary Quillon/PER], [Mary J. Quillon/PER], [Mary Quillon/PER].",
            ["Mary Quillon", "Mary Quillon", "Mary Quillon"]
        ),
        ("[J. D. Quillon/PER] is [JD Quillon/PER].", ["J. D. Quillon", "J. D. Quillon"]),
        ("[J. Quillon/PER] is [Jane Quillon/PER].", ["Jane Quillon", "Jane Quillon"]),
        (
            "[J. Quillon/PER] met [Jane Quillon/PER] and [John Quillon/PER].",
            ["Jane Quillon", "Jane Quillon", "John Quillon"]
        ),
        ("[Joe Quillon/PER] is [Joseph Quillon/PER].", ["Joe Quillon", "Joe Quillon"]),
        (
            "[Ana Larch Quillon/PER] spoke. [Larch Quillon/PER] and [Ana/PER] left.",
            ["Ana Larch Quillon", "Ana Larch Quillon", "Ana Larch Quillon"]
        ),
        ("[Louis De Zoyla/PER] spoke. [De Zoyla/PER] left.", ["Louis De Zoyla", "Louis De Zoyla"]),
        (
            "[George W. Quillon/PER] and [George H. Quillon/PER].",
            ["George W. Quillon", "George H. Quillon"]
        ),
        (
            "[Ada Quillon Jr./PER] and [Ada Quillon Sr./PER].",
            ["Ada Quillon Jr.", "Ada Quillon Sr."]
        ),
        ("[Quillon Ana/PER] is [Ana Quillon/PER].", ["Quillon Ana", "Quillon Ana"]),
        (
            "[Edward “Eddie” Quillon/PER], called [Eddie Quillon/PER].",
            ["Eddie Quillon", "Eddie Quillon"]
        ),
        ("[Mary Ann Larch/PER] answered. [MAL/PER] Yes.", ["Mary Ann Larch", "Mary Ann Larch"]),
    ])
    func `the names of a person are one`(text: String, expected: [String]) throws {
        #expect(try linked(text) == expected)
    }

    @Test(arguments: [
        ("[Mary Zelentsky/PER] left. [Zelentskyy/PER] said no.", "Mary Zelentsky"),
        ("[Mohammed Quill/PER] left. [Muhammad Quill/PER] said no.", "Mohammed Quill"),
        ("[Recep Erdolan/PER] left. [Erdölan/PER] said no.", "Recep Erdolan"),
        ("[Jacques Chirlac/PER] left. [Chrilac/PER] said no.", "Jacques Chirlac"),
        ("[Isfalan/GPE] is large. [Esfalan/GPE] too.", nil),
        ("[Magnitolorsk/GPE] is large. [Magnitilorsk/GPE] too.", "Magnitolorsk"),
        ("[Al-Qalda/ORG] and [al-Qalda/ORG].", "Al-Qalda"),
        ("[Martin Lopes/PER] met [Martha Lopez/PER].", nil),
        ("The [Southeast/LOC] and the [Southwest/LOC].", nil),
    ])
    func `other spellings are one name, other names are not`(text: String, name: String?) throws {
        let names = try linked(text)
        if let name {
            #expect(names.allSatisfy { $0 == name })
        } else {
            #expect(Set(names).count > 1)
        }
    }

    @Test(arguments: [
        // Of two the one with more full mentions; of equals the one with an office.
        (
            "[Ada Quill/PER], [Ada Quill/PER] and [Bob Quill/PER]. [Quill/PER] left.",
            "Ada Quill"
        ),
        (
            "President [Ada Quill/PER] and [Bob Quill/PER]. [Quill/PER] left.",
            "Ada Quill"
        ),
        ("[Ada Quill/PER] and [Bob Quill/PER]. [Quill/PER] left.", "Bob Quill"),
    ])
    func `a surname of two means the principal one`(text: String, expected: String) throws {
        #expect(try linked(text).last == expected)
    }

    @Test(arguments: [
        ("The [Larchford Safety Board/ORG] ([LSB/ORG]) met. [LSB/ORG].", 1),
        ("The [National Union of Quill Workers/ORG] ([UQW/ORG]) met.", 1),
        ("[Larch Association of Quillers/ORG] and the [LAQ/ORG].", 1),
        ("[Quill Gas and Electric Company/ORG], or [QG&E/ORG].", 1),
        ("[United States Quill Guard/ORG], or [USQG/ORG].", 1),
        ("[Mary Quill/PER] ([LPC/ORG]) spoke.", 2),
        ("The [United States/GPE] and the [U.S./GPE] and the [US/GPE].", 1),
        ("[United Kingdom/GPE] and [United States/GPE], [UK/GPE] and [US/GPE].", 2),
        ("[United States Quill Court/ORG], the [Quill Court/ORG], [U.S. Quill Court/ORG].", 1),
        ("[Quill Department/ORG], the [United States Department of Quill/ORG].", 1),
        ("[United States House of Representatives/ORG] and the [House/ORG].", 1),
        ("[Quill Motor Company/ORG] and [Quill/ORG].", 1),
        ("[Boston University Library/ORG] and [Boston University/ORG].", 2),
        ("[Social Democratic Party/ORG] and [Democratic Party/ORG].", 2),
        ("[Prohibition Party of Illinois/ORG] and [Prohibition Party/ORG].", 2),
        ("[Bank of Quill/ORG] and [Quill/ORG].", 2),
        ("[Coalition to Defeat Quill/ORG] and [Quill/ORG].", 2),
        ("[Quill International Airport/FAC] and [Quill Airport/FAC].", 1),
        ("[Hurricane Quill/EVENT] and [Quill/EVENT], [Tropical Storm Quill/EVENT].", 1),
        ("[Westquill County/GPE] and [Westquill/GPE].", 1),
        ("[Tyulen Oblast/GPE] and [Tyulen/GPE].", 2),
        ("[Kenya/GPE] and the [Kenyan/NORP] army.", 2),
        ("[Poland/GPE] and in [Polish/MISC].", 2),
        ("[Larus quillensis/MISC], or [L. quillensis/MISC].", 1),
        ("[Wirenews/ORG] asked.\n\n(([WN/ORG])) Why?\n\n(([WN/ORG])) How?", 1),
    ])
    func `short forms of a thing are one with it`(text: String, count: Int) throws {
        #expect(Set(try linked(text)).count == count)
    }

    @Test(arguments: [
        ("[Ada Quill/PER], [Ada May Quill/PER], [Ada Quill/PER].", "Ada Quill"),
        ("[Quill/EVENT], [Quill/EVENT] and [Hurricane Quill/EVENT].", "Hurricane Quill"),
        ("[US/GPE], [US/GPE] and [United States/GPE].", "United States"),
        ("[Ada\u{A0}  Quill/PER] spoke.", "Ada Quill"),
        ("[LSB/ORG], the [Larch Safety Board/ORG].", "Larch Safety Board"),
    ])
    func `the name is the fullest common one`(text: String, expected: String) throws {
        #expect(try Set(linked(text)) == [expected])
    }

    @Test func `a user's list wins`() throws {
        let text = "[Ada Quill/PER], [Quill/PER] and the [QPB/ORG], [Read More/ORG]."
        #expect(try linked(text) == ["Ada Quill", "Ada Quill", "QPB", "Read More"])
        let list = "merge Quill Paper Board | QPB\nsplit Ada Quill | Quill\nnever read more"
        #expect(
            try linked(text, aliases: list) == ["Ada Quill", "Quill", "Quill Paper Board"]
        )
    }

    @Test func `names that a list keeps apart do not meet through a third`() throws {
        let text = "[Ada Quill/PER], [A. Quill/PER], [Quill/PER]."
        let list = "split Ada Quill | Quill"
        let names = try linked(text, aliases: list)
        #expect(names[0] == names[1] && names[0] != names[2])
    }

    @Test func `Mr. and Ms. of one surname are two persons`() throws {
        let text = "Mr. Quillon met Ms. Quillon."
        let names = [TextRange(4, 11), TextRange(20, 27)].map {
            Mention($0, type: .person, entity: 0)
        }
        let annotation = try Annotator.shipped().annotate(Array(text.utf8), names: names)
        #expect(annotation.mentions.map(\.entity) == [0, 1])
    }
}
