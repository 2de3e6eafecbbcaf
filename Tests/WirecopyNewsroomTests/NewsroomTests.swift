import Foundation
import FoundationXML
import Testing
import WirecopyNewsroom

/// A newsroom on a port of its own that stops with the test.
final class RunningNewsroom {
    let newsroom: Newsroom
    let port: UInt16

    init() throws {
        newsroom = try Newsroom(port: 0)
        port = try #require(newsroom.baseURL.split(separator: ":").last.flatMap { UInt16($0) })
        newsroom.start()
    }

    deinit { newsroom.stop() }

    func get(_ target: String, headers: String = "", host: String = "x") throws -> RawAnswer {
        let client = try #require(RawClient(port: port))
        client.send(
            "GET \(target) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\(headers)\r\n"
        )
        return RawAnswer(client.read().bytes)
    }
}

@Suite(.timeLimit(.minutes(2)))
struct NewsroomTests {
    private let running: RunningNewsroom

    init() throws { running = try RunningNewsroom() }

    @Test func `each article's page holds its title and main text`() throws {
        for article in running.newsroom.articles {
            let answer = try running.get(article.path)
            #expect(answer.status == 200, "\(article.path)")
            let text = String(decoding: answer.body, as: UTF8.self).unescaped
            #expect(text.contains(article.title), "\(article.path)")
            for paragraph in article.mainText {
                #expect(text.contains(paragraph), "\(article.path): \(paragraph)")
            }
            for author in article.authors { #expect(text.contains(author)) }
        }
    }

    @Test func `no place of a template stays open`() throws {
        for article in running.newsroom.articles {
            let text = String(decoding: try running.get(article.path).body, as: UTF8.self)
            #expect(!text.contains("{{"), "\(article.path)")
        }
    }

    @Test func `pages carry later headlines than their own`() throws {
        let article = try #require(running.newsroom.articles.first { $0.publisher == "courier" })
        let later = running.newsroom.articles.filter { $0.publisher == "courier" }.suffix(6)
        let text = String(decoding: try running.get(article.path).body, as: UTF8.self).unescaped
        #expect(later.contains { text.contains($0.title) })
    }

    @Test func `every address of the list ends as the truth says`() throws {
        let list = String(decoding: try running.get("/urls.txt").body, as: UTF8.self)
        let base = running.newsroom.baseURL
        let paths = list.split(separator: "\n").map { String($0.dropFirst(base.count)) }
        let records = ExpectedRecord.all(of: running.newsroom.archive).filter(\.listed)
        #expect(Set(paths) == Set(records.map(\.path)) && paths.count == records.count)
        for record in records {
            let status = try running.get(record.path).status
            #expect(status == (record.outcome == "dead" ? 410 : 200), "\(record.path)")
        }
        #expect(records.count { $0.outcome == "duplicate" } == 2)
        #expect(records.count { $0.outcome == "dead" } == 1)
    }

    @Test func `a second address names the first as canonical`() throws {
        for address in running.newsroom.archive.demoAddresses {
            guard case .duplicate(let original) = address.outcome else { continue }
            let text = String(decoding: try running.get(address.path).body, as: UTF8.self)
            let canonical = "rel=\"canonical\" href=\"\(running.newsroom.baseURL)\(original)\""
            #expect(text.contains(canonical), "\(address.path)")
        }
    }

    @Test func `an advance puts the correction in the first version's place`() throws {
        let revision = try #require(running.newsroom.archive.revisions.first)
        func isCorrected(_ path: String) throws -> Bool {
            String(decoding: try running.get(path).body, as: UTF8.self).contains("Correction, 2")
        }
        #expect(try isCorrected(revision.path))
        #expect(try !isCorrected(revision.canonicalPath))
        let client = try #require(RawClient(port: running.port))
        client.send("POST /_control/advance HTTP/1.1\r\nConnection: close\r\n\r\n")
        #expect(RawAnswer(client.read().bytes).status == 200)
        #expect(try isCorrected(revision.canonicalPath))
        running.newsroom.reset()
        #expect(try !isCorrected(revision.canonicalPath))
    }

    @Test func `a validator that matches gives 304 and no body`() throws {
        let path = try #require(running.newsroom.articles.first).path
        let tag = try #require(try running.get(path).header("etag"))
        let date = try #require(try running.get(path).header("last-modified"))
        for header in ["If-None-Match: \(tag)", "If-Modified-Since: \(date)"] {
            let answer = try running.get(path, headers: header + "\r\n")
            #expect(answer.status == 304 && answer.body.isEmpty)
        }
    }

    @Test func `feeds, sitemap, lists and texts are there`() throws {
        let archive = running.newsroom.archive
        let paths =
            archive.publishers.map(\.feedPath) + archive.publishers.map { "/\($0.key)/" }
            + archive.texts.map(\.article.path)
            + ["/", "/robots.txt", "/sitemap.xml", "/expected.jsonl", "/texts/", "/_odd/"]
        for path in paths { #expect(try running.get(path).status == 200, "\(path)") }
        #expect(archive.publishers.filter { $0.feedPath.hasSuffix("atom.xml") }.count == 1)
    }

    @Test func `feeds and sitemap are well-formed XML`() throws {
        for path in running.newsroom.archive.publishers.map(\.feedPath) + ["/sitemap.xml"] {
            let parser = XMLParser(data: Data(try running.get(path).body))
            #expect(parser.parse(), "\(path)")
        }
    }

    @Test func `each publisher has a host with rules, feeds and sitemaps of its own`() throws {
        for publisher in running.newsroom.archive.publishers {
            let host = "\(publisher.key).localhost:\(running.port)"
            func text(_ path: String) throws -> String {
                let answer = try running.get(path, host: host)
                #expect(answer.status == 200, "\(host)\(path)")
                #expect(answer.header("etag") != nil && answer.header("last-modified") != nil)
                return String(decoding: answer.body, as: UTF8.self)
            }
            #expect(try text("/robots.txt").contains("/\(publisher.key)/sitemap.xml"))
            #expect(try text("/").contains("rel=\"alternate\" type=\"application/feed+json\""))
            #expect(try text("/sitemap.xml").contains("sitemap-news.xml"))
            for path in ["/sitemap.xml", "/sitemap-articles.xml", "/sitemap-news.xml"] {
                #expect(XMLParser(data: Data(try text(path).utf8)).parse(), "\(path)")
            }
            let broken = try text("/broken.xml")
            #expect(broken.contains("Tide & weather&nbsp;") && !broken.contains("</rss>"))
            let json = try JSONSerialization.jsonObject(with: Data(try text("/feed.json").utf8))
            let feed = try #require(json as? [String: Any])
            #expect(feed["version"] as? String == "https://jsonfeed.org/version/1.1")
            let items = try #require(feed["items"] as? [[String: Any]])
            #expect(items.first?["date_published"] is String && items.first?["url"] is String)
        }
    }

    @Test func `an article that is held back is nowhere until it is published`() throws {
        let newest = try #require(running.newsroom.articles.last { $0.publisher == "wire" })
        func isOut() throws -> [Bool] {
            let paths = ["/wire/", "/wire/atom.xml", "/wire/feed.json", "/wire/sitemap-news.xml"]
            return try paths.map { path in
                String(decoding: try running.get(path).body, as: UTF8.self).contains(newest.path)
            } + [running.get(newest.path).status == 200]
        }
        func control(_ target: String) throws {
            let client = try #require(RawClient(port: running.port))
            client.send("POST \(target) HTTP/1.1\r\nConnection: close\r\n\r\n")
            #expect(RawAnswer(client.read().bytes).status == 200)
        }
        let tag = try running.get("/wire/atom.xml").header("etag")
        #expect(try isOut() == [true, true, true, true, true])
        try control("/_control/hold?count=1")
        #expect(try isOut() == [false, false, false, false, false])
        #expect(try running.get("/wire/atom.xml").header("etag") != tag)
        try control("/_control/publish")
        #expect(try isOut() == [true, true, true, true, true])
        #expect(try running.get("/wire/atom.xml").header("etag") == tag)
    }

    @Test func `the truth is one JSON object a line`() throws {
        let text = String(decoding: try running.get("/expected.jsonl").body, as: UTF8.self)
        let lines = text.split(separator: "\n")
        let archive = running.newsroom.archive
        let known = archive.articles.count + archive.revisions.count + archive.texts.count
        #expect(lines.count == known + archive.demoAddresses.count)
        for line in lines {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect(object?["outcome"] is String && object?["path"] is String)
        }
    }

    @Test func `a publisher answers under its own host name too`() throws {
        let path = try #require(running.newsroom.articles.first { $0.publisher == "wire" }).path
        let short = String(path.dropFirst("/wire".count))
        #expect(try running.get(short, host: "wire.localhost:\(running.port)").status == 200)
        #expect(try running.get(short).status == 404)
    }

    @Test func `requests are counted and their overlap is known`() throws {
        let clients = (0..<3).compactMap { _ in RawClient(port: running.port) }
        for client in clients {
            client.send("GET /_odd/late HTTP/1.1\r\nHost: slow\r\nConnection: close\r\n\r\n")
        }
        for client in clients { #expect(RawAnswer(client.read().bytes).status == 200) }
        let log = running.newsroom.requestLog
        #expect(log.count(of: "/_odd/late") == 3)
        #expect(log.inFlightMax(host: "slow") == 3)
        #expect(log.records.count == 3 && log.records.allSatisfy { $0.status == 200 })
    }

    @Test func `a taken port is said so`() {
        #expect(throws: NewsroomFailure.portTaken(running.port)) {
            _ = try Newsroom(port: running.port)
        }
    }

    @Test func `a stopped newsroom frees its port and ends hanging answers`() throws {
        let client = try #require(RawClient(port: running.port))
        client.send("GET /_odd/hang-headers HTTP/1.1\r\nHost: x\r\n\r\n")
        while running.newsroom.requestLog.count(of: "/_odd/hang-headers") == 0 { usleep(1000) }
        running.newsroom.stop()
        #expect(client.read().isClosed)
        let next = try Newsroom(port: running.port)
        next.stop()
    }

    @Test func `saved pages are the served ones`() throws {
        let folder = NSTemporaryDirectory() + "newsroom-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let saved = try SavedPages(folder: folder, baseURL: running.newsroom.baseURL)
        #expect(saved.count > 80)
        let article = try #require(running.newsroom.articles.first)
        let page = try running.get(article.path).body
        let all = FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []
        let pages = all.filter { $0.hasPrefix(article.publisher) && $0.hasSuffix(".html") }
        #expect(
            pages.contains {
                FileManager.default.contents(atPath: "\(folder)/\($0)") == Data(page)
            }
        )
        #expect(all.contains("expected.jsonl"))
    }
}

extension String {
    /// The text without tags of italics and with the five escapes resolved.
    fileprivate var unescaped: String {
        replacingOccurrences(of: "<em>", with: "").replacingOccurrences(of: "</em>", with: "")
            .replacingOccurrences(of: "&quot;", with: "\"")
            .replacingOccurrences(of: "&#39;", with: "'")
            .replacingOccurrences(of: "&lt;", with: "<")
            .replacingOccurrences(of: "&gt;", with: ">")
            .replacingOccurrences(of: "&amp;", with: "&")
    }
}
