import Curl
import Testing
import WebArchive
import WirecopyMessages

@testable import WirecopyFetch

@Suite struct FetchStageTests {
    private let url = "https://tide.example/ferry"
    private let body = Array("<p>The ferry left at ten.</p>".utf8)

    private func answer(
        _ status: Int = 200,
        _ headers: [HTTPHeader] = [HTTPHeader("content-type", "text/html; charset=koi8-r")]
    ) -> HTTPResponse {
        HTTPResponse(status: status, headers: headers, body: body)
    }

    private func failure(of answer: HTTPResponse) async -> StageFailure? {
        await #expect(throws: StageFailure.self) {
            try await fetched(url, transport: TableTransport(answers: [url: answer]))
        }
    }

    @Test func `a page goes on with its record`() async throws {
        let headers = [
            HTTPHeader("Content-Type", "text/html; charset=koi8-r"),
            HTTPHeader("Content-Encoding", "br"),
        ]
        let output = try await fetched(
            url,
            transport: TableTransport(answers: [url: answer(200, headers)])
        )
        let page = try #require(output.payload as? FetchedPage)
        #expect(page.url == url)
        #expect(page.finalURL == url)
        #expect(page.origin == "http")
        #expect(page.status == 200)
        #expect(page.contentType == "text/html; charset=koi8-r")
        #expect(page.fetchedAt == testNow)
        #expect(page.bodyBytes == body.count)
        #expect(page.bodyDigest.hasPrefix("sha256:"))
        let attachment = try #require(output.attachments.first)
        let record = try PageRecord(attachment: attachment, limitBytes: MessageLimits.bodyBytes)
        #expect(record.body == body)
        #expect(record.url == url)
        #expect(record.httpHead?.fields["X-Crawl-Content-Encoding"] == "br")
    }

    @Test func `the address after redirects is the page's final address`() async throws {
        let moved = HTTPResponse(status: 301, redirectURL: "https://www.tide.example/ferry#top")
        let output = try await fetched(
            url,
            transport: TableTransport(answers: [
                url: moved, "https://www.tide.example/ferry": answer(),
            ])
        )
        let page = try #require(output.payload as? FetchedPage)
        #expect(page.url == url)
        #expect(page.finalURL == "https://www.tide.example/ferry")
    }

    @Test func `redirects share one time limit`() async {
        let other = "https://tide.example/other"
        let slow = HTTPResponse(status: 302, redirectURL: other, elapsed: .seconds(46))
        let failure = await #expect(throws: StageFailure.self) {
            try await fetched(
                url,
                transport: TableTransport(answers: [url: slow, other: answer()])
            )
        }
        #expect(failure?.code == .responseTimedOut)
    }

    @Test func `a pause that a server asks for is bounded`() async {
        let day = await failure(of: answer(429, [HTTPHeader("Retry-After", "86400")]))
        #expect(day?.disposition == .retry(after: .seconds(3600)))
        let none = await failure(of: answer(503, [HTTPHeader("Retry-After", "0")]))
        #expect(none?.disposition == .retry(after: .seconds(1)))
        let past = "Sun, 06 Nov 1994 08:49:37 GMT"
        let early = await failure(of: answer(503, [HTTPHeader("Retry-After", past)]))
        #expect(early?.disposition == .retry(after: .seconds(1)))
        let digits = String(repeating: "9", count: 40)
        let endless = await failure(of: answer(503, [HTTPHeader("Retry-After", digits)]))
        #expect(endless?.disposition == .retry(after: .seconds(3600)))
    }

    @Test func `only types that hold text go on`() async throws {
        for type in ["text/html", "APPLICATION/XHTML+XML; a=b", "text/plain", "nonsense", ""] {
            let transport = TableTransport(answers: [
                url: answer(200, [HTTPHeader("Content-Type", type)])
            ])
            #expect(try await fetched(url, transport: transport).payload is FetchedPage)
        }
        for type in ["image/png", "application/pdf", "application/json", "text/css"] {
            let transport = TableTransport(answers: [
                url: answer(200, [HTTPHeader("Content-Type", type)])
            ])
            let outcome = try await fetched(url, transport: transport).payload as? Outcome
            #expect(outcome?.reason == .contentTypeUnsupported)
        }
    }

    @Test(arguments: ["ftp://tide.example/", "tide.example", "https://", "https://a:b@c.example/"])
    func `an address that is none is buried`(text: String) async {
        let failure = await #expect(throws: StageFailure.self) {
            try await fetched(text, transport: TableTransport(answers: [:]))
        }
        #expect(failure?.code == .urlInvalid)
        #expect(failure?.disposition == .bury)
    }

    @Test func `every transport failure has an error code and a disposition`() {
        let final: Set<TransportFailure.Code> = [
            .urlInvalid, .addressRefused, .headersTooLarge, .bodyTooLarge, .tooManyRedirects,
        ]
        for code in TransportFailure.Code.allCases {
            let failure = FetchFailure.transport(TransportFailure(code, "It failed.")).stageFailure
            #expect((failure.disposition == .bury) == final.contains(code))
            #expect(failure.message == "It failed.")
        }
    }

    @Test func `dates of HTTP are read in all three forms`() {
        let expected = 784_111_777
        #expect(HTTPDate.secondsSince1970("Sun, 06 Nov 1994 08:49:37 GMT") == expected)
        #expect(HTTPDate.secondsSince1970("Sunday, 06-Nov-94 08:49:37 GMT") == expected)
        #expect(HTTPDate.secondsSince1970("Sun Nov  6 08:49:37 1994") == expected)
        #expect(HTTPDate.secondsSince1970("Thu, 29 Feb 2024 00:00:00 GMT") == 1_709_164_800)
        for text in ["", "soon", "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:00:00 GMT"] {
            #expect(HTTPDate.secondsSince1970(text) == nil)
        }
    }

    @Test func `what headers and robots_txt ask of users goes with the page`() async throws {
        let rules = """
            User-agent: *
            Content-Signal: search=yes, ai-train=no
            Disallow: /private
            """
        let headers = [
            HTTPHeader("Content-Type", "text/html"), HTTPHeader("X-Robots-Tag", "noai, noarchive"),
            HTTPHeader("X-Robots-Tag", "otherbot: noindex"), HTTPHeader("TDM-Reservation", "1"),
        ]
        let robots = HTTPResponse(status: 200, body: Array(rules.utf8))
        let table = ["https://tide.example/robots.txt": robots, url: answer(200, headers)]
        let output = try await fetched(url, transport: TableTransport(answers: table))
        let page = try #require(output.payload as? FetchedPage)
        #expect(
            page.usage == [
                UsageNote("mining_reserved", place: "mining_header"),
                UsageNote("no_ai", place: "robots_header"),
                UsageNote("no_ai_training", place: "robots_file"),
                UsageNote("no_archive", place: "robots_header"),
            ]
        )
    }

    @Test func `the request and how the page was found lie beside its record`() async throws {
        let output = try await fetched(url, transport: TableTransport(answers: [url: answer()]))
        #expect(output.attachments.count == 2)
        var pieces = output.attachments[...]
        var reader = WARCReader { (_: Int) throws(WebArchiveFailure) in pieces.popFirst() ?? [] }
        var records: [WARCRecord] = []
        while let entry = try reader.next() { records.append(try entry.content.get()) }
        // Behind them lies what the site said besides: that it has no robots.txt.
        records = Array(records.prefix(3))
        #expect(records.map(\.type) == ["response", "request", "metadata"])
        let id = try #require(records[0].fields["WARC-Record-ID"])
        #expect(records.dropFirst().allSatisfy { $0.fields["WARC-Concurrent-To"] == id })
        #expect(Set(records.map(\.recordID)).count == 3)
        let request = String(decoding: records[1].block, as: UTF8.self)
        #expect(
            request.hasPrefix("GET /ferry HTTP/1.1\r\nHost: tide.example\r\nUser-Agent: wirecopy")
        )
        let metadata = String(decoding: records[2].block, as: UTF8.self)
        #expect(metadata.contains("origin: http\r\n"))
        #expect(metadata.contains("fetchTimeMs: 0\r\n"))
    }

    @Test func `a page keeps which source named it, and no list or person`() {
        let feed = "https://tide.example/feed.xml"
        #expect(FetchRequest(url: url, origin: feed).source == feed)
        #expect(FetchRequest(url: url, origin: "url").source == nil)
        #expect(FetchRequest(url: url, origin: "http.urls").source == nil)
    }
}
