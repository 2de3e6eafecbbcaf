import Foundation
import Testing
import WirecopyMessages

@testable import WirecopyParse

@Suite struct TextPageTests {
    private let loose: ArticleDraft
    private let tight: ArticleDraft

    init() throws {
        loose = try Self.draft(Fixtures.loosePage)
        tight = try Self.draft(Fixtures.tightPage)
    }

    private static func draft(_ text: String) throws -> ArticleDraft {
        try draft(of: Fixtures.source(text))
    }

    private static func draft(of page: PageSource) throws -> ArticleDraft {
        TextPage.draft(of: page, try ParseModels.shipped().text)
    }

    @Test func `a loose page keeps its paragraphs and headings`() {
        let expected = Fixtures.paragraphs[..<2] + ["Cattle moved"] + Fixtures.paragraphs[2...]
        #expect(loose.mainText.paragraphs.map(\.text) == Array(expected))
    }

    @Test func `headline, author and date come from their lines`() {
        #expect(loose.title?.value == "River rises after storm in the hills")
        #expect(loose.title?.source == "line:6")
        #expect(loose.authors.map(\.value) == ["Ann Lee"])
        #expect(loose.published?.date.value == "2024-05-29T07:37:00+01:00")
        #expect(loose.published?.precision == .minute)
        #expect(loose.published?.isInferred == false)
    }

    @Test(
        arguments: [
            ("Support our", BoilerplateLabel.membership), ("Skip to", .navigation),
            ("Marta Olsen opens", .caption), ("Written by", .byline), ("Photo:", .credit),
            ("Subscribe to the weekly", .newsletter), ("visit the valley", .newsletter),
            ("Ferry: Captain", .related), ("The captain of", .related), ("News Feed", .related),
            ("Ferry stops", .related), ("Enter your email", .newsletter), ("4:19", .date),
        ]
    )
    func `a dropped line keeps its label`(start: String, label: BoilerplateLabel) {
        let block = loose.mainText.dropped.first { $0.text.hasPrefix(start) }
        #expect(block?.label == label)
    }

    @Test func `a tight page keeps standfirst, headings and paragraphs`() {
        let texts = tight.mainText.paragraphs.map(\.text)
        let kinds = tight.mainText.paragraphs.map(\.kind)
        #expect(kinds == [.lede, .heading, .body, .heading, .body, .body, .heading, .body])
        #expect(texts.last == Fixtures.paragraphs[3])
        #expect(tight.title?.value == "River mulls leaving its bed again")
    }

    @Test func `a biography gives neither author nor date`() {
        #expect(tight.authors.isEmpty)
        #expect(tight.published == nil)
        #expect(tight.mainText.dropped.contains { $0.label == .biography })
    }

    @Test func `a page without a headline has no title`() throws {
        let text = Fixtures.loosePage.replacing("River rises after storm in the hills\n", with: "")
        #expect(try Self.draft(text).title == nil)
    }

    @Test func `a dateline without a year is concluded and marked`() throws {
        let text =
            "River rises after storm in the hills\n\nBREDE, May 28 (Wire) - "
            + Fixtures.paragraphs.joined(separator: "\n\n")
        let published = try Self.draft(text).published
        #expect(published?.date.value == "2024-05-28")
        #expect(published?.isInferred == true)
    }

    /// Menus, offers and the headlines of other reports, as copied pages begin with them.
    private static let menus = """
        Home
        World
        Sport and leisure
        Books of the week
        Ferry captain wins a prize for patience
        Tuesday, June 4, 2024
        Our website uses cookies so that you can enjoy the weather in full.
        My account and settings
        All newsletters of the house
        Ten boats that never sank
        Local
        Weather in the valley and the hills
        Contact the editors of the paper
        Puzzles and games for children
        Archive since 1871
        Shop for friends of the valley

        """

