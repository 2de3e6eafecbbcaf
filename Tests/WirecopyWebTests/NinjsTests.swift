import Foundation
import Testing

@testable import WirecopyWeb

/// The rules of ninjs 3.1 for the properties that the export writes, in words of our own.
///
/// The IPTC's schema (http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json, CC BY 4.0) is not kept
/// here; it allows no property beside those that it names, at no level.
private enum NinjsRules {
    indirect enum Rule: Sendable {
        case text
        case count
        case instant
        case address
        case word(Set<String>)
        case object(required: Set<String>, [String: Rule])
        case list(Rule)
    }

    private static func described(_ names: String..., required: Set<String> = []) -> Rule {
        .list(
            .object(
                required: required,
                [String: Rule](
                    uniqueKeysWithValues: names.map {
                        ($0, ["charCount", "wordCount"].contains($0) ? .count : .text)
                    }
                )
            )
        )
    }

    static let item = Rule.object(
        required: ["uri"],
        [
            "altIds": described("role", "value"),
            "bodies": described(
                "role",
                "contentType",
                "charCount",
                "wordCount",
                "value",
                required: ["value"]
            ),
            "by": .text, "contentCreated": .instant,
            "descriptions": described("role", "contentType", "value", required: ["value"]),
            "events": described("id", "name", "rel", "literal"), "firstCreated": .instant,
            "headlines": described("role", "contentType", "value", required: ["value"]),
            "infoSources": described("name", "role", "literal"), "language": .text,
            "organisations": described("name", "rel", "literal"),
            "people": described("name", "rel", "literal"),
            "places": described("name", "rel", "literal"),
            "pubStatus": .word(["usable", "withheld", "canceled"]),
            "representationType": .word(["full", "partial"]),
            "standard": .object(
                required: [],
                ["name": .text, "version": .text, "schema": .address]
            ),
            "subjects": described("name", "rel", "literal", "creator"), "title": .text,
            "type": .word([
                "text", "audio", "video", "picture", "graphic", "composite", "component", "event",
                "planning",
            ]),
            "uri": .address, "version": .text, "versionCreated": .instant,
        ]
    )

    /// What in a value breaks a rule, with its place.
    static func breaches(_ value: Any, _ rule: Rule, _ place: String = "item") -> [String] {
        switch rule {
        case .text: return value is String ? [] : ["\(place) is no text"]
        case .count:
            let isCount = (value as? NSNumber).map { $0.doubleValue == Double($0.intValue) }
            return isCount == true && !(value is String) ? [] : ["\(place) is no whole number"]
        case .word(let words):
            return (value as? String).map(words.contains) == true ? [] : ["\(place) is \(value)"]
        case .instant:
            // RFC 3339, as the format date-time has it.
            let shape = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/
            let isInstant = (value as? String)?.wholeMatch(of: shape) != nil
            return isInstant ? [] : ["\(place) is no date with a time"]
        case .address:
            let shape = /[a-zA-Z][a-zA-Z0-9+.-]*:[!-~]+/
            let isAddress = (value as? String)?.wholeMatch(of: shape) != nil
            return isAddress ? [] : ["\(place) is no URI"]
        case .list(let entry):
            guard let list = value as? [Any] else { return ["\(place) is no list"] }
            return list.flatMap { breaches($0, entry, place + "[]") }
        case .object(let required, let rules):
            guard let object = value as? [String: Any] else { return ["\(place) is no object"] }
            let missing = required.subtracting(object.keys).map { "\(place).\($0) is missing" }
            return missing
                + object.flatMap { key, value in
                    rules[key].map { breaches(value, $0, "\(place).\(key)") }
                        ?? ["\(place).\(key) is none of ninjs"]
                }
        }
    }
}

struct NinjsTests {
    private static func items(_ fixture: SiteFixture) async throws -> [[String: Any]] {
        let answer = await fixture.get("/api/v1/export?format=ninjs")
        guard case .pieces(let stream) = answer.body else { return [] }
        var bytes: [UInt8] = []
        while let piece = try await stream.next() { bytes += piece }
        return try bytes.split(separator: 0x0A).map { line in
            let item = try JSONSerialization.jsonObject(with: Data(line))
            return try #require(item as? [String: Any])
        }
    }

    @Test func `each item keeps to the rules of ninjs`() async throws {
        try await SiteFixture.with { fixture in
            try await fixture.store(WebDraft())
            var hostile = WebDraft()
            hostile.url = "https://news.example/a b?x=\"&y=\u{202E}"
            hostile.title = "<script>\"\\ \u{0}\u{1F600}"
            hostile.author = "\"\n\u{7}"
            try await fixture.store(hostile)
            var bare = WebDraft()
            bare.url = "file:///bare"
            (bare.title, bare.author) = ("", "")
            (bare.person, bare.quote) = ("nobody", "nothing")
            bare.paragraphs = ["Rain fell on Rye all day, and on the harbour, and on the boats."]
            try await fixture.store(bare)
            let items = try await Self.items(fixture)
            #expect(items.count == 3)
            for item in items {
                #expect(NinjsRules.breaches(item, NinjsRules.item) == [])
            }
        }
    }

    @Test func `what breaks a rule is seen`() {
        let breaks: [(String, Any)] = [
            ("urn", "x"), ("uri", "no address"), ("uri", 7), ("type", "story"),
            ("firstCreated", "2024-05-29"), ("headlines", [["role": "main"]]),
            ("bodies", [["value": "x", "charCount": 1.5]]), ("people", [["name": 1]]),
            ("people", ["Ada"]), ("standard", ["url": "x"]), ("subjects", "x"),
        ]
        for (key, value) in breaks {
            var item: [String: Any] = ["uri": "urn:wirecopy:1"]
            #expect(NinjsRules.breaches(item, NinjsRules.item) == [])
            item[key] = value
            #expect(NinjsRules.breaches(item, NinjsRules.item).count == 1, "\(key): \(value)")
        }
        #expect(NinjsRules.breaches([String: Any](), NinjsRules.item).count == 1)
    }
}
