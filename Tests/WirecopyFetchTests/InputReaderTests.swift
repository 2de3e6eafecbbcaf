import Foundation
import Gzip
import Testing
import WebArchive
import WirecopyMessages

@testable import WirecopyFetch

/// Inputs of each kind, written to a folder of their own.
@Suite final class InputReaderTests {
    private let folder =
        FileManager.default.temporaryDirectory.path
        + "/wirecopy-inputs-\(UUID().uuidString)"
    private let page = "<!DOCTYPE html><html><body><p>The ferry left at ten.</p></body></html>"

    init() throws {
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    @discardableResult
    private func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        let path = folder + "/" + name
        try FileManager.default.createDirectory(
            at: URL(fileURLWithPath: path).deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    @discardableResult
    private func write(_ name: String, _ text: String) throws -> String {
        try write(name, Array(text.utf8))
    }

    private func read(
        _ inputs: [String],
        kind: InputKind? = nil,
        bodyLimitBytes: Int = 100_000
    ) async -> InputSlice {
        var settings = InputSettings(
            source: "/wirecopy/test-1",
            workingDirectory: folder,
            kind: kind
        )
        settings.bodyLimitBytes = bodyLimitBytes
        settings.lineLimitBytes = 2 * bodyLimitBytes
        let reader = InputReader(inputs, settings: settings, mint: testMint())
        var whole = InputSlice()
        while let slice = await reader.next() {
            whole.messages += slice.messages
            whole.skipped += slice.skipped
        }
        return whole
    }

    /// One line a message: kind, or reason of a rejection, and subject without the folder.
    private func outline(_ slice: InputSlice) throws -> [String] {
        try slice.messages.map { message in
            let subject = message.envelope.subject.replacing("file://" + folder, with: "")
            switch message.envelope.kind {
            case .outcome:
                let outcome = try Outcome(json: message.data)
                return "\(outcome.reason?.rawValue ?? "?") \(subject)"
            case let kind:
                return "\(kind.rawValue.split(separator: ".")[1]) \(subject)"
            }
        }
    }

    @Test func `an address of the web becomes a request`() async throws {
        let slice = await read(["HTTPS://Tide.example/ferry#top", "https://a b/"])
        #expect(
            try outline(slice) == [
                "fetch_request https://tide.example/ferry", "url_invalid https://a b/",
            ]
        )
        let message = try #require(slice.messages.first)
        #expect(message.envelope.root == message.envelope.id)
        #expect(message.envelope.parent == nil)
        #expect(message.envelope.lane == "tide.example")
        #expect(message.envelope.source == "/wirecopy/test-1")
        #expect(message.envelope.madeAt == testNow)
        let request = try FetchRequest(json: message.data)
        #expect(request == FetchRequest(url: "https://tide.example/ferry", origin: "url"))
    }

    @Test func `a saved page becomes a page with its record`() async throws {
        for name in ["a b.html", "c.htm", "d.XHTML"] {
            let path = try write(name, page)
            let slice = await read([path])
            let message = try #require(slice.messages.first)
            let stored = try FetchedPage(json: message.data)
            let url = "file://" + folder + "/" + name.replacing(" ", with: "%20")
            #expect(stored.url == url)
            #expect(stored.finalURL == url)
            #expect(stored.origin == "file")
            #expect(stored.status == nil)
            #expect(stored.contentType == "text/html")
            #expect(stored.fetchedAt == testNow)
            #expect(message.envelope.lane == "file")
            #expect(message.envelope.subject == url)
            let record = try PageRecord(
                attachment: try #require(message.attachments.first),
                limitBytes: stored.bodyBytes
            )
            #expect(
                record == PageRecord(url: url, contentType: "text/html", body: Array(page.utf8))
            )
        }
    }