    @Test func `the headline is the line that shares words with the text, not the first`() throws {
        let page =
            Self.menus + "River Lenne rises after night of rain\nBy Ann Lee\nMay 29, 2024\n"
            + Fixtures.paragraphs.joined(separator: "\n")
        let draft = try Self.draft(page)
        #expect(draft.title?.value == "River Lenne rises after night of rain")
        #expect(draft.authors.map(\.value) == ["Ann Lee"])
        #expect(draft.mainText.paragraphs.map(\.text) == Fixtures.paragraphs)
    }

    @Test func `a date below the headline goes before that of the day above it`() throws {
        let page =
            Self.menus + "River Lenne rises after night of rain\nAnn Lee, May 29, 2024\n"
            + Fixtures.paragraphs.joined(separator: "\n")
        let published = try Self.draft(page).published
        #expect(published?.date.value == "2024-05-29")
    }

    @Test func `behind long menus a line without a word of the text is no headline`() throws {
        let page = Self.menus + Fixtures.paragraphs.joined(separator: "\n")
        #expect(try Self.draft(page).title == nil)
    }

    @Test func `a headline without spaces is found too`() throws {
        let page = """
            首页
            北京市新闻网站会员登录注册页面
            河水上涨两米村民撤离家园
            星期二夜间山区普降暴雨，河水上涨两米，当地村民连夜撤离家园，转移到地势较高的学校和礼堂避险，目前没有人员伤亡的报告。
            当地政府表示，两所学校已经开放，为不得不离开家园的人们提供食物和住处，预计水位将在星期四以前回落到正常高度。
            """
        #expect(try Self.draft(page).title?.value == "河水上涨两米村民撤离家园")
    }

    @Test(arguments: ["May 29, 2042", "May 39, 2024"])
    func `a date that cannot be is left open, and that is said`(_ date: String) throws {
        let page =
            "River rises after storm in the hills\n\n\(date)\n\n"
            + Fixtures.paragraphs.joined(separator: "\n\n")
        let draft = try Self.draft(page)
        #expect(draft.published == nil || draft.published?.isInferred == true)
        #expect(draft.published != nil || draft.warnings.contains { $0.contains(date) })
    }

    @Test func `a text page in another encoding is decoded`() throws {
        let bytes = Array("Über den Fluß\n\n".unicodeScalars.map { UInt8($0.value) })
        var page = Fixtures.source("", type: "text/plain; charset=iso-8859-1")
        page = PageSource(
            url: page.url,
            contentType: page.contentType,
            body: bytes + Array(Fixtures.paragraphs[0].utf8),
            fetchedAt: page.fetchedAt
        )
        let draft = try Self.draft(of: page)
        #expect(draft.title?.value == "Über den Fluß")
        #expect(draft.encoding == "windows-1252")
    }

    @Test func `a report that a box offers goes with its box`() {
        let texts = loose.mainText.paragraphs.map(\.text)
        #expect(!texts.contains { $0.hasPrefix("Ferry") || $0.hasPrefix("The captain") })
    }

    @Test func `of more lines than a page may have the first are read, and that is said`() throws {
        let text = Fixtures.tightPage + String(repeating: "\nx", count: TextLine.linesMax)
        let draft = try Self.draft(text)
        #expect(draft.warnings.contains { $0.contains("\(TextLine.linesMax) lines") })
        #expect(draft.mainText.paragraphs.contains { $0.text == Fixtures.paragraphs[0] })
    }

    @Test func `an article in one long line is its text`() throws {
        let text = Fixtures.paragraphs.joined(separator: " ")
        let draft = try Self.draft("River rises after storm\n\(text)")
        #expect(draft.mainText.paragraphs.map(\.text) == [text])
    }

    @Test func `a folder without models is told by its file`() {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("no-such-folder-\(UUID().uuidString)", isDirectory: true)
        #expect {
            try TextPageModel(in: folder)
        } throws: { error in
            (error as? ParseFailure)?.code == .modelMissing
        }
    }
}
