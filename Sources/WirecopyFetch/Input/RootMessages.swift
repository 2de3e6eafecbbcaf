import Digests
import RobotsFile
import WebArchive
import WirecopyMessages

/// Makes the messages with which pages enter the pipeline.
struct RootMessages: Sendable {
    private let mint: MessageMint
    private let source: String

    /// The lane of pages that do not come from a host.
    static let fileLane = "file"
    /// The name under which answers that others fetched may speak to us.
    private static let productToken = "wirecopy"

    init(mint: MessageMint, source: String) {
        self.mint = mint
        self.source = source
    }

    /// A page to be fetched; one that cannot be is rejected.
    func request(_ text: String, origin: String) -> Message {
        guard let address = WebAddress(text) else {
            let sentence = "\(text.prefix(200)) is no address with scheme http or https."
            return rejected(.urlInvalid, sentence, subject: text)
        }
        return Message(
            envelope: envelope(.fetchRequest, subject: address.url, lane: address.host),
            payload: FetchRequest(url: address.url, origin: origin)
        )
    }

    /// A page that is here already; received now unless `fetchedAt` says otherwise.
    func page(
        _ record: PageRecord,
        origin: String,
        hints: PageHints? = nil,
        fetchedAt: Instant? = nil
    ) -> Message {
        let (url, body) = (record.url, record.body)
        guard body.contains(where: { $0 > 0x20 }) else {
            return rejected(.bodyEmpty, "\(url) holds nothing but white space.", subject: url)
        }
        let lane = WebAddress(url)?.host ?? Self.fileLane
        let envelope = envelope(.fetchedPage, subject: url, lane: lane)
        let fetchedAt = fetchedAt ?? envelope.madeAt
        let identity = mint.recordIdentity(at: fetchedAt)
        let attachment = record.attachment(as: identity)
        guard attachment.count <= MessageLimits.attachmentBytes else {
            let sentence = "\(url) has \(attachment.count) bytes when packed."
            return rejected(.bodyTooLarge, sentence, subject: url)
        }
        var page = FetchedPage(
            url: url,
            origin: origin,
            fetchedAt: fetchedAt,
            bodyBytes: body.count,
            bodyDigest: Digest.sha256(of: body).labelled
        )
        page.contentType = record.contentType
        page.status = record.httpHead?.status
        page.hints = hints
        page.usage = [UsageNote](
            distinct: UsageReader.notes(
                inHeaders: record.httpHead?.fields ?? [],
                for: Self.productToken
            )
        )
        let companions = hints == nil ? nil : companions(of: page, beside: identity, at: fetchedAt)
        return Message(
            envelope: envelope,
            payload: page,
            attachments: [attachment] + (companions.map { [$0] } ?? [])
        )
    }

    /// What another crawler said of a page; nothing was asked for it.
    private func companions(
        of page: FetchedPage,
        beside identity: WARCRecord.Identity,
        at fetchedAt: Instant
    ) -> [UInt8]? {
        PageCompanions(request: nil, discovery: Discovery(page).fields).attachment(
            beside: identity,
            url: page.url,
            as: (identity, mint.recordIdentity(at: fetchedAt))
        )
    }

    /// The end of a page that could not even enter; its ledger entry opens and closes with it.
    func rejected(_ reason: ErrorCode, _ sentence: String, subject: String) -> Message {
        Message(
            envelope: envelope(
                .outcome,
                subject: subject,
                lane: WebAddress(subject)?.host ?? Self.fileLane
            ),
            payload: Outcome(rejected: reason, sentence)
        )
    }

    private func envelope(_ kind: MessageKind, subject: String, lane: String) -> Envelope {
        let now = mint.now()
        return Envelope(
            entering: kind,
            id: mint.makeID(at: now),
            subject: Self.fitting(subject),
            lane: lane,
            source: source,
            madeAt: now
        )
    }

    /// A subject that the envelope takes.
    private static func fitting(_ subject: String) -> String {
        guard subject.utf8.count > MessageLimits.subjectBytes else { return subject }
        // Three bytes of a cut character become one of three; so there is always room.
        return String(decoding: subject.utf8.prefix(MessageLimits.subjectBytes - 3), as: UTF8.self)
    }
}
