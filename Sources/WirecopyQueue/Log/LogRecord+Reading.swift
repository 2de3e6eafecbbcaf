import WirecopyMessages

extension LogRecord {
    /// Reads a record of a kind; the caller has held its checksum against its bytes.
    init(
        _ kind: LogRecordKind,
        _ bytes: [UInt8],
        _ range: Range<Int>
    ) throws(DamagedBytes) {
        var reader = ByteReader(bytes, range)
        switch kind {
        case .message: self = .message(try StoredMessage(from: &reader))
        case .closed:
            self = .closed(
                position: try reader.count(),
                page: try reader.count(),
                try reader.stage()
            )
        case .failed: self = .failed(try FailureRecord(from: &reader))
        case .reopened: self = .reopened(try ReopenRecord(from: &reader))
        case .ended:
            self = .ended(page: try reader.count(), try EndRecord(from: &reader))
        case .paused:
            self = .paused(try reader.stage(), try reader.number(UInt8.self) != 0)
        case .laneHeld:
            let stage = try reader.stage()
            let until = try reader.instant()
            self = .laneHeld(stage, lane: try reader.text(), until: until)
        case .retired:
            self = .retired(try RetireRecord(from: &reader))
        case .goneMessage: self = .goneMessage
        case .goneFrames:
            self = .goneFrames(
                GoneFrames(lastSequence: try reader.count(), endPosition: try reader.count())
            )
        }
    }
}

extension StoredMessage {
    init(from reader: inout ByteReader) throws(DamagedBytes) {
        guard let kind = MessageKind(number: Int(try reader.number(UInt8.self))) else {
            throw DamagedBytes()
        }
        self.kind = kind
        priority = try reader.priority()
        let flags = try reader.number(UInt8.self)
        let attachmentCount = try reader.number(UInt8.self)
        bytes = Int(try reader.number(UInt32.self))
        page = try reader.count()
        id = MessageID(words: try reader.words())
        root = MessageID(words: try reader.words())
        notBefore =
            flags & MessageFlag.notBefore == 0
            ? nil : Instant(milliseconds: try reader.number(Int.self))
        lane = try reader.text()
        subject = flags & MessageFlag.subject == 0 ? nil : try reader.text()
        key = flags & MessageFlag.key == 0 ? nil : try reader.text()
        stageVersion = flags & MessageFlag.stageVersion == 0 ? nil : try reader.text()
        end = flags & MessageFlag.end == 0 ? nil : try EndRecord(from: &reader)
        var attachments: [AttachmentPlace] = []
        for _ in 0..<attachmentCount { attachments.append(try AttachmentPlace(from: &reader)) }
        self.attachments = attachments
        let envelopeBytes = Int(try reader.number(UInt32.self))
        let dataBytes = Int(try reader.number(UInt32.self))
        envelope = try reader.take(envelopeBytes)
        data = try reader.take(dataBytes)
    }
}

extension AttachmentPlace {
    init(from reader: inout ByteReader) throws(DamagedBytes) {
        let segment = Int(try reader.number(UInt32.self))
        let length = Int(try reader.number(UInt32.self))
        location = SegmentLocation(segment: segment, offset: try reader.count(), length: length)
        checksum = try reader.number(UInt64.self)
    }
}

extension EndRecord {
    init(from reader: inout ByteReader) throws(DamagedBytes) {
        let outcome = try reader.text()
        let (reason, article) = (try reader.text(), try reader.text())
        self.init(
            outcome: outcome,
            reason: reason.isEmpty ? nil : reason,
            article: article.isEmpty ? nil : article
        )
    }
}

extension FailureRecord {
    init(from reader: inout ByteReader) throws(DamagedBytes) {
        position = try reader.count()
        page = try reader.count()
        stage = try reader.stage()
        priority = try reader.priority()
        until = try reader.instant()
        attempt = Int(try reader.number(UInt32.self))
        worker = try reader.text()
        code = try reader.text()
        message = try reader.text()
        var killers: [String] = []
        for _ in 0..<(try reader.number(UInt8.self)) { killers.append(try reader.text()) }
        self.killers = killers
    }
}

extension ReopenRecord {
    init(from reader: inout ByteReader) throws(DamagedBytes) {
        position = try reader.count()
        page = try reader.count()
        stage = try reader.stage()
        priority = try reader.priority()
        wasDead = try reader.number(UInt8.self) != 0
        let key = try reader.text()
        self.key = key.isEmpty ? nil : key
    }
}

extension RetireRecord {
    init(from reader: inout ByteReader) throws(DamagedBytes) {
        let (first, end) = (try reader.count(), try reader.count())
        guard first <= end else { throw DamagedBytes() }
        places = first..<end
        finishedBefore = Instant(milliseconds: try reader.number(Int.self))
        deadBefore = Instant(milliseconds: try reader.number(Int.self))
        for _ in 0..<(try reader.number(UInt32.self)) {
            removed.append(try RetiredPages(from: &reader))
        }
    }
}

extension RetiredPages {
    init(from reader: inout ByteReader) throws(DamagedBytes) {
        outcome = try reader.text()
        let reason = try reader.text()
        self.reason = reason.isEmpty ? nil : reason
        pages = try reader.count()
    }
}

extension ByteReader {
    mutating func stage() throws(DamagedBytes) -> StageName {
        guard let stage = StageName(number: Int(try number(UInt8.self))) else {
            throw DamagedBytes()
        }
        return stage
    }

    mutating func priority() throws(DamagedBytes) -> MessageClass {
        guard let priority = MessageClass(number: Int(try number(UInt8.self))) else {
            throw DamagedBytes()
        }
        return priority
    }

    /// A moment behind a byte that says whether there is one.
    mutating func instant() throws(DamagedBytes) -> Instant? {
        let isThere = try number(UInt8.self) != 0
        let instant = Instant(milliseconds: try number(Int.self))
        return isThere ? instant : nil
    }
}
