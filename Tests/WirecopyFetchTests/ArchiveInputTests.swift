import ConformanceFolder
import Foundation
import Gzip
import Testing
import WebArchive
import WirecopyMessages

@testable import WirecopyFetch

/// Web archives as inputs: what is taken, what is passed over, what is damaged.
@Suite final class ArchiveInputTests {
    private let folder =
        FileManager.default.temporaryDirectory.path + "/wirecopy-archives-\(UUID().uuidString)"
    private let page = "<!DOCTYPE html><p>The ferry left at ten.</p>"

    init() throws {
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        let path = folder + "/" + name
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }

    /// One record with the fields and the block that a test gives.
    private func record(_ type: String, _ fields: String, _ block: String) -> [UInt8] {
        let lines = [
            "WARC/1.0", "WARC-Type: \(type)", "WARC-Date: 2026-03-04T05:40:00Z", fields,
            "Content-Length: \(block.utf8.count)",
        ]
        let head = lines.filter { !$0.isEmpty }.joined(separator: "\n")
            .replacing("\n", with: "\r\n")
        return Array("\(head)\r\n\r\n\(block)\r\n\r\n".utf8)
    }

    private var original: [UInt8] {
        record(
            "response",
            """
            WARC-Target-URI: https://tide.example/1
            WARC-Record-ID: <urn:uuid:1>
            WARC-Payload-Digest: sha1:TIDE
            Content-Type: application/http
            """,
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: one\r\n\r\n\(page)"
        )
    }

    private func revisit(_ number: Int, _ reference: String) -> [UInt8] {
        record(
            "revisit",
            "WARC-Target-URI: https://tide.example/\(number)\n\(reference)",
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: two\r\n\r\n"
        )
    }

    private func read(
        _ path: String,
        onlyArchives: Bool = true
    ) async throws -> (slice: InputSlice, tally: ArchiveTally) {
        var settings = InputSettings(source: "/wirecopy/test", workingDirectory: folder)
        settings.takesOnlyArchives = onlyArchives
        let reader = InputReader([path], settings: settings, mint: testMint())
        var whole = InputSlice()
        while let slice = await reader.next() {
            whole.messages += slice.messages
            whole.skipped += slice.skipped
        }
        return (whole, reader.archiveTally)
    }

