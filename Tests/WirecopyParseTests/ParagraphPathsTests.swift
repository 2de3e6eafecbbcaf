import HTMLDocument
import Testing

@testable import WirecopyParse

@Suite struct ParagraphPathsTests {
    private let outline: PageOutline
    private let paths: ParagraphPaths

    init() {
        let paragraphs = Fixtures.paragraphs.map { "<p>\($0)</p>" }
        let html = """
            <body><main><div class=text>\(paragraphs[0])\(paragraphs[1])
            <div class=box><div><p>The lock at Brede was built in 1911, and rebuilt in 1962.</p>
            </div></div>\(paragraphs[2])\(paragraphs[3])</div></main>
            <footer><p>The Harbour Post is printed on paper, and read by boatmen.</p></footer>
            """
        let document = HTMLDocument(parsing: Array(html.utf8))
        outline = OutlineReader.outline(of: document)
        let forms = outline.blocks.map { LineForm($0.text) }
        paths = ParagraphPaths(outline, PageSums(outline, forms))
    }

    private func region(_ start: String) throws -> Int {
        try #require(outline.blocks.first { $0.text.hasPrefix(start) }).region
    }

    @Test func `home is the element whose children are the paragraphs`() throws {
        #expect(paths.home == outline.regions[try region("The river")].parent)
        #expect(outline.blocks[paths.ends.first].text == Fixtures.paragraphs[0])
        #expect(outline.blocks[paths.ends.last].text == Fixtures.paragraphs[3])
    }

    @Test func `a box is a branch of its own, further down`() throws {
        let (paragraph, box) = (try region("The river"), try region("The lock"))
        #expect((paths.down[paragraph], paths.up[paragraph]) == (1, 0))
        #expect((paths.down[box], paths.up[box]) == (3, 0))
        #expect(paths.group(sameBranchAs: box).blocks == 1)
        #expect(paths.siblingProse(of: box) < paths.siblingProse(of: paragraph))
    }

    @Test func `what is outside of home leaves the way to it higher up`() throws {
        let footer = try region("The Harbour")
        #expect((paths.down[footer], paths.up[footer]) == (2, 2))
    }

    @Test func `paragraphs share a path, and a box does not`() throws {
        let (paragraph, box) = (try region("The river"), try region("The lock"))
        #expect(paths.group(samePathAs: paragraph, levels: 2).blocks == 4)
        #expect(paths.group(samePathAs: box, levels: 2).blocks == 1)
    }
}
