import Foundation
import Testing

@testable import WirecopyMessages

struct EnvelopeTests {
    @Test func `an identifier ascends in time and survives text and bytes`() throws {
        var generator = SeededGenerator(seed: 1)
        let early = MessageID(milliseconds: 1_763_721_406_123, using: &generator)
        let late = MessageID(milliseconds: 1_763_721_406_124, using: &generator)
        #expect(early < late)
        #expect(early.milliseconds == 1_763_721_406_123)
        #expect(MessageID(early.description) == early)
        #expect(MessageID(bytes: early.bytes) == early)
        let text = Array(early.description.utf8)
        #expect(text[14] == UInt8(ascii: "7"))
        #expect("89ab".utf8.contains(text[19]))
    }

    @Test(arguments: ["", "0193b4a0", "0193b4a0-1c00-7000-8000-00000000000g", "+"])
    func `text that is no UUID is no identifier`(_ text: String) {
        #expect(MessageID(text) == nil)
    }

    @Test func `instants are written as RFC 3339`() {
        #expect(Instant(milliseconds: 0).rfc3339 == "1970-01-01T00:00:00.000Z")
        #expect(Instant(milliseconds: -1).rfc3339 == "1969-12-31T23:59:59.999Z")
        #expect(Instant(milliseconds: 1_709_164_800_000).rfc3339 == "2024-02-29T00:00:00.000Z")
        #expect(Instant(milliseconds: 1_763_721_406_123).rfc3339 == "2025-11-21T10:36:46.123Z")
    }

    @Test func `a derived envelope keeps lineage, subject, lane and urgency`() {
        var generator = SeededGenerator(seed: 2)
        let root = Envelope(
            entering: .fetchRequest,
            id: MessageID(milliseconds: 1, using: &generator),
            subject: "https://news.example/a",
            lane: "news.example",
            source: "/wirecopy/add",
            madeAt: Instant(milliseconds: 1)
        )
        let id = MessageID(milliseconds: 2, using: &generator)
        let page = Envelope(
            of: .fetchedPage,
            id: id,
            madeFrom: root,
            source: "/fetch/a",
            madeAt: Instant(milliseconds: 2)
        )
        #expect(page.root == root.id)
        #expect(page.parent == root.id)
        #expect((page.subject, page.lane) == (root.subject, root.lane))
        #expect(page.kind == .fetchedPage)
    }

    @Test func `a key and a delay survive the wire and stay with the message that has them`() throws
    {
        var envelope = entering
        envelope.key = "feed:https://news.example/feed.xml"
        envelope.notBefore = envelope.madeAt + MessageLimits.delayMax
        #expect(try Envelope(json: envelope.json) == envelope)
        var generator = SeededGenerator(seed: 4)
        let page = Envelope(
            of: .fetchedPage,
            id: MessageID(milliseconds: 2, using: &generator),
            madeFrom: envelope,
            source: "/fetch/a",
            madeAt: Instant(milliseconds: 2)
        )
        #expect(page.key == nil)
        #expect(page.notBefore == nil)
    }

    @Test func `a key or a delay that no queue can honour is refused`() {
        var long = entering
        long.key = String(repeating: "k", count: MessageLimits.keyBytes + 1)
        var empty = entering
        empty.key = ""
        var late = entering
        late.notBefore = late.madeAt + MessageLimits.delayMax + .milliseconds(1)
        var early = entering
        early.notBefore = Instant(milliseconds: -1)
        var stray = entering
        stray.key = "feed"
        var generator = SeededGenerator(seed: 5)
        stray.root = MessageID(milliseconds: 3, using: &generator)
        for envelope in [long, empty, late, early, stray] {
            #expect(throws: JSONFailure.self) { try Envelope(json: envelope.json) }
        }
    }

    private var entering: Envelope {
        var generator = SeededGenerator(seed: 3)
        return Envelope(
            entering: .fetchRequest,
            id: MessageID(milliseconds: 1, using: &generator),
            subject: "https://news.example/feed.xml",
            lane: "news.example",
            source: "/wirecopy/add",
            madeAt: Instant(milliseconds: 1)
        )
    }

    @Test func `each kind but the outcome has exactly one stage that takes it`() {
        #expect(MessageKind.allCases.compactMap(\.consumer) == StageName.allCases)
        #expect(MessageKind.outcome.consumer == nil)
    }
}
