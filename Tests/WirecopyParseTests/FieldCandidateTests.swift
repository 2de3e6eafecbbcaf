import HTMLDocument
import Testing
import WirecopyMessages

@testable import WirecopyParse

@Suite struct CandidateTableTests {
    private var table = CandidateTable(placeCount: 3)

    @Test mutating func `the most trusted place words a value`() {
        table.add("river rises", key: "a", place: 2, source: "title", evidence: "x")
        table.add("River rises", key: "a", place: 0, source: "h1", evidence: "y")
        table.add("River  rises", key: "a", place: 1, source: "og:title", evidence: "z")
        #expect(table.candidates.map(\.value) == ["River rises"])
        #expect(table.candidates[0].source == "h1")
        #expect(table.evidenced(0, 0.5).evidence == "y")
    }

    @Test mutating func `a place speaks for its values in order and against others`() {
        table.add("a", key: "a", place: 0, source: "", evidence: "")
        table.add("b", key: "b", place: 0, source: "", evidence: "")
        table.add("b", key: "b", place: 1, source: "", evidence: "")
        #expect(table.supports(0) == [1, -1, 0])
        #expect(table.supports(1) == [0.5, 1, 0])
    }

    @Test mutating func `a full table takes no new value`() {
        for index in 0..<CandidateTable.candidatesMax {
            table.add("\(index)", key: "\(index)", place: 0, source: "", evidence: "")
        }
        #expect(table.add("new", key: "new", place: 0, source: "", evidence: "") == nil)
        #expect(table.add("7", key: "7", place: 1, source: "", evidence: "") == 7)
    }
}

@Suite struct TitleCandidateTests {
    @Test(
        arguments: [
            ("River rises | News | The Post", ["River rises", "News", "The Post"]),
            ("Storm: river rises", ["Storm", "river rises"]),
            ("A well-known river", ["A well-known river"]),
            ("河水上涨_新闻", ["河水上涨", "新闻"]),
        ]
    )
    func `a title is cut where sites join`(title: String, parts: [String]) {
        var found: [String] = []
        var start = title.startIndex
        for cut in TitleText.cuts(title) {
            found.append(String(title[start..<cut.lowerBound]))
            start = cut.upperBound
        }
        #expect(found + [String(title[start...])] == parts)
    }

    @Test func `curly and straight marks are the same headline`() {
        #expect(TitleText.key("“Never” – said ‘he’") == TitleText.key("\"Never\" - said 'he'"))
        #expect(TitleText.key("River") != TitleText.key("river"))
    }

    @Test func `what heading and statements agree on goes before decorated titles`() throws {
        let page = """
            <title>River rises after storm | Rivers | The Harbour Post</title>
            <meta property="og:title" content="River rises after storm">
            <meta property="og:site_name" content="The Harbour Post"><body>
            <h1><span>Weather</span><span>River rises after storm</span></h1>
            <p>\(Fixtures.paragraphs.joined(separator: "</p><p>"))</p>
            """
        let title = try #require(try Fixtures.draft(page).title)
        #expect(title.value == "River rises after storm")
        #expect(0...1 ~= title.confidence)
    }
}

@Suite struct DateCandidateTests {
    private func published(_ inner: String, _ head: String = "") throws -> PublicationDate? {
        let page = """
            <head>\(head)</head><body><article><h1>River rises</h1>\(inner)
            <p>\(Fixtures.paragraphs.joined(separator: "</p><p>"))</p></article>
            """
        return try Fixtures.draft(page).published
    }

    @Test func `the first publication goes before the update in one line`() throws {
        let date = try published("<p>Published: 29 May 2024 | Updated: 2 June 2024</p>")
        #expect(date?.date.value == "2024-05-29")
    }

