import WirecopyMessages

/// The facts of one group, as they will lie in the log.
struct LogFrameBuilder {
    /// Bytes of a record in the frame's table: length, kind, three zeros, checksum.
    static let tableEntryBytes = 16

    private(set) var table: [UInt8] = []
    private(set) var body: [UInt8] = []
    private(set) var records = 0
    private(set) var messages = 0

    var isEmpty: Bool { records == 0 }

    /// Bytes that it will take on disk, at most.
    var frameBytes: Int { LogFrameHeader.bytes + table.count + body.count + LogFrameHeader.bytes }

    mutating func removeAll() {
        table.removeAll(keepingCapacity: body.count < Self.keptBytesMax)
        body.removeAll(keepingCapacity: body.count < Self.keptBytesMax)
        records = 0
        messages = 0
    }

    /// Memory that is kept from one group for the next: that of a usual one.
    private static let keptBytesMax = 16 << 20

    mutating func add(
        _ message: Message,
        page: Int,
        end: EndRecord?,
        attachments: [AttachmentPlace]
    ) {
        let start = body.count
        let isOwnRoot = message.isOwnRoot
        let key = isOwnRoot ? message.key : nil
        let (json, version) = (message.envelopeJSON, message.stageVersion)
        let flags =
            (isOwnRoot ? MessageFlag.subject : 0) | (key != nil ? MessageFlag.key : 0)
            | (message.notBefore != nil ? MessageFlag.notBefore : 0)
            | (version != nil ? MessageFlag.stageVersion : 0)
            | (end != nil ? MessageFlag.end : 0)
        let head =
            UInt64(message.kind.number) | UInt64(message.priority.rank) << 8 | UInt64(flags) << 16
            | UInt64(attachments.count) << 24 | UInt64(message.contentBytes) << 32
        body.append(head, page, message.id.words, message.root.words)
        if let notBefore = message.notBefore { body.append(number: notBefore.milliseconds) }
        body.append(text: message.laneUTF8)
        if isOwnRoot { body.append(text: message.subjectUTF8) }
        if let key { body.append(text: key) }
        if let version { body.append(text: version) }
        if let end { append(end) }
        for attachment in attachments {
            body.append(number: UInt32(attachment.location.segment))
            body.append(number: UInt32(attachment.location.length))
            body.append(number: UInt64(attachment.location.offset))
            body.append(number: attachment.checksum)
        }
        body.append(number: UInt32(json.count))
        body.append(number: UInt32(message.data.count))
        body.append(contentsOf: json)
        body.append(contentsOf: message.data)
        finish(.message, from: start)
        messages += 1
    }

    mutating func addClosed(position: Int, page: Int, _ stage: StageName) {
        let start = body.count
        body.append(number: UInt64(position))
        body.append(number: UInt64(page))
        body.append(UInt8(stage.number))
        finish(.closed, from: start)
    }

    mutating func add(_ failure: FailureRecord) {
        let start = body.count
        body.append(number: UInt64(failure.position))
        body.append(number: UInt64(failure.page))
        body.append(UInt8(failure.stage.number))
        body.append(UInt8(failure.priority.rank))
        body.append(failure.until == nil ? 0 : 1)
        body.append(number: failure.until?.milliseconds ?? 0)
        body.append(number: UInt32(failure.attempt))
        body.append(text: failure.worker)
        body.append(text: failure.code)
        body.append(text: failure.message)
        body.append(UInt8(min(failure.killers.count, Int(UInt8.max))))
        for name in failure.killers.prefix(Int(UInt8.max)) { body.append(text: name) }
        finish(.failed, from: start)
    }

    mutating func add(_ reopened: ReopenRecord) {
        let start = body.count
        body.append(number: UInt64(reopened.position))
        body.append(number: UInt64(reopened.page))
        body.append(UInt8(reopened.stage.number))
        body.append(UInt8(reopened.priority.rank))
        body.append(reopened.wasDead ? 1 : 0)
        body.append(text: reopened.key ?? "")
        finish(.reopened, from: start)
    }

    mutating func addEnded(page: Int, _ end: EndRecord) {
        let start = body.count
        body.append(number: UInt64(page))
        append(end)
        finish(.ended, from: start)
    }

    mutating func addPaused(_ stage: StageName, _ isPaused: Bool) {
        let start = body.count
        body.append(UInt8(stage.number))
        body.append(isPaused ? 1 : 0)
        finish(.paused, from: start)
    }

    mutating func addLaneHeld(_ stage: StageName, lane: String, until: Instant?) {
        let start = body.count
        body.append(UInt8(stage.number))
        body.append(until == nil ? 0 : 1)
        body.append(number: until?.milliseconds ?? 0)
        body.append(text: lane)
        finish(.laneHeld, from: start)
    }

    mutating func add(_ retired: RetireRecord) {
        let start = body.count
        body.append(number: UInt64(retired.places.lowerBound))
        body.append(number: UInt64(retired.places.upperBound))
        body.append(number: retired.finishedBefore.milliseconds)
        body.append(number: retired.deadBefore.milliseconds)
        body.append(number: UInt32(retired.removed.count))
        for pages in retired.removed {
            body.append(text: pages.outcome)
            body.append(text: pages.reason ?? "")
            body.append(number: UInt64(pages.pages))
        }
        finish(.retired, from: start)
    }

    /// A message that keeps its place alone.
    mutating func addGoneMessage() {
        finish(.goneMessage, from: body.count)
        messages += 1
    }

    mutating func add(_ gone: GoneFrames) {
        let start = body.count
        body.append(number: UInt64(gone.lastSequence))
        body.append(number: UInt64(gone.endPosition))
        finish(.goneFrames, from: start)
    }

    /// A record as it lies in another frame.
    mutating func add(_ kind: LogRecordKind, copying bytes: ArraySlice<UInt8>) {
        let start = body.count
        body.append(contentsOf: bytes)
        finish(kind, from: start)
        if kind == .message { messages += 1 }
    }

    private mutating func append(_ end: EndRecord) {
        body.append(text: end.outcome)
        body.append(text: end.reason ?? "")
        body.append(text: end.article ?? "")
    }

    private mutating func finish(_ kind: LogRecordKind, from start: Int) {
        table.append(number: UInt32(body.count - start))
        table.append(number: UInt32(kind.rawValue))
        table.append(number: Checksum.of(body, start..<body.count))
        records += 1
    }
}

/// Parts of a message record that may be missing.
enum MessageFlag {
    static let subject: UInt8 = 1
    static let key: UInt8 = 2
    static let notBefore: UInt8 = 4
    static let stageVersion: UInt8 = 8
    static let end: UInt8 = 16
}
