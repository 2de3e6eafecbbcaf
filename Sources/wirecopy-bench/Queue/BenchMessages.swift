import SplitMix
import WirecopyMessages

/// Makes the messages that the queue benches publish and the outcomes that end them.
struct BenchMessages {
    /// Bytes of content from which on a message is a page with an attachment, not text as data.
    private static let pageBytesMin = 10_000

    private let data: [UInt8]
    private let attachments: [[UInt8]]
    /// The system's generator is a system call a number, a tenth of a publisher's time.
    private var generator: SplitMix64
    private let now: () -> Instant

    /// Makes messages of this many bytes of content.
    ///
    /// - Parameters:
    ///   - bytes: at least 2; text of spaces below 10,000, otherwise one attachment.
    ///   - seed: of the identifiers, which must differ between processes.
    ///   - now: identifiers ascend with it, as those of real publishers do.
    init(bytes: Int, seed: UInt64, now: @escaping () -> Instant = Instant.now) {
        let isPage = bytes >= Self.pageBytesMin
        let filler = [UInt8](repeating: UInt8(ascii: " "), count: isPage ? 0 : max(0, bytes - 2))
        data = Array("{".utf8) + filler + Array("}".utf8)
        var generator = SplitMix64(seed: seed)
        // A compressed page: bytes that nothing could make smaller.
        let page = (0..<bytes).map { _ in UInt8.random(in: 0...255, using: &generator) }
        attachments = isPage ? [page] : []
        self.generator = generator
        self.now = now
    }

    /// Makes a message that enters.
    mutating func next() -> Message {
        let now = now()
        let envelope = Envelope(
            entering: .fetchRequest,
            id: MessageID(milliseconds: now.milliseconds, using: &generator),
            subject: "https://news.example/2026/11/21/a-page-of-usual-length.html",
            lane: "news.example",
            source: "/bench/publisher",
            madeAt: now
        )
        return Message(envelope: envelope, data: data, attachments: attachments)
    }

    /// Makes the outcome that ends the way of a message.
    mutating func end(_ parent: Message) -> Message {
        let now = now()
        let envelope = Envelope(
            of: .outcome,
            id: MessageID(milliseconds: now.milliseconds, using: &generator),
            madeFrom: parent.envelope,
            source: "/bench/worker",
            madeAt: now
        )
        return Message(envelope: envelope, payload: Outcome(.stored, article: "article-1"))
    }
}
