import Foundation
import Testing

@testable import WirecopyMessages

/// The quick reading of envelopes against the strict one, and what a message keeps of its envelope.
struct EnvelopeHeadTests {
    /// As in `envelope.v1.schema.json`.
    private static nonisolated(unsafe) let pattern =
        /[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}/

    private func envelope(_ generator: inout SeededGenerator) -> Envelope {
        let subjects = [
            "https://news.example/a", "", "https://é.example/“b”", "a\"b\\c\n\u{1}", "x",
        ]
        var envelope = Envelope(
            entering: MessageKind.allCases.randomElement(using: &generator) ?? .outcome,
            id: MessageID(milliseconds: Int.random(in: 0...1 << 40), using: &generator),
            subject: subjects.randomElement(using: &generator) ?? "",
            lane: Bool.random(using: &generator) ? "news.example" : "",
            source: "/fetch/host-1",
            madeAt: Instant(
                milliseconds: Int.random(in: 0...253_402_300_799_999, using: &generator)
            )
        )
        envelope.priority = MessageClass.allCases.randomElement(using: &generator) ?? .live
        if Bool.random(using: &generator) {
            envelope.parent = MessageID(milliseconds: 1, using: &generator)
        }
        if Bool.random(using: &generator) { envelope.serviceMilliseconds = 250 }
        if Bool.random(using: &generator) { envelope.stageVersion = "1.0" }
        envelope.attachments = Int.random(in: 0...8, using: &generator)
        return envelope
    }

    /// What the strict reader makes of the bytes: the judge of the quick one.
    private func strict(_ json: [UInt8]) -> Envelope? { try? Envelope(json: json) }

    private func quick(_ json: [UInt8]) -> Envelope? {
        EnvelopeHead(canonical: json).map { Envelope($0) }
    }

    @Test func `what the writer writes in ASCII is read in place, to the same values`() {
        var generator = SeededGenerator(seed: 21)
        for _ in 0..<2000 {
            let envelope = envelope(&generator)
            let json = envelope.json
            #expect(strict(json) == envelope)
            let isPlain = json.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "\\") }
            #expect(quick(json) == (isPlain ? envelope : nil))
        }
    }

    @Test func `mutated envelopes are read in place only as the strict reader reads them`() {
        var generator = SeededGenerator(seed: 22)
        let alphabet = Array(#"{}[]":,\0123456789abcdefgxnulive.-eE+ "#.utf8)
        var inPlace = 0
        for _ in 0..<30_000 {
            var json = envelope(&generator).json
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0..<json.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: json.remove(at: place)
                case 1: json.insert(alphabet.randomElement(using: &generator) ?? 0, at: place)
                case 2: json[place] = UInt8.random(in: 0...255, using: &generator)
                default: json[place] = alphabet.randomElement(using: &generator) ?? 0
                }
            }
            guard let read = quick(json) else { continue }
            inPlace += 1
            #expect(read == strict(json), "\(String(decoding: json, as: UTF8.self))")
        }
        #expect(inPlace > 100)
    }

    @Test func `limits hold in place as they do in the strict reader`() {
        var generator = SeededGenerator(seed: 23)
        var long = envelope(&generator)
        long.subject = String(repeating: "a", count: MessageLimits.subjectBytes + 1)
        var late = envelope(&generator)
        late.madeAt = Instant(milliseconds: MessageLimits.instantMillisecondsMax + 1)
        var many = envelope(&generator)
        many.attachments = MessageLimits.attachments + 1
        for envelope in [long, late, many] {
            #expect(quick(envelope.json) == nil)
            #expect(strict(envelope.json) == nil)
        }
    }

    @Test func `attributes of a later version are passed on byte for byte`() throws {
        var generator = SeededGenerator(seed: 24)
        let known = String(decoding: envelope(&generator).json, as: UTF8.self)
        let later = Array(known.replacing("{", with: #"{"traceparent" : "00-ab",  "#).utf8)
        let count = try Envelope(json: later).attachments
        let attachments = [[UInt8]](repeating: [1], count: count)
        let message = try Message(envelopeJSON: later, data: [123, 125], attachments: attachments)
        #expect(message.envelopeJSON == later)
        let published = QueueCommand.publish(request: 1, [message])
        guard case .publish(_, let read) = try QueueCommand(frames: published.frames) else {
            Issue.record("PUBLISH was read as something else.")
            return
        }
        let lease = LeaseID(position: 1, attempt: 1)
        let delivery = BrokerReply.Delivery(lease: lease, priority: .live, message: read[0])
        #expect(BrokerReply.deliver([delivery]).frames[2] == later)
    }

    @Test func `a message knows what the queue asks without its whole envelope`() throws {
        var generator = SeededGenerator(seed: 25)
        for _ in 0..<200 {
            let envelope = envelope(&generator)
            let attachments = [[UInt8]](repeating: [1], count: envelope.attachments)
            let made = Message(envelope: envelope, data: [1], attachments: attachments)
            let read = try Message(
                envelopeJSON: envelope.json,
                data: [1],
                attachments: attachments
            )
            #expect(made == read)
            for message in [made, read] {
                #expect(message.envelope == envelope)
                #expect(message.id == envelope.id && message.root == envelope.root)
                #expect(message.kind == envelope.kind && message.parent == envelope.parent)
                #expect(message.priority == envelope.priority && message.lane == envelope.lane)
                #expect(message.subject == envelope.subject && message.isOwnRoot)
                #expect(message.contentBytes == 1 + envelope.attachments)
            }
        }
    }

    @Test func `an envelope that names another number of attachments is written anew`() throws {
        var generator = SeededGenerator(seed: 26)
        var envelope = envelope(&generator)
        envelope.attachments = 3
        let message = try Message(envelopeJSON: envelope.json, data: [], attachments: [[7]])
        #expect(message.envelope.attachments == 1)
        #expect(try Envelope(json: message.envelopeJSON).attachments == 1)
    }

    @Test func `text is an identifier exactly when it matches the pattern of the schema`() {
        var generator = SeededGenerator(seed: 27)
        let alphabet = Array("0123456789abcdefABCDEFgG-+:/@`{} é".utf8)
        for _ in 0..<20_000 {
            var text = Array(MessageID(milliseconds: 7, using: &generator).description.utf8)
            let place = Int.random(in: 0..<36, using: &generator)
            text[place] = alphabet.randomElement(using: &generator) ?? 0
            let string = String(decoding: text, as: UTF8.self)
            let isUUID = string.wholeMatch(of: Self.pattern) != nil
            #expect(MessageID(string)?.description == (isUUID ? string.lowercased() : nil))
        }
    }
}
