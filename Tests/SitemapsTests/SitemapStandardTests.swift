import Testing
import WHATWGURL

@testable import Sitemaps

/// What the protocol of sitemaps says beyond the published cases (sitemaps.org, 0.9).
struct SitemapStandardTests {
    private static let base = WebURL("https://tide.example/maps/map.xml")

    private func entries(_ bytes: [UInt8]) throws -> [SitemapEntry] {
        var reader = try #require(SitemapReader(bytes, at: Self.base))
        var entries: [SitemapEntry] = []
        while let entry = reader.next() { entries.append(entry) }
        return entries
    }

    private func addresses(_ text: String) throws -> [String] {
        try entries(Array(text.utf8)).map { entry in
            switch entry {
            case .page(let page): page.address
            case .sitemap(let location): location.address
            }
        }
    }

    @Test(arguments: [
        "<loc>https://tide.example/a?x=1&amp;y=2</loc>",
        "<loc>\n  https://tide.example/a?x=1&amp;y=2 </loc>",
        "<loc><![CDATA[https://tide.example/a?x=1&y=2]]></loc>",
        "<loc>https://tide.example/a?x=1&y=2</loc>",
        "<loc>https://tide.example/a?x=1&#38;y=2</loc><loc>https://tide.example/second</loc>",
        "<LOC>https://tide.example/a?x=1&amp;y=2</LOC>",
        "<lastmod/><loc>../a?x=1&amp;y=2</loc>",
    ])
    func `an address is read in every way in which it is written`(part: String) throws {
        for (head, foot) in [
            (
                "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url>",
                "</url></urlset>"
            ),
            ("<?xml version='1.0'?><!-- tide --><urlset><url>", "</url></urlset>"),
            ("<sitemapindex><sitemap>", "</sitemap></sitemapindex>"),
            ("<urlset><url>", ""),
        ] {
            #expect(try addresses(head + part + foot) == ["https://tide.example/a?x=1&y=2"])
        }
    }

    @Test func `prefixes say nothing`() throws {
        let text = """
            <s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9">
            <s:url><s:loc>https://tide.example/a</s:loc><s:lastmod>2026-03</s:lastmod></s:url>
            </s:urlset>
            """
        guard case .page(let page)? = try entries(Array(text.utf8)).first else {
            Issue.record("There is no page.")
            return
        }
        #expect(page.address == "https://tide.example/a")
        #expect(page.lastModified == "2026-03")
    }

    @Test func `a picture's address is not the page's`() throws {
        let text = """
            <urlset xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url>
            <image:image><image:loc>https://tide.example/i.png</image:loc></image:image>
            <loc>https://tide.example/a</loc></url></urlset>
            """
        #expect(try addresses(text) == ["https://tide.example/a"])
    }

    @Test func `what is no address of the web is passed over`() throws {
        let locations = ["ftp://tide.example/", "mailto:desk@tide.example", "", "https://", "/b"]
        let text = locations.map { "<url><loc>\($0)</loc></url>" }.joined()
        #expect(try addresses("<urlset>\(text)</urlset>") == ["https://tide.example/b"])
    }

    @Test func `lists in text may come with a mark, other line ends and blanks`() throws {
        let text = "\u{FEFF}https://tide.example/a\r\n\r\n  https://tide.example/b  \nnone\r\n"
        #expect(try addresses(text) == ["https://tide.example/a", "https://tide.example/b"])
    }
}
