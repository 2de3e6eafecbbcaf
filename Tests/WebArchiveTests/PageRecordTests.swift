import Gzip
import Testing
import WebArchive

@Suite struct PageRecordTests {
    private let identity = WARCRecord.Identity(
        uuid: "01890a5d-ac96-774b-bcce-b302099a8057",
        date: "2026-11-21T10:36:46.123Z"
    )
    private let body = Array("<p>The ferry left at ten.</p>\r\n\r\n".utf8)
    private let url = "https://tide.example/news/ferry?page=1"

    @Test func `a page from the network comes back as it was put in`() throws {
        let head = HTTPHead(
            status: 200,
            reason: "OK",
            fields: [HeaderField("Content-Type", "text/html; charset=latin1")]
        )
        let page = PageRecord(url: url, response: head, body: body)
        let same = try PageRecord(attachment: page.attachment(as: identity), limitBytes: 1000)
        #expect(same == page)
        #expect(same.contentType == "text/html; charset=latin1")
        #expect(same.httpHead?.status == 200)
        #expect(same.httpHead?.fields["content-length"] == String(body.count))
    }

    @Test func `codings that were taken off are kept under another name`() throws {
        let head = HTTPHead(
            status: 200,
            fields: [
                HeaderField("content-encoding", "br"), HeaderField("Transfer-Encoding", "chunked"),
                HeaderField("Content-Length", "17"),
            ]
        )
        let page = PageRecord(url: url, response: head, body: body)
        let fields = try #require(page.httpHead?.fields)
        #expect(fields["Content-Encoding"] == nil)
        #expect(fields["X-Crawl-Content-Encoding"] == "br")
        #expect(fields["X-Crawl-Transfer-Encoding"] == "chunked")
        #expect(fields["X-Crawl-Content-Length"] == "17")
        #expect(fields["Content-Length"] == String(body.count))
    }

    @Test func `a saved page is a resource without a head`() throws {
        let page = PageRecord(url: "file:///tmp/a.html", contentType: "text/html", body: body)
        let bytes = page.attachment(as: identity)
        let same = try PageRecord(attachment: bytes, limitBytes: body.count)
        #expect(same == page)
        #expect(same.httpHead == nil)
        #expect(bytes == page.attachment(as: identity))
    }

    @Test func `an empty body and an answer without fields are pages too`() throws {
        let page = PageRecord(url: url, response: HTTPHead(status: 204, fields: []), body: [])
        #expect(try PageRecord(attachment: page.attachment(as: identity), limitBytes: 0) == page)
    }

    @Test func `a body beyond the limit is refused`() throws {
        let page = PageRecord(url: url, contentType: "text/html", body: body)
        let attachment = page.attachment(as: identity)
        let failure = #expect(throws: WebArchiveFailure.self) {
            try PageRecord(attachment: attachment, limitBytes: body.count - 1)
        }
        #expect(failure?.code == .tooLarge)
        let bomb = PageRecord(
            url: url,
            contentType: "text/html",
            body: Array(repeating: 32, count: 4 << 20)
        )
        let bombFailure = #expect(throws: WebArchiveFailure.self) {
            try PageRecord(attachment: bomb.attachment(as: identity), limitBytes: 1000)
        }
        #expect(bombFailure?.code == .tooLarge)
    }

    @Test func `every cut and every changed byte gives a page or a named failure`() throws {
        let page = PageRecord(
            url: url,
            response: HTTPHead(status: 200, fields: [HeaderField("A", "b")]),
            body: body
        )
        let whole = page.attachment(as: identity)
        for count in whole.indices {
            #expect(throws: WebArchiveFailure.self) {
                try PageRecord(attachment: Array(whole[..<count]), limitBytes: 1000)
            }
            var changed = whole
            changed[count] ^= 0x55
            let read = Result { try PageRecord(attachment: changed, limitBytes: 1000) }
            if case .failure(let error) = read { #expect(error is WebArchiveFailure) }
        }
    }

    @Test func `every changed byte of an open record gives a page or a named failure`() throws {
        let page = PageRecord(
            url: url,
            response: HTTPHead(status: 200, fields: [HeaderField("A", "b")]),
            body: body
        )
        let limit = 10_000
        let whole = try Gzip.decompress(page.attachment(as: identity), limitBytes: limit)
        for index in whole.indices {
            for byte: UInt8 in [0, 0x0A, 0x2D, 0x39, 0xFF] {
                var changed = whole
                changed[index] = byte
                let attachment = Gzip.compress(changed, level: 1)
                let read = Result { try PageRecord(attachment: attachment, limitBytes: limit) }
                if case .failure(let error) = read { #expect(error is WebArchiveFailure) }
            }
        }
    }

    @Test func `line ends in an address cannot smuggle in fields`() throws {
        let page = PageRecord(
            url: "https://tide.example/\r\nContent-Length: 0\r\n\r\n",
            contentType: "text/html\nX: y",
            body: body
        )
        let same = try PageRecord(attachment: page.attachment(as: identity), limitBytes: 1000)
        #expect(same.body == body)
        #expect(same.contentType == "text/html X: y")
    }
}
