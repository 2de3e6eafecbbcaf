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
    /// Pages that ended long enough ago are removed.
    case retired(RetireRecord)
    /// A message was here whose page is removed; it keeps its place.
    case goneMessage
    /// Frames were here, with nothing that is kept.
    case goneFrames(GoneFrames)

    /// The page that the fact is about; `nil` when it is about the queue.
    var page: Int? {
        switch self {
        case .message(let message): message.page
        case .closed(_, let page, _), .ended(let page, _): page
        case .failed(let failure): failure.page
        case .reopened(let reopened): reopened.page
        case .paused, .laneHeld, .retired, .goneMessage, .goneFrames: nil
        }
    }
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
    case goneMessage = 9
    case goneFrames = 10

    /// Whether it takes a place in the order of messages.
    var isMessage: Bool { self == .message || self == .goneMessage }
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

/// Which pages are removed: those of a range of places that have no open message and ended before
/// a moment, which is another one for pages that were given up.
struct RetireRecord: Sendable, Equatable {
    let places: Range<Int>
    let finishedBefore: Instant
    let deadBefore: Instant
    /// How many pages that were removed earlier ended how, since the journal was made.
    var removed: [RetiredPages] = []
}

/// Frames of a file that were left out when it was compacted.
struct GoneFrames: Sendable, Equatable {
    /// Number of the last one.
    let lastSequence: Int
    /// Place behind their last message.
    let endPosition: Int
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
