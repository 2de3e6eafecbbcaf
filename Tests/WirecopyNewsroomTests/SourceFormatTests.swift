import Testing

@testable import WirecopyNewsroom

struct SourceFormatTests {
    private func read(_ body: String, header: String = "") throws -> NewsArticle {
        var cast = Cast()
        try cast.add("PER Ilse Varn = Varn\nPER Tor Haldis = Haldis\n", path: "test.cast")
        let source = """
            path: /p/a
            title: A title
            published: 2026-03-04T06:40:00+01:00
            section: News
            quotes: curly
            \(header)

            \(body)
            """.replacing("\n\n\n", with: "\n\n")
        return try ArticleReader(cast: cast, publisher: "p").read(source, path: "a.article")
    }

    private func reason(_ body: String, header: String = "") -> String? {
        do {
            _ = try read(body, header: header)
        } catch NewsroomFailure.badSource(_, let line, let reason) {
            return "\(line): \(reason)"
        } catch {
            return "\(error)"
        }
        return nil
    }

    @Test func `quotations get their speakers and cues from the line below`() throws {
        let article = try read("\"I will go,\" Varn said. \"Now.\"\n@ Varn: said; &")
        #expect(article.quotations.map(\.text) == ["I will go,", "Now."])
        #expect(article.quotations.map(\.speaker) == ["Ilse Varn", "Ilse Varn"])
        #expect(article.quotations.map(\.cue) == ["said", nil])
        #expect(article.mainText == ["\u{201C}I will go,\u{201D} Varn said. \u{201C}Now.\u{201D}"])
    }

    @Test func `a quotation may run over two paragraphs`() throws {
        let article = try read("\"One.\n@ Varn\n\n\"Two,\" Varn said.\n@ Varn: said")
        #expect(article.quotations.map(\.isContinuation) == [false, true])
        #expect(article.quotations.map(\.paragraph) == [0, 1])
    }

    @Test func `captions and notes stay out of the main text`() throws {
        let article = try read("!! A ship. | Photo: Me\n\nText.\n\n## Head\n\n-- Reporting by me")
        #expect(article.mainText == ["Text.", "Head"])
        #expect(article.blocks.count == 4)
    }

    @Test func `italics lose their marker and keep their place`() throws {
        let article = try read("The *Sula* sank.")
        #expect(article.mainText == ["The Sula sank."])
        #expect(article.blocks.first?.italics == [4..<8])
    }

    @Test func `faults are named with their line`() throws {
        #expect(reason("\"Hello,\" he said.") == "8: the paragraph above has 1 quotations and no @")
        #expect(reason("\"Hello.\"\n@ Nobody") == "8: 'Nobody' is not in the cast")
        #expect(reason("\"A\" \"B\"\n@ Varn") == "8: 1 speakers for 2 quotations")
        #expect(reason("\"Open\n@ Varn\n\nNot continued.")?.contains("not continued") == true)
        #expect(reason("Text.", header: "colour: red") == "6: the key 'colour' is unknown")
        #expect(reason("Text.", header: "title: Two") == "6: 'title' stands twice")
        #expect(reason("Text.", header: "cites: Varn")?.contains("does not mention") == true)
        #expect(reason("") == "8: the article has no text")
    }

    @Test func `the longest alias wins and only whole words count`() throws {
        var cast = Cast()
        let entries = "GPE Kharnov\nORG Kharnov Dispatch\nPER Anna Mill = Mill\n"
        try cast.add(entries, path: "test.cast")
        let found = cast.entities(in: "The Kharnov Dispatch met \u{201C}Mill\u{201D}, not Miller.")
        #expect(found.map(\.name) == ["Kharnov Dispatch", "Anna Mill"])
        #expect(found.map(\.forms) == [["Kharnov Dispatch"], ["Mill"]])
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-03-04T06:40:00+01:00", 1_772_602_800),
        ("2024-02-29T23:59:59-05:00", 1_709_269_199),
    ])
    func `timestamps know their second`(text: String, seconds: Int) throws {
        let timestamp = try #require(Timestamp(text))
        #expect(timestamp.secondsSinceEpoch == seconds)
    }

    @Test(arguments: ["", "2026-03-04", "2026-13-04T06:40:00Z", "2026-03-04 06:40:00Z", "x"])
    func `what is no timestamp is refused`(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func `dates are printed as servers and papers print them`() throws {
        let timestamp = try #require(Timestamp("2026-03-04T00:40:00+01:00"))
        #expect(timestamp.httpDate == "Tue, 03 Mar 2026 23:40:00 GMT")
        #expect(timestamp.rssDate == "Wed, 04 Mar 2026 00:40:00 +0100")
        #expect(timestamp.weekday == "Wednesday")
        #expect(timestamp.twelveHourClock == "12:40 a.m.")
    }
}
