import Foundation
import WirecopyMessages
import WirecopyQueue

/// A generator that gives the same numbers in each run (SplitMix64, S. Vigna 2015).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64 = 0x5EED

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

/// Makes messages whose identities ascend.
struct MessageMaker {
    private var generator = SeededGenerator()
    private var milliseconds = 1_000_000

    init(seed: UInt64 = 0x5EED) { generator.state = seed }

    mutating func id() -> MessageID {
        milliseconds += 1
        return MessageID(milliseconds: milliseconds, using: &generator)
    }

    mutating func request(
        _ url: String = "https://news.example/a",
        lane: String = "news.example"
    ) -> Message {
        let id = id()
        let envelope = Envelope(
            entering: .fetchRequest,
            id: id,
            subject: url,
            lane: lane,
            source: "/command/test",
            madeAt: Instant(milliseconds: milliseconds)
        )
        return Message(envelope: envelope, payload: FetchRequest(url: url, origin: "url"))
    }

    /// A request of which only one may be open.
    mutating func poll(_ key: String, notBefore: Instant? = nil) -> Message {
        let request = request()
        var envelope = request.envelope
        envelope.key = key
        envelope.notBefore = notBefore
        return Message(envelope: envelope, data: request.data)
    }

    mutating func page(from parent: Message, body: [UInt8] = [1, 2, 3]) -> Message {
        output(.fetchedPage, from: parent, data: Array("{}".utf8), attachments: [body])
    }

    mutating func article(from parent: Message) -> Message {
        output(.parsedArticle, from: parent, data: Array("{}".utf8))
    }

    mutating func stored(from parent: Message, article: String = "article-1") -> Message {
        output(.outcome, from: parent, data: Outcome(.stored, article: article).json)
    }

    mutating func output(
        _ kind: MessageKind,
        from parent: Message,
        data: [UInt8],
        attachments: [[UInt8]] = []
    ) -> Message {
        let envelope = Envelope(
            of: kind,
            id: id(),
            madeFrom: parent.envelope,
            source: "/worker/test",
            madeAt: Instant(milliseconds: milliseconds)
        )
        return Message(envelope: envelope, data: data, attachments: attachments)
    }
}

/// A directory that is removed when the test ends.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        path =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("wirecopy-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A copy as a crash would leave it: whatever the kernel has been given.
    func crashCopy() throws -> TemporaryDirectory {
        let copy = try TemporaryDirectory()
        try FileManager.default.removeItem(atPath: copy.path)
        try FileManager.default.copyItem(atPath: path, toPath: copy.path)
        return copy
    }
}

extension Instant {
    static func ms(_ milliseconds: Int) -> Instant { Instant(milliseconds: milliseconds) }
}

extension LogJournal.Options {
    /// Small files, so that tests see the end of one.
    static var small: Self {
        var options = Self()
        options.logAllocationBytes = 64 << 10
        options.logReserveBytes = 16 << 10
        options.reserveBytes = 0
        return options
    }
}

extension JournalAnswer {
    /// The entry of a message that was just stored.
    var entry: QueueEntry? {
        switch self {
        case .appended(let entry): entry
        case .acknowledged(let entries): entries.first ?? nil
        case .replayed(let entry, _): entry
        default: nil
        }
    }
}
