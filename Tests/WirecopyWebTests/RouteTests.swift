import Testing
import WirecopyMessages

@testable import WirecopyWeb

struct RouteTests {
    @Test func `addresses lead to their pages`() {
        #expect(WebRoute("/") == .overview)
        #expect(WebRoute("/articles/ab%20c") == .article("ab c"))
        #expect(WebRoute("/articles/ab/versions/2") == .version(article: "ab", number: 2))
        #expect(WebRoute("/names/7") == .name(7))
        #expect(WebRoute("/dead-letters/retry") == .retry)
        #expect(WebRoute("/dead-letters/12") == .deadLetter(12))
        #expect(WebRoute("/api/v1/articles/ab") == .api(.article("ab")))
        #expect(WebRoute("/api/v1/dead-letters/retry") == .api(.retry))
        #expect(WebRoute("/stories/edits") == .storyEdits)
        #expect(WebRoute("/stories/7") == .story(7))
        #expect(WebRoute("/api/v1/stories/7/brief") == .api(.brief(7)))
        #expect(WebRoute("/cites") == .cites)
        #expect(WebRoute("/assets/0/style.css") == .asset)
    }

    @Test func `each address of the table leads to what its row says`() {
        for row in RouteTable.rows {
            let path =
                "/"
                + row.words.joined(separator: "/").replacing("{id}", with: "ab")
                .replacing("{number}", with: "7")
            let values = RouteTable.Values(id: "ab", number: 7)
            if let page = row.page {
                #expect(WebRoute(path) == page(values), "\(path)")
            }
            if let api = row.api {
                #expect(WebRoute("/api/v1" + path) == .api(api(values)), "\(path)")
            }
        }
    }

    @Test(arguments: [
        "", "articles", "/nope", "/names/-1", "/names/x", "/articles/", "/articles/a/versions/x",
        "/api", "/api/v2/status", "/api/v1", "/api/v1/names/007", "//",
        "/names/007", "/stories/007", "/dead-letters/+1", "/articles/a/versions/01",
        "/api/v2/events",
        "/articles/a/versions/-1", "/status", "/assets", "/api/v1/sign-in", "/../etc/passwd",
    ])
    func `other addresses lead nowhere`(_ path: String) {
        #expect(WebRoute(path) == nil)
    }

    @Test(arguments: [
        ("2026-11-29", 1_795_910_400_000), ("1970-01-01", 0), ("2024-02-29", 1_709_164_800_000),
        ("0001-01-01", -62_135_596_800_000),
    ])
    func `days are read`(_ text: String, _ milliseconds: Int) {
        #expect(CalendarDay(text)?.start.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2026-2-1", "2026-02-30", "2023-02-29", "2026-13-01", "x026-01-01", "0000-01-01",
    ])
    func `what is no day is not read`(_ text: String) {
        #expect(CalendarDay(text) == nil)
    }

    @Test(arguments: ["a b", "ä/ö?&=#", "100%", "\u{202E}x", ""])
    func `what is encoded is decoded to the same`(_ text: String) {
        let encoded = PercentCoding.encoded(text)
        #expect(PercentCoding.decoded(encoded, plusIsBlank: true) == text)
        #expect(encoded.utf8.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: " ") })
    }

    @Test(arguments: ["%", "%4", "%zz", "%ff", "%C3"])
    func `broken escapes are not decoded`(_ text: String) {
        #expect(PercentCoding.decoded(text, plusIsBlank: true) == nil)
    }

    @Test func `only http addresses of a bounded length become links`() {
        let long = "https://a.example/" + String(repeating: "x", count: WebLimits.addressMax)
        #expect(!Parts.outside(long).text.contains("href"))
    }
}