    @Test func `a page without any other date shows that of its scripts`() throws {
        let date = try published("", #"<script>x={"datePublished":"2024-05-29T10:00Z"}</script>"#)
        #expect(date?.date.value == "2024-05-29T10:00:00Z")
        #expect(date?.date.source == "script")
    }

    @Test func `the time of day comes from the place that says it`() throws {
        let date = try published(
            #"<time datetime="2024-05-29T14:03:00+02:00">today</time>"#,
            #"<meta name="date" content="2024-05-29">"#
        )
        #expect(date?.date.value == "2024-05-29T14:03:00+02:00")
    }

    @Test func `of a statement in UTC the day is taken that readers saw`() throws {
        let date = try published(
            "<div class=date>29 May 2024, 8:25 p.m.</div>",
            #"<meta property="article:published_time" content="2024-05-30T00:25:00Z">"#
        )
        #expect(date?.date.value.prefix(10) == "2024-05-29")
    }

    @Test func `numbers that allow two days are the one that the page states`() throws {
        let date = try published(
            "<div class=date>05/04/2024</div>",
            #"<meta property="article:published_time" content="2024-05-04">"#
        )
        #expect(date?.date.value == "2024-05-04")
    }

    @Test func `a line in Bengali gives its date`() throws {
        #expect(try published("<div class=date>২৯ মে ২০২৪</div>")?.date.value == "2024-05-29")
    }

    @Test func `readers and sponsors never give the date`() throws {
        let comment = "<div class=comments><p>Cy Orr, 3 January 2019</p></div>"
        #expect(try published(comment) == nil)
        #expect(try published("<div class=advertisement>Sale from 3 January 2019</div>") == nil)
    }

    @Test func `days are counted as the calendar has them`() {
        #expect(CalendarDate(year: 2000, month: 3, day: 1)?.dayNumber == 11_017)
        #expect(CalendarDate(year: 1999, month: 12, day: 31)?.dayNumber == 10_956)
        #expect(CalendarDate(year: 2024, month: 2, day: 29)?.dayNumber == 19_782)
    }
}

@Suite struct AuthorCandidateTests {
    @Test(
        arguments: [
            ("Posted on May 5, 2024 by Ann Lee", "Ann Lee"),
            ("Ann Lee Senior Reporter", "Ann Lee"),
            ("Ann LeeReporter", "Ann Lee"),
            ("Autorin/Autor Ann Lee", "Ann Lee"),
            ("责编：牛镛、岳弘彬", "岳弘彬"),
            ("Centre for Ocean Research", "Centre for Ocean Research"),
        ]
    )
    func `a name is among the parts of a byline`(text: String, name: String) {
        #expect(Byline.pieces(in: text).map(\.name).contains(name))
    }

    @Test func `a part that is a date is no name`() {
        #expect(Byline.pieces(in: "29 May, 2024").isEmpty)
    }

    @Test func `names that hold each other are one author and the surer one is kept`() {
        var page = Fixtures.source("<meta name=author content='Ann MacLee'>")
        page.hints = nil
        let blocks = PageBlocks(PageOutline(regions: [], names: [], blocks: [], marks: []))
        let context = FieldContext(
            page: page,
            metadata: PageMetadata(HTMLDocument(parsing: page.body), pageURL: page.url),
            blocks: blocks,
            text: 0..<0
        )
        let candidates = AuthorCandidates(context, title: nil)
        #expect(candidates.table.candidates.map(\.value) == ["Ann MacLee", "Ann Mac", "Lee"])
        #expect(candidates.chosen([0.9, 0.8, 0.7]) == [0])
        #expect(candidates.chosen([0.1, 0.1, 0.1]).isEmpty)
        #expect(candidates.chosen([0.3, 0.1, 0.1]) == [0])
        // What was cut out of a name is not preferred to a name that is likely too.
        #expect(candidates.chosen([0.6, 0.8, 0.1]) == [0])
        #expect(candidates.chosen([0.2, 0.8, 0.1]) == [1])
    }

    @Test func `a site beside a person is no second author, alone it is one`() throws {
        let page = Fixtures.source(
            """
            <meta name=author content="Ann Lee"><meta name=author content="The Harbour Post">
            <meta property=og:site_name content="The Harbour Post">
            """
        )
        let blocks = PageBlocks(PageOutline(regions: [], names: [], blocks: [], marks: []))
        let context = FieldContext(
            page: page,
            metadata: PageMetadata(HTMLDocument(parsing: page.body), pageURL: page.url),
            blocks: blocks,
            text: 0..<0
        )
        let candidates = AuthorCandidates(context, title: nil)
        let names = candidates.table.candidates.map(\.value)
        let person = try #require(names.firstIndex(of: "Ann Lee"))
        let site = try #require(names.firstIndex(of: "The Harbour Post"))
        var probabilities = names.map { _ in 0.0 }
        (probabilities[person], probabilities[site]) = (0.6, 0.7)
        #expect(candidates.chosen(probabilities) == [person])
        probabilities[person] = 0
        #expect(candidates.chosen(probabilities) == [site])
    }

    @Test func `a co-author shown on the page joins the stated ones`() throws {
        let page = """
            <head><meta name="author" content="Ann Lee, Bo Ek"></head><body><article>
            <h1>River rises</h1><div class="byline">By Ann Lee and Bo Ek</div>
            <p>\(Fixtures.paragraphs.joined(separator: "</p><p>"))</p></article>
            """
        #expect(try Fixtures.draft(page).authors.map(\.value) == ["Ann Lee", "Bo Ek"])
    }
}
