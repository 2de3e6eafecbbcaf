import Testing
import WirecopyMessages

@testable import WirecopyStories

@Suite struct BriefTests {
    @Test func `every line is a span of its article, byte for byte`() throws {
        let members = try InventedStory.flood()
        let brief = Brief(of: members)
        #expect(brief.lines.count > 10)
        for line in brief.lines {
            let member = try #require(members.first { $0.articleID == line.id })
            let text = Array(member.annotated.article.mainText.utf8)
            #expect(String(decoding: text[line.start..<line.end], as: UTF8.self) == line.text)
            #expect(line.outlet == member.outlet)
            #expect(brief.articles[line.article - 1].id == line.id)
        }
    }

    @Test func `the order in which members come does not matter`() throws {
        let members = try InventedStory.flood()
        #expect(Brief(of: members) == Brief(of: members.reversed()))
    }

    @Test func `a brief survives its JSON`() throws {
        let brief = Brief(of: try InventedStory.flood())
        #expect(try Brief(reportJSON: brief.reportJSON()) == brief)
    }

    @Test func `articles are numbered by episode and time, over time zones`() throws {
        let late = InventedArticle("late", published: "2031-03-01T09:00:00-05:00", "A river rose.")
        let early = InventedArticle(
            "early",
            published: "2031-03-01T10:00:00+02:00",
            "A river rose."
        )
        let undated = InventedArticle("undated", "A river rose.")
        let brief = Brief(of: [undated.member(), late.member(), early.member()])
        #expect(brief.articles.map(\.id) == ["early", "late", "undated"])
        #expect(brief.episodes.map(\.firstDay) == ["2031-03-01"])
        var placed = undated.member()
        placed.atMs = 0
        #expect(Brief(of: [late.member(), placed]).articles.map(\.id) == ["undated", "late"])
    }

    @Test func `copies and near-duplicates count once and give no line of their own`() throws {
        let wire = try InventedStory.wire().fingerprinted()
        let brief = Brief(of: [
            wire.member(), try InventedStory.post().fingerprinted().member(),
            try renamed(wire, "near").member(), try renamed(wire, "told").member(copyOf: "wire"),
        ])
        #expect(brief.origins.reports == 4)
        #expect(brief.origins.copies == 2)
        #expect(brief.origins.independent == 2)
        #expect(brief.articles.filter(\.isCopy).map(\.copyOf) == [1, 1])
        #expect(brief.episodes[0].lines.allSatisfy { ["wire", "post"].contains($0.id) })
        let quill = try #require(brief.speakers.first { $0.name == "Ada Quill" })
        #expect(quill.statements[0].articles.count == 4)
        #expect(quill.statements[0].reports == 2)
    }

    private func renamed(_ article: InventedArticle, _ id: String) throws -> InventedArticle {
        var copy = InventedArticle(id, outlet: id, published: "2031-03-03", "")
        copy.replaceAnnotations(with: article)
        return copy
    }

    @Test func `of a large story the most central articles are read`() throws {
        let central = try InventedStory.post()
        var members = [central.member()]
        for number in 0..<CentralMembers.membersMax {
            let other = try InventedArticle("other\(number)", "A cat sat in Ulm\(number).")
                .naming("Ulm\(number)", .politicalPlace)
            members.append(other.member())
        }
        members.append(try InventedStory.wire().member())
        let brief = Brief(of: members)
        #expect(brief.articles.count == CentralMembers.membersMax)
        #expect(brief.articlesLeftOut == 2)
        #expect(Set(brief.articles.map(\.id)).isSuperset(of: ["wire", "post"]))
    }

    @Test func `odd articles give a brief`() throws {
        var odd = InventedArticle("odd", "Ä", "")
        odd.breakAnnotations()
        #expect(Brief(of: []).articles.isEmpty)
        #expect(Brief(of: [odd.member()]).articles.count == 1)
        #expect(Brief(of: [odd.member(), odd.member()]).origins.reports == 2)
    }

    @Test(arguments: [
        ("2031-03-01", 1_930_089_600 / 60), ("1970-01-01T00:01:00Z", 1),
        ("1970-01-01T02:00:00+02:00", 0), ("1969-12-31T23:00-01:00", 0),
    ])
    func `dates of pages are minutes`(_ text: String, _ minute: Int) {
        #expect(PublishedMinute.read(text) == minute)
    }

    @Test func `what is no day is no minute`() {
        for text in ["", "2031", "2031-13-01", "2031-03", "yesterday!", "2031-03-99"] {
            #expect(PublishedMinute.read(text) == nil, "\(text)")
        }
    }
}
