import Testing

@testable import WirecopyParse

@Suite struct BylineTests {
    @Test(
        arguments: [
            ("By Ann Lee", ["Ann Lee"]),
            ("Written by Ann Lee and Bo Ek", ["Ann Lee", "Bo Ek"]),
            ("By Ann Lee, Senior Reporter", ["Ann Lee"]),
            ("ANN LEE, Associated Press", ["Ann Lee", "Associated Press"]),
            ("Von Jörg Ößler und Åsa Ek", ["Jörg Ößler", "Åsa Ek"]),
            ("Ann Lee (ann.lee@news.example)", ["Ann Lee"]),
            ("Ann Lee; Ann Lee", ["Ann Lee"]),
            ("by Ann Lee 29 May 2024 14:20", ["Ann Lee"]),
            ("By April Lee May 29, 2024, 9:00 a.m.", ["April Lee"]),
            ("신현주 기자", ["신현주"]),
            ("王小明記者", ["王小明"]),
            ("Quelle: dpa", ["dpa"]),
            ("Follow", []),
            ("https://news.example/authors/ann", []),
            ("admin", []),
        ]
    )
    func `names are taken out of a byline`(text: String, expected: [String]) {
        #expect(Byline.names(in: text) == expected)
    }

    @Test func `names are cut at a capital that no space precedes, beyond ASCII too`() {
        #expect(Byline.pieces(in: "Åsa ÖbergÉditeur").map(\.name).contains("Åsa Öberg"))
        #expect(Byline.pieces(in: "Ann McLee").map(\.name) == ["Ann McLee"])
    }

    @Test func `a surname beside the full name is the same author`() {
        #expect(Byline.names(in: ["Lee", "Ann Lee"]) == ["Ann Lee"])
    }
}

@Suite struct HeadlineTests {
    private let headline = Headline(siteNames: ["The Harbour Post", "harbourpost.example"])

    @Test(
        arguments: [
            ("River rises after storm | The Harbour Post", "River rises after storm"),
            ("River rises - The Harbour Post", "River rises"),
            ("The Harbour Post: River rises", "River rises"),
            ("River rises - again and again", "River rises - again and again"),
            ("Storm: River rises", "Storm: River rises"),
        ]
    )
    func `the site's name is cut off and nothing else`(title: String, expected: String) {
        #expect(headline.withoutSiteName(title) == expected)
    }
}
