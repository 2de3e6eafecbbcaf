import Foundation
import Testing

@testable import WebArchive

@Suite struct PageCompanionsTests {
    private func identity(_ number: Int) -> WARCRecord.Identity {
        WARCRecord.Identity(
            uuid: "01890a5d-ac96-774b-bcce-b3020998a05\(number)",
            date: "2026-03-04T05:40:00Z"
        )
    }

    private func records(_ bytes: [UInt8]) throws -> [WARCRecord] {
        var pieces = [bytes][...]
        var reader = WARCReader { (_: Int) throws(WebArchiveFailure) in pieces.popFirst() ?? [] }
        var records: [WARCRecord] = []
        while let entry = try reader.next() { records.append(try entry.content.get()) }
        return records
    }

    @Test func `request and discovery are records of their own that point at the page`() throws {
        let companions = PageCompanions(
            request: .init(
                target: "/ferry?a=1 2\r\nX: y",
                fields: [HeaderField("Host", "tide.example"), HeaderField("Accept", "text/html")]
            ),
            discovery: [HeaderField("via", "https://tide.example/feed"), HeaderField("origin", "")]
        )
        let attachment = try #require(
            companions.attachment(
                beside: identity(1),
                url: "https://tide.example/ferry",
                as: (identity(2), identity(3))
            )
        )
        let found = try records(attachment)
        #expect(found.map(\.type) == ["request", "metadata"])
        for record in found {
            let link = record.fields["WARC-Concurrent-To"]
            #expect(link == "<urn:uuid:\(identity(1).uuid)>")
            #expect(record.targetURI == "https://tide.example/ferry")
            #expect(record.isBlockDigestRight == true)
        }
        #expect(found[0].contentType == "application/http; msgtype=request")
        let request = String(decoding: found[0].block, as: UTF8.self)
        let lines = request.components(separatedBy: "\r\n")
        #expect(lines[0] == "GET /ferry?a=1%202%20X:%20y HTTP/1.1")
        #expect(lines[1...] == ["Host: tide.example", "Accept: text/html", "", ""])
        #expect(
            String(decoding: found[1].block, as: UTF8.self) == "via: https://tide.example/feed\r\n"
        )
    }

    @Test func `nothing to tell is no attachment`() {
        let none = PageCompanions(request: nil, discovery: [HeaderField("via", "")])
        let attachment = none.attachment(
            beside: identity(1),
            url: "https://tide.example/",
            as: (identity(2), identity(3))
        )
        #expect(attachment == nil)
    }

    private func response(_ number: Int, _ body: String) -> WARCRecord {
        .response(
            identity(number),
            targetURI: "https://tide.example/\(number)",
            head: HTTPHead(status: 200, fields: [HeaderField("ETag", "v\(number)")]),
            body: Array(body.utf8)
        )
    }

    @Test func `a revisit refers to the record with the same content, and is read with it`() throws
    {
        let (first, second) = (response(1, "The ferry left."), response(2, "The ferry left."))
        let reference = try #require(RecordReference(first))
        let revisit = try #require(second.revisit(of: reference))
        let read = try WARCRecord(bytes: revisit.bytes)
        #expect(read.type == "revisit")
        #expect(read.recordID == second.recordID)
        #expect(read.fields["WARC-Refers-To-Target-URI"] == "https://tide.example/1")
        #expect(read.isBlockDigestRight == true)
        #expect(read.block == Array("HTTP/1.1 200\r\nETag: v2\r\n\r\n".utf8))
        let page = try PageRecord(revisit: read, of: first, limitBytes: 1000)
        #expect(page?.url == "https://tide.example/2")
        #expect(page?.body == Array("The ferry left.".utf8))
        #expect(page?.httpHead?.fields["ETag"] == "v2")
    }

    @Test func `a revisit after 304 is read with head and content of the original`() throws {
        let first = response(1, "The ferry left.")
        let unmodified = WARCRecord.response(
            identity(2),
            targetURI: "https://tide.example/1",
            head: HTTPHead(status: 304, fields: [HeaderField("Date", "later")]),
            body: []
        )
        let reference = try #require(RecordReference(first))
        let revisit = try #require(unmodified.revisit(of: reference, .notModified))
        let page = try PageRecord(revisit: revisit, of: first, limitBytes: 1000)
        #expect(page?.httpHead?.status == 200)
        #expect(page?.body == Array("The ferry left.".utf8))
    }

    @Test func `another content, or what is no response, gives no revisit`() throws {
        let first = try #require(RecordReference(response(1, "The ferry left.")))
        #expect(response(2, "The ferry is back.").revisit(of: first) == nil)
        let saved = WARCRecord.resource(
            identity(3),
            targetURI: "file:///a",
            contentType: "text/html",
            body: Array("The ferry left.".utf8)
        )
        #expect(saved.revisit(of: first) == nil)
        #expect(RecordReference(saved) == nil)
    }
}
