import ConformanceFolder
import Foundation
import Testing

@testable import Sitemaps

/// The documents of crawler-commons.
private enum SitemapFiles {
    static let folder = ConformanceFolder.path("sitemaps")

    static let isPresent = FileManager.default.fileExists(atPath: folder.path)

    /// Each file with its kind and its number of entries, counted by hand.
    static let expected: [(file: String, kind: SitemapReader.Kind, count: Int)] = [
        ("atom.xml", .feed, 1), ("do-not-visit.txt", .text, 1), ("sitemap-with-bom.txt", .text, 2),
        ("sitemap.badns.xml", .pages, 2), ("sitemap.index.xml", .index, 15),
        ("sitemap.ns.xml", .pages, 2), ("sitemap.txt", .text, 2), ("sitemap.txt.gz", .text, 5),
        ("xmlSitemap.gz", .pages, 5),
        ("extension/hebdenbridgetimes-articles-sitemap.xml", .pages, 74),
        ("extension/pagemaps-sitemap.xml", .pages, 2),
        ("extension/shinpaideshou-news-sitemap.xml", .pages, 3),
        ("extension/sitemap-images.xml", .pages, 1), ("extension/sitemap-links.xml", .pages, 3),
        ("extension/sitemap-mobile.xml", .pages, 3), ("extension/sitemap-news.xml", .pages, 2),
        ("extension/sitemap-videos-tvshow.xml", .pages, 1),
        ("extension/sitemap-videos.xml", .pages, 3),
    ]

    static func entries(_ file: String) throws -> (SitemapReader.Kind, [SitemapEntry]) {
        let bytes = Array(try Data(contentsOf: folder.appending(path: file)))
        var reader = try #require(SitemapReader(bytes), "\(file) is none.")
        var entries: [SitemapEntry] = []
        while let entry = reader.next() { entries.append(entry) }
        #expect(reader.damage == nil)
        #expect(!reader.isCut)
        return (reader.kind, entries)
    }

    static func pages(_ file: String) throws -> [SitemapPage] {
        try entries(file).1.compactMap { if case .page(let page) = $0 { page } else { nil } }
    }
}

@Suite(
    .enabled(
        if: SitemapFiles.isPresent,
        "No sitemaps; set WIRECOPY_SHARED to the folder with conformance/sitemaps."
    )
)
struct SitemapConformanceTests {
    @Test func `all documents of crawler-commons are read`() throws {
        var right = 0
        for item in SitemapFiles.expected {
            let (kind, entries) = try SitemapFiles.entries(item.file)
            let isRight = kind == item.kind && entries.count == item.count
            #expect(isRight, "\(item.file) is \(kind) with \(entries.count) entries.")
            right += isRight ? 1 : 0
        }
        print("Sitemaps: \(right) of \(SitemapFiles.expected.count).")
    }

    @Test func `no document is left out`() throws {
        let files = FileManager.default.enumerator(atPath: SitemapFiles.folder.path)?
            .compactMap { $0 as? String }.filter { $0.contains(".") }
        #expect(Set(files ?? []) == Set(SitemapFiles.expected.map(\.file)))
    }

    @Test func `extensions are read`() throws {
        let news = try SitemapFiles.pages("extension/sitemap-news.xml")
        #expect(news[0].news?.title == "Companies A, B in Merger Talks")
        #expect(news[0].news?.published == "2008-12-23")
        #expect(news[0].news?.publication == "The Example Times")
        #expect(news[0].news?.language == "en")
        #expect(news[0].news?.genres == ["PressRelease", "Blog"])
        #expect(news[0].news?.access == "Subscription")
        #expect(news[1].news?.publication == nil)
        let images = try SitemapFiles.pages("extension/sitemap-images.xml")
        #expect(images[0].images.map(\.title) == [nil, "Example photo shot in Limerick, Ireland"])
        let links = try SitemapFiles.pages("extension/sitemap-links.xml")
        #expect(links[0].translations.map(\.language) == ["de", "de-ch", "en"])
        let videos = try SitemapFiles.pages("extension/sitemap-videos.xml")
        #expect(videos[0].videos.first?.title == "Grilling steaks for summer")
        #expect(videos[0].videos.first?.address == "http://www.example.com/video123.flv")
        #expect(videos[0].published == "2007-11-05T19:20:30+08:00")
        let show = try SitemapFiles.pages("extension/sitemap-videos-tvshow.xml")
        #expect(show[0].address == "https://example.org/my-tv-show/23/13/")
        for page in try SitemapFiles.pages("extension/shinpaideshou-news-sitemap.xml") {
            #expect(page.news?.title != nil)
            #expect(page.news?.published != nil)
        }
    }
}
