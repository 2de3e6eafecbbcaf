import Testing
import WirecopyMessages

@testable import WirecopyEntities

/// What rules, lists and the trained tagger find together, on invented news.
struct MentionDetectorTests {
    /// Names stand in brackets with their type: `[Ada Quillon/PER]`.
    private static let news = [
        """
        [Norwegian/NORP] Foreign Minister [Ada Quillon/PER] met Prime Minister \
        [Orrin Larchson/PER] in [Oslo/GPE] on Tuesday. [Quillon/PER] said the \
        [European Union/ORG] would not wait. [Larchson/PER], who leads the [Labour Party/ORG], \
        told [Reuters/ORG] that talks in [Brussels/GPE] had failed.
        """,
        """
        [U.S./GPE] Secretary of State [Orrin Quill/PER] spoke to the \
        [United Nations Security Council/ORG] in [New York/GPE]. The [Kenya/GPE]-based \
        [Harbour Safety Board/ORG] ([HSB/ORG]) said its inspectors were in [Mombasa/GPE]. \
        The [HSB/ORG] has offices in [Nairobi/GPE] and [Kampala/GPE], [Uganda/GPE].
        """,
        """
        Police in [Larchford/GPE] arrested three [Ukrainians/NORP] near the [Black Sea/LOC]. \
        [Maria Petrova/PER], a spokeswoman for the [Ministry of Trade/ORG], said they had worked \
        for [Quill Motor Company/ORG]. [Petrova/PER] did not name them.
        """,
        """
        The [University of Quillmoor/ORG] and [Samsung/ORG] signed a deal in [South Korea/GPE]. \
        [Joon Park/PER] of the university said [Park/PER] would not be his last name for long, the \
        [Korea Herald/ORG] wrote. [Muslims/NORP] and [Christians/NORP] celebrated together during \
        [Ramadan/EVENT] in [Jakarta/GPE].
        """,
    ]

    private struct Marked {
        var text: [UInt8] = []
        var names: Set<String> = []

        init(_ news: String) {
            for (index, part) in news.split(separator: "[").enumerated() {
                guard index > 0 || news.hasPrefix("["),
                    let close = part.firstIndex(of: "]"),
                    let slash = part[..<close].lastIndex(of: "/")
                else {
                    text += Array(part.utf8)
                    continue
                }
                let name = Array(part[..<slash].utf8)
                let type = part[part.index(after: slash)..<close]
                names.insert("\(text.count)..<\(text.count + name.count) \(type)")
                text += name + Array(part[part.index(after: close)...].utf8)
            }
        }
    }

    @Test func `nearly all names of invented news are found with their types`() throws {
        let detector = MentionDetector(
            lexicon: try Lexicon.shipped(),
            model: try NameModel.shipped()
        )
        var (wanted, found, right) = (0, 0, 0)
        for news in Self.news {
            let marked = Marked(news)
            let text = AnalysedText(marked.text)
            let names = detector.mentions(in: text).map { span in
                let range = text.range(span.tokens)
                return "\(range.start)..<\(range.end) \(span.type.rawValue)"
            }
            wanted += marked.names.count
            found += names.count
            right += names.count { marked.names.contains($0) }
        }
        #expect(wanted == 39)
        #expect(200 * right >= 90 * (wanted + found), "\(right) of \(found) are right")
    }

    @Test(
        arguments: [
            ("They met U.S. President Ada Quill in Paris.", ["U.S.", "Ada Quill", "Paris"]),
            ("He lives in Kenya-based exile with pan-African leaders.", ["Kenya", "African"]),
            ("Rain fell on Tuesday in March.", []),
        ] as [(String, [String])]
    )
    func `bounds are those of the name`(text: String, expected: [String]) throws {
        let read = try ReadText(text)
        #expect(read.annotation.mentions.map { read.string($0.range) } == expected)
    }

    @Test func `a person's title stands before the name`() throws {
        let detector = MentionDetector(
            lexicon: try Lexicon.shipped(),
            model: try NameModel.shipped()
        )
        let text = AnalysedText(Array("Foreign Minister Ada Quillon left Oslo.".utf8))
        let spans = detector.mentions(in: text)
        #expect(spans.first.map { text.string($0.title) } == "Foreign Minister")
        #expect(spans.last?.title.isEmpty == true)
    }

    @Test func `a person keeps a first name in brackets, and the list knows weapons`() throws {
        let text = """
            "As Congressman [Orrin] Bradshaw said in Ohio, we are always open," Quill added. \
            Officials told Reuters in Paris that the Storm Shadow flew over the coast.
            """
        let read = try ReadText(text)
        #expect(read.mentions.contains("Storm Shadow/WEAPON"))
        #expect(read.mentions.contains("[Orrin] Bradshaw/PER"))
        #expect(read.entityNames.contains("Orrin Bradshaw"))
    }
}
