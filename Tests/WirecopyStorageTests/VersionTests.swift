import Testing
import WirecopyMessages

@testable import WirecopyStorage

@Suite struct CorrectionNoticeTests {
    @Test(arguments: [
        "Correction: An earlier version of this article misspelled a name.",
        "CORRECTION (May 3): The harbour is in Rye.", "Correction — the sum is in pounds.",
        "Clarification: The board has nine members.", "Editor’s note: The ferry is back.",
        "An earlier version of this article gave another year.",
        "This story has been updated with the mayor's answer.",
        "This article was amended on 3 May.", "The headline of this report was changed.",
        "UPDATE: The ferry sails.", "Because of an editing error, a name was left out.",
    ])
    func `a note of correction is one`(_ text: String) {
        #expect(CorrectionNotice.isNotice(text))
    }

    @Test(arguments: [
        "The correction of the river took years.", "Correction of the course was late.",
        "Update on the talks was promised for Monday.", "This story has been told often.",
        "This article was written in Rye.", "Editors note with sorrow that the ferry is gone.",
        "An earlier version of the bridge fell.", "Corrections officers went on strike.", "",
    ])
    func `other paragraphs are none`(_ text: String) {
        #expect(!CorrectionNotice.isNotice(text))
    }

    @Test(arguments: TestDatabase.all)
    func `notes are kept with their version`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            _ = try await stage.handle(Draft())
            var later = Draft()
            later.fetchedAt += 1
            later.paragraphs.append("Correction: The harbour is in Rye.")
            _ = try await stage.handle(later)
            let notes = try fixture.read { db in
                try db.all(String.self, "SELECT corrections FROM v_version ORDER BY version")
            }
            #expect(notes == ["[]", #"["Correction: The harbour is in Rye."]"#])
        }
    }
}

@Suite struct WordDiffTests {
    private static func told(_ old: String, _ new: String) -> String {
        WordDiff.pieces(old, new).map { piece in
            switch piece.kind {
            case .kept: piece.text
            case .removed: "-[\(piece.text)]"
            case .added: "+[\(piece.text)]"
            }
        }.joined(separator: " ")
    }

    @Test func `words that changed stand between those that stayed`() {
        #expect(
            Self.told("Twelve boats sank on Monday", "Fifteen boats sank on Monday night")
                == "-[Twelve] +[Fifteen] boats sank on Monday +[night]"
        )
        #expect(Self.told("a b c", "a b c") == "a b c")
        #expect(Self.told("", "a b") == "+[a b]")
        #expect(Self.told("a b", "") == "-[a b]")
        #expect(Self.told("a b c d", "x b y d") == "-[a] +[x] b -[c] +[y] d")
    }

    @Test func `any two texts can be made from what is told of them`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let words = ["a", "b", "c", "d"]
            let (old, new) = (
                (0..<Int.random(in: 0...12, using: &random)).map { _ in words.randomElement() ?? ""
                },
                (0..<Int.random(in: 0...12, using: &random)).map { _ in words.randomElement() ?? ""
                }
            )
            let pieces = WordDiff.pieces(old.joined(separator: " "), new.joined(separator: " "))
            func text(without kind: VersionDiff.Kind) -> [String] {
                pieces.filter { $0.kind != kind }.flatMap { $0.text.split(separator: " ") }
                    .map(String.init)
            }
            #expect(text(without: .added) == old)
            #expect(text(without: .removed) == new)
        }
    }

    @Test func `long texts without a common word are told as replaced`() {
        let old = (0..<5000).map { "o\($0)" }.joined(separator: " ")
        let new = (0..<5000).map { "n\($0)" }.joined(separator: " ")
        #expect(WordDiff.pieces(old, new).map(\.kind) == [.removed, .added])
    }

    @Test(arguments: TestDatabase.all)
    func `two versions of an article are compared`(
        _ database: TestDatabase
    ) async throws {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            _ = try await stage.handle(Draft())
            var later = Draft()
            later.fetchedAt += 1
            later.title = "Harbour opens once more"
            later.paragraphs.append("Ferries sail from Tuesday.")
            _ = try await stage.handle(later)
            let store = try ArticleStore(path: fixture.path)
            let diff = try #require(try await store.difference(Draft().url))
            #expect((diff.from.n, diff.to.n) == (1, 2))
            #expect(diff.versions == 2)
            #expect(diff.title.map(\.kind) == [.kept, .removed, .added])
            #expect(diff.paragraphs.map(\.isChanged) == [false, false, true])
            let back = try await store.difference(Draft().url, versions: (from: 2, to: 1))
            #expect(back?.paragraphs.last?.pieces.first?.kind == .removed)
            let failure = await #expect(throws: StorageFailure.self) {
                try await store.difference(Draft().url, versions: (from: 1, to: 3))
            }
            #expect(failure?.code == .nameUnknown)
            #expect(try await store.difference("https://news.example/none") == nil)
        }
    }
}
