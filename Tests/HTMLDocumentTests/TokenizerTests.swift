import Testing

@testable import HTMLDocument

@Suite
struct TokenizerTests {
    @Test
    func `named references match the longest name`() {
        #expect(bodyText("&notin; &notit; &not") == "∉ ¬it; ¬")
        #expect(bodyText("&nvlt;") == "<\u{20D2}")
        #expect(bodyText("&unknown; &") == "&unknown; &")
    }

    @Test
    func `the table of references has all names of the standard`() {
        #expect(CharacterReferences.shared.count == NamedCharacterReferences.count)
        #expect(CharacterReferences.shared.count == 2_231)
    }

    @Test
    func `numeric references are held to Unicode`() {
        #expect(bodyText("&#x41;&#66;&#67") == "ABC")
        #expect(bodyText("&#x80;&#150;") == "€–")
        #expect(
            bodyText("&#0;&#xD800;&#x110000;&#99999999999999999999;")
                == "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"
        )
        #expect(bodyText("&#;&#x;") == "&#;&#x;")
    }

    @Test
    func `old links in attributes keep their ampersands`() throws {
        let page = parse("<a href='?a=1&copy=2&reg;'>x")
        let anchor = try #require(page.elements(.a).first)
        #expect(page.attribute("href", of: anchor) == "?a=1&copy=2®")
    }

    @Test
    func `the first of two attributes of one name counts`() throws {
        let page = parse("<p id=1 ID=2 iD='3'>x")
        let paragraph = try #require(page.elements(.p).first)
        #expect(page.attributes(of: paragraph) == [HTMLAttribute(name: "id", value: "1")])
    }

    @Test
    func `attributes may have no value, no quotes or no space between them`() throws {
        let page = parse("<p hidden a=b/c d=\"e\"f='g'/>x")
        let paragraph = try #require(page.elements(.p).first)
        let pairs = page.attributes(of: paragraph).map { "\($0.name)=\($0.value)" }
        #expect(pairs == ["hidden=", "a=b/c", "d=e", "f=g"])
    }

    @Test
    func `a lone less-than sign is text`() {
        #expect(bodyText("1 < 2 <3") == "1 < 2 <3")
    }

    @Test
    func `a tag that the page's end cuts off is dropped`() {
        #expect(bodyText("text<p class=") == "text")
    }

    @Test
    func `line breaks are line feeds`() {
        #expect(bodyText("a\r\nb\rc\n\r") == "a\nb\nc\n\n")
    }

    @Test
    func `the line feed right behind pre is dropped`() {
        #expect(bodyText("<pre>\n\na</pre>") == "\na")
    }

    @Test
    func `titles resolve references and hold no tags`() throws {
        let page = parse("<title>A &amp; <b>B</b></title>")
        let title = try #require(page.elements(.title).first)
        #expect(page.textContent(of: title) == "A & <b>B</b>")
    }

    private func bodyText(_ markup: String) -> String {
        let page = parse("<body>" + markup)
        return page.body.map { page.textContent(of: $0) } ?? ""
    }
}
