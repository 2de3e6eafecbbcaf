import Testing
import WirecopyMessages

@testable import WirecopyEntities

/// What rules and lists propose, before the tagger decides.
struct NameRulesTests {
    private func names(_ text: String) throws -> [String] {
        let text = AnalysedText(Array(text.utf8))
        return NameRules(lexicon: try Lexicon.shipped()).spans(in: text).map {
            "\(text.string($0.tokens))/\($0.type.rawValue)"
        }
    }

    @Test(
        arguments: [
            (
                "Norwegian Foreign Minister Ada Quillon met Prime Minister Orrin Larchson in Oslo.",
                ["Norwegian/NORP", "Ada Quillon/PER", "Orrin Larchson/PER", "Oslo/GPE"]
            ),
            ("U.S. Secretary of State Orrin Quill spoke.", ["U.S./GPE", "Orrin Quill/PER"]),
            (
                "The University of Quillmoor and the Larchford Ministry of Trade and Industry met.",
                ["University of Quillmoor/ORG", "Larchford Ministry of Trade and Industry/ORG"]
            ),
            (
                "Members of the Quill Workers' Party crossed the Larch River.",
                ["Quill Workers' Party/ORG", "Larch River/LOC"]
            ),
            ("The 2031 Quillmoor Cup began on Monday in May.", ["2031 Quillmoor Cup/EVENT"]),
            (
                "Under the Clean Harbours Act, Article 12 applies.",
                ["Clean Harbours Act/LAW", "Article 12/LAW"]
            ),
            ("They landed at Larchford Airport in Kenya.", ["Larchford Airport/FAC", "Kenya/GPE"]),
            (
                "Ukrainians and Kenyans fired Storm Shadow missiles.",
                ["Ukrainians/NORP", "Kenyans/NORP", "Storm Shadow/WEAPON"]
            ),
            ("He paid US$5 million to a quill-led firm.", []),
            (
                "Judge Ada Quill QC and Mary Larch, PhD, agreed.",
                ["Ada Quill/PER", "Mary Larch/PER"]
            ),
            (
                "Speakers at the White House and in the Kremlin met.",
                ["White House/FAC", "Kremlin/FAC"]
            ),
            ("On Tuesday the White House said little.", ["White House/ORG"]),
            ("The newspaper Larchpost reported it.", ["Larchpost/ORG"]),
            ("Mary Day and Joe Hill spoke.", ["Mary Day/PER", "Joe Hill/PER"]),
        ] as [(String, [String])]
    )
    func `names are found with their bounds and types`(text: String, expected: [String]) throws {
        #expect(try names(text) == expected)
    }

    @Test func `a capital at the start of a sentence makes no name`() throws {
        let read = try names(
            "Yesterday rain fell. However, nothing broke. Police came. Officials left."
        )
        #expect(read == [])
    }

    @Test func `a surname is a person wherever the document names the person once`() throws {
        let read = try names("Park opened the door. Mary Park smiled. The guests greeted Park.")
        #expect(read == ["Park/PER", "Mary Park/PER", "Park/PER"])
    }

    @Test func `a headline gives only names that are known`() throws {
        let read = try names("US Workers Demand Better Wages From Kenya\n\nRain fell.")
        #expect(read == ["US/GPE", "Kenya/GPE"])
    }

    @Test func `months and days are no names`() throws {
        #expect(try names("The talks on Monday, March 3 failed in April.") == [])
    }
}
