import Gzip
import Testing
import WHATWGURL

@testable import Sitemaps

private func entries(_ text: String, at address: String? = nil) -> [SitemapEntry]? {
    guard var reader = SitemapReader(Array(text.utf8), at: address.flatMap { WebURL($0) }) else {
        return nil
    }
    var entries: [SitemapEntry] = []
    while let entry = reader.next() { entries.append(entry) }
    return entries
}

private func pages(_ text: String, at address: String? = nil) -> [SitemapPage] {
    (entries(text, at: address) ?? []).compactMap {
        if case .page(let page) = $0 { page } else { nil }
    }
}

@Suite struct SitemapReaderTests {
    @Test func `a news sitemap gives headline, date, paper and language`() throws {
        let page = try #require(
            pages(
                """
                <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
                  xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
                  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url>
                <loc> https://tide.example/1?a=1&amp;b=2 </loc><lastmod>2026-11-29</lastmod>
                <n:news><n:publication><n:name>Tide</n:name><n:language>en</n:language>
                </n:publication><n:publication_date>2026-11-29T10:00:00Z</n:publication_date>
                <n:title>Harbour &amp; wall</n:title><n:keywords>harbour, wall</n:keywords></n:news>
                <image:image><image:loc>/1.jpg</image:loc><image:caption>A wall</image:caption>
                </image:image></url></urlset>
                """,
                at: "https://tide.example/map.xml"
            ).first
        )
        #expect(page.address == "https://tide.example/1?a=1&b=2")
        #expect(page.lastModified == "2026-11-29")
        #expect(page.news?.title == "Harbour & wall")
        #expect(page.published == "2026-11-29T10:00:00Z")
        #expect(page.news?.publication == "Tide")
        #expect(page.news?.language == "en")
        #expect(page.news?.keywords == ["harbour", "wall"])
        #expect(page.images.map(\.address) == ["https://tide.example/1.jpg"])
        #expect(page.images.first?.caption == "A wall")
    }

    @Test func `an index lists sitemaps`() {
        let text = """
            <sitemapindex>
            <sitemap><loc>https://tide.example/a.xml</loc><lastmod>2026</lastmod></sitemap>
            <sitemap>https://tide.example/b.xml</sitemap><sitemap><loc>ftp://x/</loc></sitemap>
            """
        #expect(
            entries(text) == [
                .sitemap(
                    SitemapLocation(address: "https://tide.example/a.xml", lastModified: "2026")
                ),
                .sitemap(SitemapLocation(address: "https://tide.example/b.xml", lastModified: nil)),
            ]
        )
    }

    @Test func `a text lists pages, one a line`() {
        let text = "\u{FEFF}https://tide.example/a\r\nnone\n\n https://tide.example/b\nmailto:a\n"
        #expect(pages(text).map(\.address) == ["https://tide.example/a", "https://tide.example/b"])
    }

    @Test(arguments: [
        "", "tide", "<html><url>https://tide.example/</url></html>", "<", "{}", "<urlse",
    ])
    func `what is no sitemap is none`(text: String) {
        #expect(entries(text) == nil)
    }

    @Test func `a broken sitemap gives what can be read`() {
        let text =
            "<urlset><url><loc>https://tide.example/?a&b<url><loc>https://tide.example/2</loc>"
        #expect(pages(text).count == 1)
        let cut = "<urlset><url><loc>https://tide.example/1</loc></url><url><loc>https://tide.exa"
        #expect(pages(cut).map(\.address) == ["https://tide.example/1", "https://tide.exa/"])
    }

    @Test func `packed sitemaps are read, damaged ones as far as they go`() throws {
        let lines = (0..<20_000).map { "https://tide.example/page-\($0 * 7919)" }
        let packed = Gzip.compress(Array(lines.joined(separator: "\n").utf8))
        for bytes in [packed, Gzip.compress(packed)] {
            var reader = try #require(SitemapReader(bytes))
            var count = 0
            while reader.next() != nil { count += 1 }
            #expect(count == lines.count)
            #expect(reader.damage == nil)
        }
        var reader = try #require(SitemapReader(Array(packed.prefix(packed.count / 2))))
        var count = 0
        while reader.next() != nil { count += 1 }
        #expect(1000..<lines.count ~= count)
        #expect(reader.damage == .truncated)
    }

    @Test func `size and entries are bounded`() throws {
        let line = Array("https://tide.example/\n".utf8)
        let many = (0...SitemapReader.entriesMax).flatMap { _ in line }
        let packed = Gzip.compress(many)
        var short = try #require(SitemapReader(packed, at: nil, sizeMaxBytes: 10 * line.count))
        #expect(short.isCut)
        #expect((0..<100).filter { _ in short.next() != nil }.count == 10)
        var reader = try #require(SitemapReader(many))
        var count = 0
        while reader.next() != nil { count += 1 }
        #expect(count == SitemapReader.entriesMax)
        #expect(reader.isCut)
    }

    @Test func `a feed is a sitemap too`() throws {
        let text = "<rss><channel><item><link>https://tide.example/1</link></item></channel></rss>"
        #expect(SitemapReader(Array(text.utf8))?.kind == .feed)
        #expect(pages(text).map(\.address) == ["https://tide.example/1"])
    }
}
