import Testing
import WirecopyKeys
import ZeroMQ

struct AllowListTests {
    private let first = String(repeating: "1a", count: 32)
    private let second = String(repeating: "2B", count: 32)

    @Test func `remarks and order of a list survive a change`() throws {
        let text = """
            # Ours.

            parser-1 parse \(first) 2026-11-28
            # The machine in the cellar.
            editor   publish,read \(second)

            """
        var list = try AllowList(parsing: text, name: "allowed")
        list.revoke { $0.name == "parser-1" }
        let expected = """
            # Ours.

            parser-1 revoked \(first) 2026-11-28
            # The machine in the cellar.
            editor publish,read \(second.lowercased())

            """
        #expect(list.text == expected)
        #expect(try AllowList(parsing: list.text, name: "allowed") == list)
    }

    @Test func `a key is found with its name and role`() throws {
        let list = try AllowList(parsing: "editor publish \(second)", name: "allowed")
        let key = try #require(CurveKey(second))
        #expect(list[key]?.name == "editor")
        #expect(try list[key]?.role == KeyRole("publish"))
        #expect(try list[#require(CurveKey(first))] == nil)
    }

    @Test func `a revoked key is known and has no role`() throws {
        let list = try AllowList(parsing: "editor revoked \(second)", name: "allowed")
        let entry = try #require(list.entries.first)
        #expect(entry.name == "editor")
        #expect(entry.role == nil)
    }

    @Test(arguments: [
        "parser-1 parse", "parser-1 parse 12ab", "parser-1 parse KEY extra words",
        "parser-1 dance KEY", "broker parse KEY", "../x parse KEY", "-x parse KEY",
        "parser-1 parse KEY\nparser-2 parse KEY",
    ])
    func `a line that cannot be used makes the whole list unusable`(_ text: String) {
        let lines = "# One.\n" + text.replacing("KEY", with: first)
        let failure = #expect(throws: KeyFailure.self) {
            try AllowList(parsing: lines, name: "allowed")
        }
        #expect(failure?.code == .malformed)
        let number = text.contains("\n") ? 3 : 2
        #expect(failure?.message.hasPrefix("allowed, line \(number): ") == true, "\(text)")
    }

    @Test func `a new list tells people how it is written`() throws {
        let list = AllowList()
        #expect(list.text.contains("NAME ROLE KEY DAY"))
        #expect(try AllowList(parsing: list.text, name: "allowed") == list)
        #expect(list.entries.isEmpty)
    }
}