    @Test func `gzipped files are what they hold`() async throws {
        try write("a.html.gz", Gzip.compress(Array(page.utf8)))
        // Some tools keep the name and compress all the same.
        try write("b.html", Gzip.compress(Array(page.utf8)))
        let first = Gzip.compress(Array("https://tide.example/1\n".utf8))
        let second = Gzip.compress(Array("https://tide.example/2\n".utf8))
        try write("c.urls.gz", first + second)
        try write("d.html.gz", Array(Gzip.compress(Array(page.utf8)).dropLast(10)))
        #expect(
            try outline(await read([folder])) == [
                "fetched_page /a.html.gz", "fetched_page /b.html",
                "fetch_request https://tide.example/1", "fetch_request https://tide.example/2",
                "body_undecodable /d.html.gz",
            ]
        )
    }

    @Test func `a text is a page, a list or JSON lines by what it holds`() async throws {
        try write("1.txt", "The ferry left at ten.\n\nhttps://tide.example/ferry\n")
        try write("2.txt", "# seen today\nhttps://tide.example/1\r\n\n  https://tide.example/2  ")
        try write("3.txt", "{\"url\": \"https://tide.example/3\", \"text\": \"It rained.\"}\n")
        try write("4.txt", "\u{FEFF}" + page)
        try write("5.txt", "{note} The ferry left at ten.")
        let slice = await read([folder])
        #expect(
            try outline(slice) == [
                "fetched_page /1.txt", "fetch_request https://tide.example/1",
                "fetch_request https://tide.example/2", "fetched_page https://tide.example/3",
                "fetched_page /4.txt", "fetched_page /5.txt",
            ]
        )
        let types = try slice.messages.filter { $0.envelope.kind == .fetchedPage }
            .map { try FetchedPage(json: $0.data).contentType }
        let jsonType = "text/plain; charset=utf-8"
        #expect(types == ["text/plain", jsonType, "text/html", "text/plain"])
        let request = try FetchRequest(json: slice.messages[1].data)
        #expect(request.origin == "2.txt")
    }

    @Test func `a list says which of its lines are no addresses`() async throws {
        let path = try write("today.urls", "https://tide.example/1\nferry\n#end\n")
        #expect(
            try outline(await read([path])) == [
                "fetch_request https://tide.example/1", "url_invalid ferry",
            ]
        )
    }

    @Test func `a folder is read in order, without what is hidden`() async throws {
        try write("b/2.html", page)
        try write("b/10.html", page)
        try write("a.html", page)
        try write("B.html", page)
        try write(".hidden/c.html", page)
        try write(".d.html", page)
        try write("photo.png", [0x89, 0x50, 0x4E, 0x47])
        try write("index", page)
        try write("README", "How this was saved.")
        let slice = await read([folder])
        #expect(
            try outline(slice) == [
                "fetched_page /B.html", "fetched_page /a.html", "fetched_page /b/10.html",
                "fetched_page /b/2.html", "fetched_page /index",
            ]
        )
        let skipped = slice.skipped.map { $0.path.replacing(folder, with: "") }
        #expect(skipped == ["/README", "/photo.png"])
        #expect(slice.skipped.allSatisfy { $0.reason.hasSuffix(".") })
    }

    @Test func `links in circles end`() async throws {
        try write("a/page.html", page)
        let manager = FileManager.default
        try manager.createSymbolicLink(atPath: folder + "/a/up", withDestinationPath: "..")
        try manager.createSymbolicLink(atPath: folder + "/self", withDestinationPath: "self")
        let slice = await read([folder])
        #expect(try outline(slice) == ["fetched_page /a/page.html", "input_unreadable /self"])
        #expect(slice.skipped.map(\.path) == [folder + "/a/up"])
    }

    @Test func `JSON lines of other crawlers become pages with hints`() async throws {
        let path = try write(
            "crawl.jsonl",
            """
            {"url":"https://tide.example/1","html":"<p>Ten.</p>","title":"Ferry",\
            "authors":["A. Quist"],"date_publish":"2026-03-04 05:40:00","extra":{"a":[1,null]}}
            {"url":"https://tide.example/2","html":null,"maintext":"It rained.",\
            "author":"B. Aune","date":5}

            {"url":"https://tide.example/3"}
            {"text":"No address."}
            {"title":"Nothing else"}
            not JSON
            {"url":"https://tide.example/4","text":"   "}
            {"url":"nonsense","text":"Odd address."}
            """
        )
        let slice = await read([path])
        #expect(
            try outline(slice) == [
                "fetched_page https://tide.example/1", "fetched_page https://tide.example/2",
                "fetch_request https://tide.example/3", "fetched_page /crawl.jsonl#line=5",
                "data_invalid /crawl.jsonl#line=6", "data_invalid /crawl.jsonl#line=7",
                "fetch_request https://tide.example/4", "fetched_page /crawl.jsonl#line=9",
            ]
        )
        let first = try FetchedPage(json: slice.messages[0].data)
        #expect(first.origin == "jsonl")
        #expect(first.contentType == "text/html; charset=utf-8")
        let hints = PageHints(
            title: "Ferry",
            authors: ["A. Quist"],
            published: "2026-03-04 05:40:00"
        )
        #expect(first.hints == hints)
        #expect(slice.messages[0].envelope.lane == "tide.example")
        let second = try FetchedPage(json: slice.messages[1].data)
        #expect(second.hints == PageHints(authors: ["B. Aune"]))
        #expect(second.contentType == "text/plain; charset=utf-8")
        #expect(try FetchedPage(json: slice.messages[3].data).hints == nil)
    }

    @Test func `files that give no page are rejected with a reason`() async throws {
        try write("1-empty.html", "")
        try write("2-blank.txt", " \n\t\n")
        try write("3-binary.html", (0..<1500).map { UInt8(truncatingIfNeeded: $0 &* 37) })
        try write("4-pdf.txt", "%PDF-1.7 and so on")
        try write("5-large.html", page + String(repeating: " ", count: 5000))
        try write("6-utf16.html", [0xFF, 0xFE] + page.utf16.flatMap { [UInt8($0), 0] })
        try write("7-large.html.gz", Gzip.compress(Array(repeating: 65, count: 5000)))
        let slice = await read([folder, "missing.html"], bodyLimitBytes: 2000)
        #expect(
            try outline(slice) == [
                "body_empty /1-empty.html", "body_empty /2-blank.txt",
                "body_undecodable /3-binary.html", "body_undecodable /4-pdf.txt",
                "body_too_large /5-large.html", "fetched_page /6-utf16.html",
                "body_too_large /7-large.html.gz", "input_unreadable /missing.html",
            ]
        )
        for message in slice.messages where message.envelope.kind == .outcome {
            let outcome = try Outcome(json: message.data)
            #expect(outcome.outcome == .rejected)
            #expect(outcome.message?.hasSuffix(".") == true)
            #expect(message.envelope.root == message.envelope.id)
        }
    }

    @Test func `a huge file is rejected by its size alone`() async throws {
        let path = try write("huge.html", page)
        let file = try #require(FileHandle(forWritingAtPath: path))
        // A hole: the file system holds one block of it.
        try file.truncate(atOffset: 200 << 20)
        try file.close()
        let slice = await read([path], bodyLimitBytes: MessageLimits.bodyBytes)
        #expect(try outline(slice) == ["body_too_large /huge.html"])
        #expect(slice.messages.allSatisfy { $0.contentBytes < 1000 })
    }

    @Test func `a line beyond the limit costs only itself`() async throws {
        let long = "{\"text\":\"\(String(repeating: "a", count: 300_000))\"}\n"
        let path = try write("a.jsonl", "{\"text\":\"One.\"}\n" + long + "{\"text\":\"Two.\"}\n")
        #expect(
            try outline(await read([path], bodyLimitBytes: 1000)) == [
                "fetched_page /a.jsonl#line=1", "body_too_large /a.jsonl#line=2",
                "fetched_page /a.jsonl#line=3",
            ]
        )
    }

    @Test func `what the user says goes before names and looks`() async throws {
        let path = try write("page.txt", page)
        let asText = await read([path], kind: .text)
        let stored = try FetchedPage(json: try #require(asText.messages.first).data)
        #expect(stored.contentType == "text/plain")
        let list = try write("list", "https://tide.example/1\n")
        #expect(try outline(await read([list], kind: .html)) == ["fetched_page /list"])
        #expect(try outline(await read(["list"])) == ["fetch_request https://tide.example/1"])
    }

    @Test func `many pages come in bounded slices`() async throws {
        let count = 2 * InputReader.messagesPerSlice + 5
        let lines = (1...count).map { "https://tide.example/\($0)" }.joined(separator: "\n")
        let path = try write("many.list", lines)
        let settings = InputSettings(source: "/test", workingDirectory: folder)
        let reader = InputReader([path], settings: settings, mint: testMint())
        var sizes: [Int] = []
        var ids: Set<MessageID> = []
        while let slice = await reader.next() {
            sizes.append(slice.messages.count)
            ids.formUnion(slice.messages.map(\.envelope.id))
        }
        #expect(sizes == [InputReader.messagesPerSlice, InputReader.messagesPerSlice, 5])
        #expect(ids.count == count)
    }

    @Test func `a changed byte anywhere gives a message or a rejection`() async throws {
        let lines =
            "{\"url\":\"https://tide.example/1\",\"authors\":[\"A\"],\"text\":\"It \\u00e9\"}\n"
        let sources = [
            ("a.jsonl", Array(lines.utf8)), ("a.txt", Array("https://tide.example/1\n".utf8)),
            ("a.html.gz", Gzip.compress(Array(page.utf8))),
        ]
        for (name, bytes) in sources {
            for index in bytes.indices {
                for byte: UInt8 in [0x0A, 0x22] {
                    var changed = bytes
                    changed[index] = byte
                    let slice = await read([try write(name, changed)])
                    #expect(slice.messages.count + slice.skipped.count >= 1, "\(name) \(index)")
                }
            }
        }
    }

    @Test func `pages of a web archive come out decoded`() async throws {
        func record(_ name: String, _ head: String, _ body: [UInt8]) -> [UInt8] {
            let block = Array(head.replacing("\n", with: "\r\n").utf8) + [0x0D, 0x0A] + body
            let start = """
                WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-03-04T05:40:00Z\r
                WARC-Target-URI: https://tide.example/\(name)\r
                Content-Type: application/http; msgtype=response\r
                Content-Length: \(block.count)\r\n\r\n
                """
            return Array(start.utf8) + block + Array("\r\n\r\n".utf8)
        }
        let packed = Gzip.compress(Array(page.utf8))
        let chunked =
            Array("\(String(packed.count, radix: 16));x=y\r\n".utf8) + packed
            + Array("\r\n0\r\n\r\n".utf8)
        let html = "HTTP/1.1 200 OK\nContent-Type: text/html\n"
        let gzip = html + "Content-Encoding: gzip\n"
        let records = [
            record("1", gzip + "Transfer-Encoding: chunked\n", chunked),
            record("2", gzip, Array(page.utf8)),
            record("moved", "HTTP/1.1 301 Moved\nLocation: /2\n", []),
            record("picture", "HTTP/1.1 200 OK\nContent-Type: image/png\n", [1, 2, 3]),
            record("3", html + "Content-Encoding: br\n", [1, 2, 3]),
            record("4", html, Array(page.utf8)),
        ]
        try write("a.warc", records.flatMap { $0 })
        var members = records.map { Gzip.compress($0) }
        members[1][members[1].count / 2] ^= 0xFF
        let damagedAt = members[0].count
        try write("b.warc.gz", members.flatMap { $0 })
        let slice = await read([folder])
        let offset = records[..<4].reduce(0) { $0 + $1.count }
        let packedOffset = members[..<4].reduce(0) { $0 + $1.count }
        let found = try outline(slice)
        #expect(
            found == [
                "fetched_page https://tide.example/1", "fetched_page https://tide.example/2",
                "body_undecodable /a.warc#offset=\(offset)",
                "fetched_page https://tide.example/4", "fetched_page https://tide.example/1",
                "body_undecodable /b.warc.gz#offset=\(damagedAt)",
                "body_undecodable /b.warc.gz#offset=\(packedOffset)",
                "fetched_page https://tide.example/4",
            ]
        )
        let first = try FetchedPage(json: slice.messages[0].data)
        #expect(first.bodyBytes == page.utf8.count)
        #expect(first.status == 200)
        #expect(first.origin == "warc")
        #expect(first.fetchedAt.rfc3339 == "2026-03-04T05:40:00.000Z")
        let attachment = try #require(slice.messages[0].attachments.first)
        #expect(try PageRecord(attachment: attachment, limitBytes: 1000).body == Array(page.utf8))
    }

    @Test func `paths become addresses`() {
        let pairs = [
            ("/a/b.html", "file:///a/b.html"), ("/w//b.html", "file:///w/b.html"),
            ("/w/./x/../b%20c?.html", "file:///w/b%2520c%3F.html"),
            ("/../../caf\u{E9}#1.txt", "file:///caf%C3%A9%231.txt"),
        ]
        for (path, url) in pairs {
            #expect(FileAddress.url(ofPath: path) == url)
        }
        let relative = FileAddress.url(ofPath: "x/../b.html", workingDirectory: "/w")
        #expect(relative == "file:///w/b.html")
    }
}
