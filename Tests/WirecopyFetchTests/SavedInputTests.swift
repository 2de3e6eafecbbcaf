import Foundation
import Testing
import WebArchive
import WirecopyMessages

@testable import WirecopyFetch

/// What other programs saved: browsers' pages, crawlers' JSON.
@Suite final class SavedInputTests {
    private let folder =
        FileManager.default.temporaryDirectory.path + "/wirecopy-saved-\(UUID().uuidString)"
    private let page = "<!DOCTYPE html><html><body><p>The ferry left at ten.</p></body></html>"

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    @discardableResult
    private func write(_ name: String, _ text: String) throws -> String {
        let path = folder + "/" + name
        try FileManager.default.createDirectory(
            at: URL(filePath: path).deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    private func read(_ inputs: [String], kind: InputKind? = nil) async -> InputSlice {
        let settings = InputSettings(source: "/test", workingDirectory: folder, kind: kind)
        let reader = InputReader(inputs, settings: settings, mint: testMint())
        var whole = InputSlice()
        while let slice = await reader.next() {
            whole.messages += slice.messages
            whole.places += slice.places
            whole.skipped += slice.skipped
        }
        return whole
    }

    private func pages(_ slice: InputSlice) throws -> [FetchedPage] {
        try slice.messages.filter { $0.envelope.kind == .fetchedPage }
            .map { try FetchedPage(json: $0.data) }
    }

    private func body(_ message: Message) throws -> String {
        let record = try PageRecord(attachment: message.attachments[0], limitBytes: 100_000)
        return String(decoding: record.body, as: UTF8.self)
    }

    private let mail = """
        From: <Saved by a browser>
        Snapshot-Content-Location: https://tide.example/ferry
        MIME-Version: 1.0
        Content-Type: multipart/related; type="text/html"; boundary="b"


        --b
        Content-Type: text/html; charset=windows-1252
        Content-Transfer-Encoding: quoted-printable
        Content-Location: https://tide.example/ferry

        <!DOCTYPE html><p>The caf=E9 opened.</p>
        --b--

        """

    @Test(arguments: ["ferry.mhtml", "ferry.MHT", "ferry", "ferry.txt"])
    func `a page saved as a single file is taken with its address`(name: String) async throws {
        let slice = await read([try write(name, mail)])
        let page = try #require(try pages(slice).first)
        #expect(page.url == "https://tide.example/ferry")
        #expect(page.contentType == "text/html; charset=windows-1252")
        let record = try PageRecord(attachment: slice.messages[0].attachments[0], limitBytes: 1000)
        #expect(record.body.contains(0xE9))
        #expect(slice.places.map(\.kind) == [.mhtml])
    }

    @Test func `a mail without a page is rejected with a reason`() async throws {
        let path = try write("a.mhtml", mail.replacing("text/html", with: "text/css"))
        let slice = await read([path])
        let outcome = try Outcome(json: try #require(slice.messages.first).data)
        #expect(outcome.reason == .dataInvalid)
        #expect(outcome.message?.contains("No part of the file is HTML") == true)
    }

    @Test func `the folder with a saved page's pictures is passed over`() async throws {
        try write("ferry.html", page)
        try write("ferry_files/ad.html", page)
        try write("harbour.htm", page)
        try write("harbour-Dateien/frame.html", page)
        try write("photos_files/1.html", page)
        let slice = await read([folder])
        let found = slice.messages.map {
            $0.envelope.subject.replacing("file://" + folder, with: "")
        }
        #expect(found == ["/ferry.html", "/harbour.htm", "/photos_files/1.html"])
        #expect(
            slice.skipped.map(\.reason) == [
                "It holds the pictures and scripts of ferry.html.",
                "It holds the pictures and scripts of harbour.htm.",
            ]
        )
    }

    @Test(
        arguments: [
            (
                "<!-- saved from url=(0029)https://tide.example/f?a=1 -->",
                "https://tide.example/f?a=1"
            ),
            (
                "<!--\n Page saved with SingleFile \n url: https://tide.example/f \n x\n-->",
                "https://tide.example/f"
            ),
            ("<!-- saved from url=(0014)about:internet -->", nil),
            ("<!-- url: https://tide.example/f -->", nil),
        ]
    )
    func `the address that a browser wrote into a saved page is its address`(
        mark: String,
        url: String?
    ) async throws {
        let path = try write("a.html", "<!DOCTYPE html>\n\(mark)\n<p>The ferry left.</p>")
        let slice = await read([path])
        #expect(try pages(slice).map(\.url) == [url ?? "file://" + path])
    }

    @Test func `news-please's pages come with text, hints and time`() async throws {
        let line = """
            {"authors":["Ada Quist"],
            "date_download":"2026-03-01 08:00:00","date_modify":"None",
            "date_publish":"2026-02-28 21:15:00","description":"x","filename":"a.html",
            "maintext":"The ferry left at ten.","source_domain":"tide.example","text":null,
            "title":"Ferry leaves","title_page":null,"url":"https://tide.example/1"}
            """
        for (name, text) in [
            ("a.json", line), ("b.jsonl", line.replacing("\n", with: " ")), ("c.json", "[\(line)]"),
        ] {
            let slice = await read([try write(name, text)])
            let page = try #require(try pages(slice).first, "\(name)")
            #expect(page.url == "https://tide.example/1")
            #expect(page.contentType == "text/plain; charset=utf-8")
            #expect(page.fetchedAt.rfc3339 == "2026-03-01T08:00:00.000Z")
            #expect(page.hints?.title == "Ferry leaves")
            #expect(page.hints?.authors == ["Ada Quist"])
            #expect(page.hints?.published == "2026-02-28 21:15:00")
            #expect(try body(slice.messages[0]) == "The ferry left at ten.")
        }
    }

    @Test func `fundus's pages come with their page, or else their body`() async throws {
        let pages = """
            [
              {"title": "Ferry leaves", "authors": ["Ada Quist", "Jon Berg"],
               "publishing_date": "2026-02-28 21:15:00+01:00", "topics": ["sea"],
               "html": {"requested_url": "https://tide.example/r",
                        "crawl_date": "2026-03-01 09:00:00+01:00",
                        "responded_url": "https://tide.example/2",
                        "content": "<p>The ferry left.</p>"},
               "body": {"summary": ["It left."], "sections": []}},
              {"title": "None", "url": "https://tide.example/3",
               "body": {"summary": ["It is back."], "sections": [{"headline": ["Why"],
                        "paragraphs": ["The sea was \\"calm\\".", "{It} was late."]}]}}
            ]
            """
        let slice = await read([try write("fundus.json", pages)])
        let found = try self.pages(slice)
        #expect(found.map(\.url) == ["https://tide.example/2", "https://tide.example/3"])
        #expect(found[0].contentType == "text/html; charset=utf-8")
        #expect(found[0].fetchedAt.rfc3339 == "2026-03-01T08:00:00.000Z")
        #expect(found[0].hints?.published == "2026-02-28 21:15:00+01:00")
        #expect(found[1].hints == nil)
        #expect(
            try body(slice.messages[1])
                == "It is back.\n\nWhy\n\nThe sea was \"calm\".\n\n{It} was late."
        )
    }

    @Test func `scrapy's fields are known by their usual names`() async throws {
        let lines = [
            #"{"link":"https://tide.example/4","body":"<!doctype html><p>It left.</p>"}"#,
            #"{"url":["https://tide.example/5"],"content":"It left.","author":[{"name":"Ada"}]}"#,
            #"{"url":"https://tide.example/6","title":"no text"}"#,
            #"{"price":1}"#,
        ]
        let slice = await read([try write("items.jl", lines.joined(separator: "\n"))])
        let found = try pages(slice)
        #expect(
            found.map(\.contentType) == ["text/html; charset=utf-8", "text/plain; charset=utf-8"]
        )
        #expect(found[1].hints?.authors == ["Ada"])
        #expect(
            slice.messages.map(\.envelope.kind) == [
                .fetchedPage, .fetchedPage, .fetchRequest, .outcome,
            ]
        )
    }

    @Test func `an object that is cut off or too long costs only itself`() async throws {
        let good = #"{"url":"https://tide.example/7","text":"The ferry left."}"#
        let slice = await read([
            try write("a.json", "[\(good),\n{\"url\": 7, \"text\": ] } , \(good) {\"te")
        ])
        #expect(
            slice.messages.map(\.envelope.kind) == [.fetchedPage, .outcome, .fetchedPage, .outcome]
        )
        #expect(slice.messages[3].envelope.subject.hasSuffix("a.json#object=4"))
        var settings = InputSettings(source: "/test", workingDirectory: folder)
        settings.lineLimitBytes = 100
        let long =
            #"{"url":"https://tide.example/8","text":"\#(String(repeating: "x", count: 99))"}"#
        let path = try write("b.json", "[\(long),\(good)]")
        let reader = InputReader([path], settings: settings, mint: testMint())
        let kinds = await reader.next()?.messages.map(\.envelope.kind)
        #expect(kinds == [.outcome, .fetchedPage])
    }

    @Test func `settings of programs in a folder are no pages`() async throws {
        try write("package.json", #"{"name":"ferry","url":"https://tide.example/"}"#)
        try write("pages.json", #"[{"url":"https://tide.example/1","text":"The ferry left."}]"#)
        let slice = await read([folder])
        #expect(slice.messages.count == 1)
        #expect(slice.skipped.map { $0.path.hasSuffix("package.json") } == [true])
    }

    @Test func `an archive packed with zstd is declined with what to do`() async throws {
        let path = folder + "/a.warc.zst"
        try Data([0x28, 0xB5, 0x2F, 0xFD, 0, 0, 0, 0]).write(to: URL(filePath: path))
        let slice = await read([path])
        let outcome = try Outcome(json: try #require(slice.messages.first).data)
        #expect(outcome.message?.contains("zstdcat") == true)
    }

    @Test func `folders deeper than the bound are passed over with a reason`() async throws {
        let path = (1...120).reduce("") { path, _ in path + "/d" }
        try write("\(path)/a.html", page)
        let slice = await read([folder])
        #expect(slice.messages.isEmpty)
        #expect(slice.skipped.first?.reason.contains("100 folders deep") == true)
    }
}
