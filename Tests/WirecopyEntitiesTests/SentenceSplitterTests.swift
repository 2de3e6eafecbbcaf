import Testing
import WirecopyMessages

@testable import WirecopyEntities

struct SentenceSplitterTests {
    private func sentences(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        return SentenceSplitter.sentences(of: bytes).map {
            String(decoding: bytes[$0.start..<$0.end], as: UTF8.self)
        }
    }

    @Test(
        arguments: [
            ("It rained. The harbour closed.", ["It rained.", "The harbour closed."]),
            ("Gen. Quill met Mr. Larch at 5 p.m. in St. Orrin.", nil),
            ("Ada J. Quill spoke. He left.", ["Ada J. Quill spoke.", "He left."]),
            ("The U.S. Senate voted.", nil),
            (
                "They flew to the U.S. The vote came later.",
                ["They flew to the U.S.", "The vote came later."]
            ),
            ("On Aug. 15 it opened as No. 3.", nil),
            (
                "“Stop!” he said. “Go on.” Larch left.",
                ["“Stop!” he said.", "“Go on.”", "Larch left."]
            ),
            ("For peace … but also for bread.", nil),
            ("Prices rose 3.5 percent.", nil),
        ] as [(String, [String]?)]
    )
    func `periods end sentences only where one begins`(text: String, expected: [String]?) {
        #expect(sentences(text) == expected ?? [text])
    }

    @Test func `a line break always ends a sentence`() {
        #expect(
            sentences("Harbour News\n\nIt rained\r\nall day.") == [
                "Harbour News", "It rained", "all day.",
            ]
        )
    }

    @Test func `white space alone holds no sentence`() {
        #expect(sentences(" \n\t\n ").isEmpty)
    }
}
