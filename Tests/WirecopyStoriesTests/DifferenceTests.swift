import Testing
import WirecopyMessages

@testable import WirecopyStories

@Suite struct DifferenceTests {
    private func toll(
        _ id: String,
        _ text: String,
        _ words: String,
        _ number: String,
        published: String? = nil,
        approximately: StatedAmount.Approximation? = nil
    ) throws -> StoryMember {
        var article = try InventedArticle(id, published: published, text)
            .counting(words, number, of: "people", approximately: approximately)
        for place in ["Brede", "Ulverton"] where text.contains(place) {
            article = try article.naming(place, .politicalPlace)
        }
        return article.member()
    }

    @Test func `numbers of the same thing differ, and the later one is marked`() throws {
        let brief = Brief(of: try InventedStory.flood())
        let difference = try #require(brief.differences.first)
        #expect(difference.kind == .number)
        #expect(difference.subject == "people killed")
        #expect(difference.sides.map(\.value) == ["12", "Fifteen"])
        #expect(difference.sides.map(\.articles) == [[1], [2]])
        #expect(difference.sides.map(\.isLater) == [false, true])
    }

    @Test func `equal, rounded and vague numbers do not differ`() throws {
        let pairs: [(String, String, StatedAmount.Approximation?)] = [
            ("12", "12", nil), ("1000", "1012", .about), ("40", "41", .moreThan),
        ]
        for (one, other, approximation) in pairs {
            let brief = Brief(of: [
                try toll("a", "In Brede \(one) people died.", one, one),
                try toll(
                    "b",
                    "In Brede \(other) people died.",
                    other,
                    other,
                    approximately: approximation
                ),
            ])
            #expect(brief.differences.isEmpty, "\(one) and \(other)")
        }
    }

    @Test func `"at least 11" and "at least 34" differ`() throws {
        let brief = Brief(of: [
            try toll("a", "In Brede 11 people died.", "11", "11", approximately: .atLeast),
            try toll("b", "In Brede 34 people died.", "34", "34", approximately: .atLeast),
        ])
        #expect(brief.differences.map(\.kind) == [.number])
    }

    @Test func `harm elsewhere and other harm are not compared`() throws {
        let here = try toll("a", "In Brede 12 people died.", "12", "12")
        let elsewhere = try toll("b", "In Ulverton 15 people died.", "15", "15")
        let hurt = try toll("c", "In Brede 15 people were hurt.", "15", "15")
        #expect(Brief(of: [here, elsewhere]).differences.isEmpty)
        #expect(Brief(of: [here, hurt]).differences.isEmpty)
    }

    @Test func `a toll without a noun is read`() throws {
        let other = try InventedArticle("b", "Officials put the number of dead in Brede at 27.")
            .naming("Brede", .politicalPlace)
        let brief = Brief(of: [
            try toll("a", "In Brede 12 people died.", "12", "12"), other.member(),
        ])
        #expect(brief.differences.first?.sides.map(\.value) == ["12", "27"])
    }

    @Test func `people who came to no harm are no toll`() throws {
        let brief = Brief(of: [
            try toll("a", "In Brede 12 people were hurt.", "12", "12"),
            try toll("b", "In Brede none of the 2300 people were hurt.", "2300", "2300"),
        ])
        #expect(brief.differences.isEmpty)
    }

    @Test func `an article with several numbers agrees when one of them does`() throws {
        let two = try InventedArticle("b", "In Brede 12 people died. In Brede 3 people died later.")
            .naming("Brede", .politicalPlace)
            .counting("12", "12", of: "people", "died")
            .counting("3", "3", of: "people", "died")
        let brief = Brief(of: [try toll("a", "In Brede 12 people died.", "12", "12"), two.member()])
        #expect(brief.differences.isEmpty)
    }

