import HTMLPath
import Testing
import WirecopyMessages

@testable import WirecopyParse

@Suite struct SiteRuleTests {
    private static let page = """
        <!doctype html><html lang="en"><head><title>Wrong title</title></head><body>
        <h1>Site of the valley</h1><h2 class="real">River rises</h2>
        <span class="who">By Ann Lee</span><span class="day">29 May 2024</span>
        <div class="tale"><p>\(Fixtures.paragraphs[0])</p>
        <div class="ad-box"><p>Buy boats of the best wood in the valley, only this week.</p></div>
        <p>\(Fixtures.paragraphs[1])</p><p>Short</p></div>
        <div class="more"><p>\(Fixtures.paragraphs[2])</p><p>\(Fixtures.paragraphs[3])</p></div>
        </body></html>
        """
    private static let rules = """
        # the valley's paper
        title: //h2[@class='real']
        body: //div[@class='none']
        body: //div[@class='tale']
        author: //span[@class='who']
        date: //span[@class='day']
        strip_id_or_class: ad-
        single_page_link: //a[@class='all']
        test_url: https://harbourpost.example/river
        """

    private func draft(_ rules: String, name: String = "harbourpost.example.txt") throws
        -> ArticleDraft
    {
        try ArticleReader.draft(
            of: Fixtures.source(Self.page, type: "text/html"),
            try ParseModels.shipped(),
            rules: SiteRuleFolder(files: [(name, rules)])
        )
    }

    @Test func `rules choose title, author, date and text`() throws {
        let draft = try draft(Self.rules)
        #expect(draft.title?.value == "River rises")
        #expect(draft.title?.source == "site-rule")
        #expect(draft.authors.map(\.value) == ["Ann Lee"])
        #expect(draft.published?.date.value == "2024-05-29")
        let expected = Fixtures.paragraphs[..<2] + ["Short"]
        #expect(draft.mainText.paragraphs.map(\.text) == Array(expected))
    }

    @Test func `what rules leave out stays with its reason`() throws {
        let dropped = try draft(Self.rules).mainText.dropped
        let boats = dropped.first { $0.text.hasPrefix("Buy boats") }
        #expect(boats?.source == "site-rule")
        #expect(dropped.contains { $0.text == Fixtures.paragraphs[2] })
    }

    @Test func `rules that lead to nothing leave the generic reading`() throws {
        let with = try draft("title: //h6\nbody: //section\ndate: //b\nauthor: //i")
        let without = try draft("", name: "other.example.txt")
        #expect(with.mainText.paragraphs == without.mainText.paragraphs)
        #expect(with.title == without.title)
    }

    @Test func `a page is refused when its rules say so and fit nothing`() {
        #expect(throws: ParseFailure.self) {
            try draft("body: //section\nautodetect_on_failure: no")
        }
    }

    @Test(
        arguments: [
            ("harbourpost.example.txt", true), ("www.harbourpost.example.txt", true),
            (".example.txt", true), (".harbourpost.example.txt", true), ("global.txt", true),
            ("post.example.txt", false), (".post.example.txt", false),
        ]
    )
    func `a file holds for the host that it is called by`(_ name: String, _ holds: Bool) {
        let folder = SiteRuleFolder(files: [(name, "title: //h1")])
        #expect((folder.rules(for: "harbourpost.example") != nil) == holds)
    }

    @Test func `own rules go before those for all sites`() {
        let folder = SiteRuleFolder(files: [
            ("a.example.txt", "title: //h2"), ("global.txt", "title: //h1\nstrip: //aside"),
        ])
        let rules = folder.rules(for: "a.example")
        #expect(rules?.title.map(\.text) == ["//h2", "//h1"])
        #expect(rules?.strip.count == 1)
        #expect(folder.rules(for: "b.example")?.title.map(\.text) == ["//h1"])
    }

    @Test func `what has no effect is told once, and the rest holds`() {
        let folder = SiteRuleFolder(files: [
            (
                "a.example.txt",
                "title: //h1[\nbody: //div\nsingle_page_link: //a\nnonsense\ncolour: red"
            ),
            ("b.example.txt", "single_page_link: //a\nbody: //p"),
        ])
        #expect(folder.notes.count == 4)
        #expect(folder.notes.first?.contains("single_page_link has no effect here; 2 of 2") == true)
        #expect(folder.notes.contains { $0.contains("a.example.txt, line 1") })
        #expect(folder.notes.contains { $0.contains("colour") })
        #expect(folder.rules(for: "a.example")?.body.count == 1)
    }

    @Test func `a folder that is not there is a failure that says what to do`() {
        #expect { try SiteRuleFolder(path: "/nowhere/rules") } throws: { error in
            (error as? ParseFailure)?.code == .dataInvalid
        }
    }
}
