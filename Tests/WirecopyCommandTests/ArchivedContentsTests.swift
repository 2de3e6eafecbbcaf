import Testing
import WebArchive

@testable import wirecopy

@Suite struct ArchivedContentsTests {
    private func response(_ number: Int, _ body: String) -> WARCRecord {
        .response(
            WARCRecord.Identity(uuid: "\(number)", date: "2026-03-04T05:40:00Z"),
            targetURI: "https://tide.example/\(number)",
            head: HTTPHead(status: 200, fields: []),
            body: Array(body.utf8)
        )
    }

    @Test func `a content is written once, and a short one each time`() {
        var contents = ArchivedContents()
        let long = String(repeating: "The ferry left. ", count: 50)
        #expect(contents.revisit(response(1, long)) == nil)
        let second = contents.revisit(response(2, long))
        #expect(second?.type == "revisit")
        #expect(second?.fields["WARC-Refers-To"] == "<urn:uuid:1>")
        #expect(contents.revisit(response(3, long + "It is back.")) == nil)
        for number in 4...5 { #expect(contents.revisit(response(number, "Short.")) == nil) }
    }
}
