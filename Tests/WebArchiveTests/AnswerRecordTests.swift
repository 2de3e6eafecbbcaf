import Testing

@testable import WebArchive

struct AnswerRecordTests {
    private static let url = "https://tide.example/feed.xml"

    private func identity(_ number: Int) -> WARCRecord.Identity {
        WARCRecord.Identity(
            uuid: "01890a5d-ac96-774b-bcce-b302099a80\(number)",
            date: "2026-03-0\(number % 10)T05:40:00Z"
        )
    }

    private func answer(_ status: Int, _ body: String, isCut: Bool = false) -> AnswerRecord {
        AnswerRecord(
            url: Self.url,
            request: PageCompanions.Request(
                target: "/feed.xml",
                fields: [HeaderField("Host", "tide.example")]
            ),
            head: HTTPHead(status: status, fields: [HeaderField("ETag", "v1")]),
            body: Array(body.utf8),
            isCut: isCut
        )
    }

    private func records(_ bytes: [UInt8]) throws -> [WARCRecord] {
        var pieces = [bytes][...]
        var reader = WARCReader { (_: Int) throws(WebArchiveFailure) in pieces.popFirst() ?? [] }
        var records: [WARCRecord] = []
        while let entry = try reader.next() { records.append(try entry.content.get()) }
        return records
    }

    @Test func `an answer and its request are two records, linked`() throws {
        let packed = answer(200, "<rss>").members(as: (identity(51), identity(52)))
        let records = try records(packed.bytes)
        #expect(records.map(\.type) == ["response", "request"])
        #expect(records[0].targetURI == Self.url)
        #expect(records[0].isBlockDigestRight == true)
        #expect(try records[0].httpParts().payload == Array("<rss>".utf8))
        let id = try #require(records[0].fields["WARC-Record-ID"])
        #expect(records[1].fields["WARC-Concurrent-To"] == id)
        #expect(packed.reference == RecordReference(records[0]))
    }

    @Test func `the same content again is a revisit of the first`() throws {
        let first = answer(200, "<rss>").members(as: (identity(51), identity(52)))
        let second = answer(200, "<rss>")
            .members(as: (identity(53), identity(54)), after: first.reference)
        let record = try #require(try records(second.bytes).first)
        #expect(record.type == "revisit")
        let profile = "http://netpreserve.org/warc/1.1/revisit/"
        #expect(record.fields["WARC-Profile"] == profile + "identical-payload-digest")
        #expect(record.fields["WARC-Refers-To-Date"] == "2026-03-01T05:40:00Z")
        // The third refers to the first, which has the content.
        #expect(second.reference == first.reference)
        let other = answer(200, "<rss/>")
            .members(as: (identity(55), identity(56)), after: first.reference)
        #expect(try records(other.bytes).first?.type == "response")
        #expect(other.reference?.recordID == "urn:uuid:\(identity(55).uuid)")
    }

    @Test func `an answer that nothing changed is a revisit without a digest of content`() throws {
        let first = answer(200, "<rss>").members(as: (identity(51), identity(52)))
        let second = answer(304, "")
            .members(as: (identity(53), identity(54)), after: first.reference)
        let record = try #require(try records(second.bytes).first)
        #expect(record.type == "revisit")
        #expect(record.fields["WARC-Profile"]?.hasSuffix("/server-not-modified") == true)
        #expect(record.fields["WARC-Payload-Digest"] == nil)
        #expect(record.fields["WARC-Refers-To"] == "<\(first.reference?.recordID ?? "")>")
        #expect(record.isBlockDigestRight == true)
        #expect(second.reference == first.reference)
    }

    @Test func `errors and redirects are kept, and nothing refers to them`() throws {
        for status in [301, 404, 304, 503] {
            let packed = answer(status, "Moved.").members(as: (identity(51), identity(52)))
            #expect(try records(packed.bytes).first?.type == "response")
            #expect(packed.reference == nil)
        }
    }

    @Test func `a body that was cut says so`() throws {
        let packed = answer(200, "<rss>", isCut: true).members(as: (identity(51), identity(52)))
        #expect(try records(packed.bytes).first?.fields["WARC-Truncated"] == "length")
    }
}
