import WirecopyMessages

/// One fact in the message log: what became so, not what was asked for.
///
/// Facts are applied in the order of the log without looking anything up, so that the index, and
/// with it the whole state of the queue, follows from the log alone.
enum LogRecord: Sendable {
    /// A message came to rest; it is open unless it is an outcome.
    case message(StoredMessage)
    /// A message was finished.
    case closed(position: Int, page: Int, StageName)
    /// A delivery ended badly; its message is delayed or dead.
    case failed(FailureRecord)
    /// A message that was done or dead is open again.
    case reopened(ReopenRecord)
    /// A page's way ended without a message of its own.
    case ended(page: Int, EndRecord)
    /// An operator holds a stage, or lets it go.
    case paused(StageName, Bool)
    /// A lane rests until a moment, or rests no more.
    case laneHeld(StageName, lane: String, until: Instant?)
    /// Pages in front of a place were removed; how many ended how, since the journal was made.
    case retired(before: Int, [RetiredPages])
}

/// Kinds of records; the numbers stand in files.
enum LogRecordKind: UInt8 {
    case message = 1
    case closed = 2
    case failed = 3
    case reopened = 4
    case ended = 5
    case paused = 6
    case laneHeld = 7
    case retired = 8
}

/// How the way of a page ended.
struct EndRecord: Sendable, Equatable {
    let outcome: String
    let reason: String?
    let article: String?

    init(outcome: String, reason: String?, article: String?) {
        self.outcome = outcome
        self.reason = reason
        self.article = article
    }

    init(_ outcome: Outcome) {
        self.init(
            outcome: outcome.outcome.rawValue,
            reason: outcome.reason?.rawValue,
            article: outcome.article
        )
    }

    init(dead code: ErrorCode) {
        self.init(outcome: OutcomeKind.dead.rawValue, reason: code.rawValue, article: nil)
    }
}

/// A delivery that ended badly.
struct FailureRecord: Sendable {
    let position: Int
    let page: Int
    let stage: StageName
    let attempt: Int
    let worker: String
    let code: String
    let message: String
    /// The first moment of another attempt; `nil` when the message is dead.
    let until: Instant?
    let priority: MessageClass
    let killers: [String]
}

/// A message that is open again.
struct ReopenRecord: Sendable {
    let position: Int
    let page: Int
    let stage: StageName
    let priority: MessageClass
    let wasDead: Bool
    /// The unique key that it takes up again.
    let key: String?
}

/// Pages that ended alike and were removed.
struct RetiredPages: Sendable, Equatable {
    let outcome: String
    let reason: String?
    let pages: Int
}

/// Where an attachment lies, and what it must hold.
struct AttachmentPlace: Sendable, Equatable {
    let location: SegmentLocation
    let checksum: UInt64
}

/// A message as the log holds it; its bytes stay where they are.
struct StoredMessage: Sendable {
    var position = 0
    let kind: MessageKind
    let priority: MessageClass
    /// Bytes of content, attachments included.
    let bytes: Int
    /// Place of the message with which the page entered; its own when it entered itself.
    let page: Int
    let id: MessageID
    let root: MessageID
    let notBefore: Instant?
    let lane: String
    /// Only of one that enters.
    let subject: String?
    let key: String?
    let stageVersion: String?
    let end: EndRecord?
    let attachments: [AttachmentPlace]
    /// Where its envelope's JSON lies in the bytes that it was read from.
    let envelope: Range<Int>
    let data: Range<Int>

    /// Whether a page entered with it.
    var isOwnRoot: Bool { id == root }
}
