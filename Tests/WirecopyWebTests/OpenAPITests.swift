import Foundation
import Synchronization
import Testing
import WirecopyMessages

@testable import WirecopyWeb

struct OpenAPITests {
    private typealias Object = [String: Any]

    private static func document() throws -> Object {
        let bytes = try WebAssets.shipped().openAPI.bytes
        return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? Object)
    }

    @Test func `the document has every address of the API, and no other`() throws {
        let paths = try #require(try Self.document()["paths"] as? Object)
        var known: [APIRoute] = []
        for (path, operations) in paths {
            let example = path.replacing("{id}", with: "1").replacing("{position}", with: "1")
                .replacing("{number}", with: "1")
            guard case .api(let route) = WebRoute(example) else {
                Issue.record("\(path) leads nowhere.")
                continue
            }
            known.append(route)
            let methods = try #require(operations as? Object).keys.map { $0.uppercased() }
            #expect(Set(methods).isSubset(of: route.methods), "\(path) takes \(route.methods).")
            let told = Set(route.methods).subtracting(["HEAD"])
            #expect(told.isSubset(of: methods), "\(path) is told as \(methods).")
        }
        for row in RouteTable.rows {
            let values = RouteTable.Values(id: "1", number: 1)
            guard let route = row.api?(values) else { continue }
            #expect(known.contains(route), "\(row.words) is not told.")
        }
    }

    @Test func `answers have no key that the document does not describe`() async throws {
        let document = try Self.document()
        try await SiteFixture.with { fixture in
            let id = try await fixture.store(WebDraft())
            fixture.queue.script.withLock { script in
                script.status = .balanced()
                script.letters = [.example]
            }
            let name = try #require(
                await fixture.get("/articles/\(id)").text.firstMatch(of: /\/names\/(\d+)/)
            ).1
            for (path, schema) in [
                ("status", "Status"), ("ledger", "Ledger"), ("articles", "ArticleList"),
                ("articles/\(id)", "Article"), ("search?q=harbour", "SearchResult"),
                ("names?name=Ada", "Names"), ("names/\(name)", "Name"), ("quotes", "Quotes"),
                ("sources", "Sources"), ("dead-letters", "DeadLetters"),
                ("dead-letters/1", "DeadLetter"), ("trace?url=https://a.example/", "Trace"),
                ("stories", "StoryList"), ("stories/1", "Story"), ("stories/1/brief", "Brief"),
                ("stories/edits", "StoryEdits"), ("cites?name=news.example", "Cites"),
                ("cites?name=Rye+Gazette", "Cites"), ("nope", "Problem"),
            ] {
                let answer = await fixture.get("/api/v1/\(path)")
                let value = try JSONSerialization.jsonObject(with: Data(answer.text.utf8))
                let reference = ["$ref": "#/components/schemas/\(schema)"]
                for key in Self.undescribed(value, reference, document) {
                    Issue.record("\(path) has \(key), which \(schema) does not describe.")
                }
            }
        }
    }

    @Test func `signs without a word find nothing`() async throws {
        try await SiteFixture.with { fixture in
            let answer = await fixture.get("/api/v1/search?q=%F0%9F%8F%BB")
            #expect(answer.status == 200)
            #expect(answer.text.contains("\"hits\":[]"))
        }
    }

    @Test(arguments: [
        "{}", "[]", "{\"letters\":[]}", "{\"code\":\"\"}", "{\"stage\":null}", "{\"stage\":\"x\"}",
        "{\"other\":1}", "{\"letters\":[-1]}", "not json", "",
    ])
    func `an order that cannot be done is refused and changes nothing`(_ body: String) async throws
    {
        try await SiteFixture.with { fixture in
            let answer = await fixture.post(
                "/api/v1/dead-letters/retry",
                body,
                authorization: "Bearer \(SiteFixture.token)"
            )
            #expect([400, 422].contains(answer.status), "\(answer.text)")
            #expect(answer.header("content-type") == "application/problem+json")
            #expect(fixture.queue.script.withLock { $0.replayed.isEmpty })
        }
    }

    /// The keys of a value that a schema does not have, with their places.
    private static func undescribed(
        _ value: Any,
        _ schema: Object,
        _ document: Object,
        at place: String = ""
    ) -> [String] {
        var schema = schema
        if let name = (schema["$ref"] as? String)?.split(separator: "/").last {
            let components = document["components"] as? Object
            let schemas = components?["schemas"] as? Object
            schema = schemas?[String(name)] as? Object ?? [:]
        }
        if let values = value as? [Any] {
            let entry = schema["items"] as? Object ?? [:]
            return values.flatMap { undescribed($0, entry, document, at: place + "[]") }
        }
        guard let object = value as? Object else { return [] }
        if schema["additionalProperties"] != nil { return [] }
        let properties = schema["properties"] as? Object ?? [:]
        return object.flatMap { key, value -> [String] in
            guard let inner = properties[key] as? Object else { return ["\(place).\(key)"] }
            return undescribed(value, inner, document, at: "\(place).\(key)")
        }
    }
}

extension DeadLetterReport.Letter {
    /// A page that was gone.
    static var example: Self {
        var letter = Self(
            position: 1,
            root: "0190",
            subject: "https://tide.example/gone",
            stage: .fetch,
            atMs: 1_716_984_000_000,
            code: "http_gone"
        )
        letter.message = "The server says that the page is gone for good."
        letter.attempts = [
            TraceReport.Attempt(
                attempt: 1,
                atMs: 1_716_984_000_000,
                worker: "fetch/1",
                code: "http_gone",
                message: "The server says that the page is gone."
            )
        ]
        letter.input = "{\"url\":\"https://tide.example/gone\"}"
        return letter
    }
}