    @Test func `the same of different days differs`() throws {
        func report(_ id: String, _ day: String, _ date: String) throws -> StoryMember {
            try InventedArticle(id, "Ada Quill signed the dam contract in Brede on \(day).")
                .naming("Ada Quill", .person).naming("Brede", .politicalPlace)
                .dating(day, date).member()
        }
        let brief = Brief(of: [
            try report("a", "Monday", "2031-03-03"), try report("b", "Tuesday", "2031-03-04"),
        ])
        #expect(brief.differences.map(\.kind) == [.date])
        #expect(brief.differences[0].sides.map(\.value) == ["2031-03-03", "2031-03-04"])
        let same = Brief(of: [
            try report("a", "Monday", "2031-03-03"), try report("b", "Monday", "2031-03-03"),
        ])
        #expect(same.differences.isEmpty)
    }

    @Test func `one office with two names differs, a shared office does not`() throws {
        func report(_ id: String, _ name: String, _ role: String) throws -> StoryMember {
            try InventedArticle(id, "\(name), \(role), came to the river.")
                .naming(name, .person, role: role).member()
        }
        let mayors = Brief(of: [
            try report("a", "Ada Quill", "mayor of Brede"),
            try report("b", "Ida Marsh", "mayor of Brede"),
        ])
        #expect(mayors.differences.map(\.kind) == [.office])
        #expect(mayors.differences[0].sides.map(\.value) == ["Ada Quill", "Ida Marsh"])
        let former = Brief(of: [
            try report("a", "Ada Quill", "former mayor of Brede"),
            try report("b", "Ida Marsh", "former mayor of Brede"),
        ])
        #expect(former.differences.isEmpty)
    }

    @Test func `equal words of two speakers differ`() throws {
        func report(_ id: String, _ name: String) throws -> StoryMember {
            let words = "“The upper dam was never meant to hold such water,”"
            return try InventedArticle(id, "\(words) said \(name).")
                .naming(name, .person).saying(words, by: name).member()
        }
        let brief = Brief(of: [try report("a", "Ada Quill"), try report("b", "Ida Marsh")])
        #expect(brief.differences.map(\.kind) == [.speaker])
    }

    @Test func `who is quoted by one report alone is told when others know of them`() throws {
        let quoting = try InventedArticle("a", "“Boats are coming soon,” said Ada Quill.")
            .naming("Ada Quill", .person).saying("“Boats are coming soon,”", by: "Ada Quill")
        let silent = try InventedArticle("b", "Ada Quill came to the river.")
            .naming("Ada Quill", .person)
        let brief = Brief(of: [quoting.member(), silent.member()])
        #expect(brief.differences.map(\.kind) == [.onlyOne])
        #expect(brief.differences[0].subject == "Ada Quill")
        #expect(Brief(of: [quoting.member()]).differences.isEmpty)
    }

    @Test func `an age is no toll`() throws {
        let brief = Brief(of: [
            try toll("a", "In Brede 3 people died.", "3", "3"),
            try toll("b", "A woman of 74 died in Brede.", "74", "74"),
        ])
        #expect(brief.differences.isEmpty)
    }

    @Test func `an office of somebody whom another sentence names is not compared`() throws {
        func member(_ id: String, _ name: String) throws -> StoryMember {
            try InventedArticle(id, "Its president, \(name), came to Brede.")
                .naming(name, .person, role: "Its president").member()
        }
        let brief = Brief(of: [try member("a", "Ada Quill"), try member("b", "Bo Ek")])
        #expect(brief.differences.isEmpty)
    }

    @Test func `days that may be of either of two events are not compared`() throws {
        func member(_ id: String, _ text: String, _ words: String, _ day: String) throws
            -> StoryMember
        {
            try InventedArticle(id, text).naming("Ada Quill", .person)
                .naming("Brede", .politicalPlace).dating(words, day).member()
        }
        let brief = Brief(of: [
            try member(
                "a",
                "Ada Quill of Brede saw the dyke on 9 March, a week after it broke at night.",
                "9 March",
                "2031-03-09"
            ),
            try member(
                "b",
                "Ada Quill of Brede saw the dyke after it broke at night on 2 March.",
                "2 March",
                "2031-03-02"
            ),
        ])
        #expect(brief.differences.allSatisfy { $0.kind != .date })
    }
}