    @Test(arguments: ["plain", "members", "one member"])
    func `a revisit is taken with the content of its original`(form: String) async throws {
        let parts = [
            original, revisit(2, "WARC-Refers-To: <urn:uuid:1>"),
            revisit(3, "WARC-Payload-Digest: sha1:TIDE"),
            revisit(4, "WARC-Refers-To: <urn:uuid:9>"),
        ]
        let bytes =
            switch form {
            case "plain": parts.flatMap { $0 }
            case "members": parts.flatMap { Gzip.compress($0) }
            default: Gzip.compress(parts.flatMap { $0 })
            }
        let (slice, tally) = try await read(try write("a.warc", bytes))
        #expect(
            slice.messages.map(\.envelope.subject) == [
                "https://tide.example/1", "https://tide.example/2", "https://tide.example/3",
            ]
        )
        for message in slice.messages {
            let attachment = try #require(message.attachments.first)
            let page = try PageRecord(attachment: attachment, limitBytes: 1000)
            #expect(page.body == Array(self.page.utf8))
        }
        let second = try PageRecord(attachment: slice.messages[1].attachments[0], limitBytes: 1000)
        #expect(second.httpHead?.fields["ETag"] == "two")
        #expect(tally.revisits == 2)
        #expect(tally.pages == 3)
        #expect(tally.passedOver == ["revisit without its original": 1])
    }

    @Test func `rules for robots and parts of pages are no pages`() async throws {
        func response(_ target: String, _ fields: String = "") -> [UInt8] {
            record(
                "response",
                ["WARC-Target-URI: https://tide.example\(target)", fields].filter { !$0.isEmpty }
                    .joined(separator: "\n"),
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUser-agent: *\r\n"
            )
        }
        let records = [
            response("/robots.txt"), response("/ai.txt"),
            response("/part", "WARC-Segment-Number: 1"),
            record("continuation", "WARC-Segment-Number: 2", "rest"), response("/about/robots.txt"),
        ]
        let (slice, tally) = try await read(try write("a.warc", records.flatMap { $0 }))
        #expect(
            slice.messages.map(\.envelope.subject) == ["https://tide.example/about/robots.txt"]
        )
        #expect(
            tally.passedOver == [
                "rules for robots": 2, "part of a segmented record": 1, "continuation": 1,
            ]
        )
    }

    @Test(arguments: ["br", "gzip, br", "deflate", "zstd"])
    func `content whose coding was taken off is read as it is`(coding: String) async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: \(coding)"
        let bytes = record(
            "response",
            "WARC-Target-URI: https://tide.example/1",
            "\(head)\r\n\r\n\(page)"
        )
        let (slice, _) = try await read(try write("a.warc", bytes))
        let attachment = try #require(slice.messages.first?.attachments.first)
        #expect(
            try PageRecord(attachment: attachment, limitBytes: 1000).body == Array(page.utf8)
        )
    }

    @Test func `what is no page is counted by what it is`() async throws {
        func response(_ head: String) -> [UInt8] {
            record("response", "WARC-Target-URI: https://tide.example/x", "\(head)\r\n\r\nx")
        }
        let parts = [
            original, record("request", "", "GET / HTTP/1.1\r\n\r\n"),
            record("warcinfo", "", "software: tide"), record("nonsense", "", "x"),
            response("HTTP/1.1 301 Moved"), response("HTTP/1.1 404 Not Found"),
            response("HTTP/1.1 200 OK\r\nContent-Type: image/png"), response("no HTTP"),
        ]
        let (slice, tally) = try await read(try write("a.warc", parts.flatMap { $0 }))
        #expect(slice.messages.count == 1)
        #expect(tally.records == parts.count)
        #expect(
            tally.passedOver == [
                "request": 1, "warcinfo": 1, "other record": 1, "redirect": 1,
                "HTTP status of no page": 1, "media type of no page": 1,
                "response without HTTP": 1,
            ]
        )
    }

    @Test func `a damaged record is rejected and counted, and the rest is taken`() async throws {
        let noLength = Array("WARC/1.0\r\nWARC-Type: response\r\n\r\n".utf8)
        let (slice, tally) = try await read(try write("a.warc", original + noLength + original))
        #expect(slice.messages.map(\.envelope.kind) == [.fetchedPage, .outcome, .fetchedPage])
        #expect(tally.damaged == 1)
        #expect(tally.pages == 2)
    }

    @Test func `a wrong block digest is counted and the page taken`() async throws {
        let wrong = record(
            "resource",
            """
            WARC-Target-URI: https://tide.example/1
            WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
            Content-Type: text/html
            """,
            page
        )
        let (slice, tally) = try await read(try write("a.warc", wrong))
        #expect(slice.messages.map(\.envelope.kind) == [.fetchedPage])
        #expect(tally.digestsWrong == 1)
    }

    @Test(arguments: ["a.arc", "a.arc.gz", "named-otherwise"])
    func `an archive in the format before WARC is read`(name: String) async throws {
        let block = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n\(page)"
        let line = "https://tide.example/1 192.0.2.7 20260304054000 text/html \(block.utf8.count)"
        let text =
            "filedesc://a.arc 127.0.0.1 20260304054000 text/plain 4\n1 0\n\n\(line)\n\(block)\n"
        let bytes = Array(text.utf8)
        let path = try write(name, name.hasSuffix(".gz") ? Gzip.compress(bytes) : bytes)
        let (slice, tally) = try await read(path)
        #expect(slice.messages.map(\.envelope.subject) == ["https://tide.example/1"])
        let fetched = try FetchedPage(json: try #require(slice.messages.first).data)
        #expect(fetched.fetchedAt.rfc3339 == "2026-03-04T05:40:00.000Z")
        #expect(tally.pages == 1)
    }

    @Test func `where only archives are taken, other files are skipped`() async throws {
        let path = try write("a.html", Array(page.utf8))
        let (slice, _) = try await read(path)
        #expect(slice.messages.isEmpty)
        #expect(slice.skipped.map(\.reason) == ["It is no web archive."])
        #expect(try await read(path, onlyArchives: false).slice.messages.count == 1)
    }

    // MARK: Archives of other tools

    private static let shared = ConformanceFolder.path("warc").path

    /// Pages, damages and records of each file of the suite of webrecorder/warcio.
    @Test(
        .enabled(
            if: FileManager.default.fileExists(atPath: shared),
            "No archives; set WIRECOPY_SHARED to the folder with conformance/warc."
        ),
        arguments: [
            ("bad.arc", 0, 3, 1), ("example-bad-non-chunked.warc.gz", 2, 0, 6),
            ("example-bad.warc.gz.bad", 2, 0, 6), ("example-digest.warc", 0, 0, 4),
            ("example-iana.org-chunked.warc", 1, 0, 3), ("example-resource.warc.gz", 1, 0, 3),
            ("example-space-in-target-uri.warc.gz", 0, 0, 2), ("example-space-in-url.arc", 0, 1, 1),
            ("example-trunc.warc", 0, 1, 3), ("example-wget-bad-target-uri.warc.gz", 3, 0, 6),
            ("example-wrong-chunks.warc.gz", 1, 0, 2), ("example.arc", 1, 0, 2),
            ("example.arc.gz", 1, 0, 2), ("example.warc", 2, 0, 6), ("example.warc.gz", 2, 0, 6),
            ("post-test.warc.gz", 0, 0, 6),
        ]
    )
    func `archives of other tools are read, good and damaged`(
        name: String,
        pages: Int,
        damaged: Int,
        records: Int
    ) async throws {
        let (slice, tally) = try await read("\(Self.shared)/\(name)")
        #expect(tally.pages == pages)
        #expect(tally.damaged == damaged)
        #expect(tally.records == records)
        #expect(slice.messages.count == pages + damaged)
    }
}
