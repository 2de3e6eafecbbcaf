import Foundation
import Testing
import WirecopyMessages

@testable import WirecopyEntities

struct AliasListTests {
    @Test func `comments, empty lines and more spaces are passed over`() throws {
        let list = try AliasList(
            text:
                "# Names of our desk\r\n\r\n  merge  The Quill Post |  QP # twice\nis Larch | GPE\n"
        )
        #expect(list.name(of: AliasList.key(of: "qp")) == "The Quill Post")
        #expect(list.name(of: AliasList.key(of: "Quill  Post")) == "The Quill Post")
        #expect(list.type(of: AliasList.key(of: "LARCH")) == .politicalPlace)
        #expect(!list.isEmpty)
        #expect(try AliasList(text: "# nothing\n").isEmpty)
    }

    @Test(arguments: [
        ("join A | B", "It begins with join; write merge, split, never or is."),
        ("merge Quill", "It has one name; merge asks for two or more."),
        (
            "merge Quill | ",
            "A name is missing; write the names behind the first word, with | between"
        ),
        ("never", "A name is missing"),
        ("is Quill", "Write a name, | and one of PER"),
        ("is Quill | person", "Write a name, | and one of PER"),
        ("merge Quill | Larch\nmerge quill | Elm", "Line 1 has quill already; join the two lines."),
        ("merge Quill | Larch\nsplit Larch | Quill", "Line 1 merges Larch and Quill."),
        ("split Larch | Quill\nmerge Quill | Larch", "Another line splits Quill from Larch."),
        ("split Quill | quill", "Quill and quill have the same letters."),
        ("is Quill | PER\nis Quill | ORG", "Another line says that Quill is PER."),
        ("is Quill | PER\nnever Quill", "Another line says what Quill is, so it is a name."),
        ("never Quill\nmerge Quill | Larch", "Another line says that Quill is never a name."),
    ])
    func `a line that is no rule is told with its number`(text: String, reason: String) {
        #expect {
            try AliasList(text: text)
        } throws: { error in
            guard case EntityFailure.aliasLineInvalid(let line, let told)? = error as? EntityFailure
            else { return false }
            return line == text.split(separator: "\n").count && told.hasPrefix(reason)
        }
    }

    @Test func `what is too long or too much is refused`() {
        let long = "never " + String(repeating: "q", count: AliasRule.nameBytesMax + 1)
        #expect(throws: EntityFailure.self) { try AliasList(text: long) }
        let many =
            "never " + Array(repeating: "q", count: AliasRule.namesMax + 1).joined(separator: "|")
        #expect(throws: EntityFailure.self) { try AliasList(text: many) }
        let rules = String(repeating: "never q\n", count: AliasList.rulesMax + 1)
        #expect(throws: EntityFailure.self) { try AliasList(text: rules) }
    }

    @Test func `a missing file is told with its path`() throws {
        #expect {
            try AliasList(path: "/nowhere/aliases.txt")
        } throws: { error in
            (error as? EntityFailure)?.message.contains("/nowhere/aliases.txt") ?? false
        }
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("aliases-\(UUID().uuidString).txt")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("never Quill".utf8).write(to: file)
        #expect(try AliasList(path: file.path).isNoName(AliasList.key(of: "quill")))
    }
}
