import Testing
import WirecopyMessages

@testable import WirecopyStories

@Suite struct OwnTextTests {
    private static func read(_ lines: String...) -> String {
        let text = BatchText(
            id: "1",
            title: "",
            text: lines.joined(separator: "\n\n"),
            published: nil,
            story: nil
        )
        return String(
            decoding: OwnText.bytes(of: text.parsed, Array(text.parsed.mainText.utf8)),
            as: UTF8.self
        )
    }

    @Test(
        arguments: [
            "Council votes to keep both bridges 11 March 2026", "4:19 PM", "Letters | Back to top",
            "“There are voices under the concrete”: the town digs", "Café", "The \"Bridge\"", "\"",
        ]
    )
    func `a line without an end is blank, and all offsets stay`(line: String) {
        let sentences = "The council met until midnight. It voted for both bridges."
        let text = Self.read(sentences, line, "It will meet again.")
        let blank = String(repeating: " ", count: line.utf8.count)
        #expect(text == "\(sentences)\n\n\(blank)\n\nIt will meet again.")
    }

    @Test(
        arguments: [
            "“I saw a leg.”", "He asked: ‘Why?’", "会議は終わった。", "(Editing by Ann Lee)",
            "'Yes.' \" \t", "He went to the café.", "It voted!", ".",
        ]
    )
    func `a line that ends as sentences do is read`(line: String) {
        #expect(Self.read("The council met until midnight.", line).hasSuffix(line))
    }

    @Test func `a text without such ends is read as it is`() {
        let lines = "Roses are red\n\nviolets are blue\n\nthat was all."
        #expect(Self.read("Roses are red", "violets are blue", "that was all.") == lines)
    }
}
