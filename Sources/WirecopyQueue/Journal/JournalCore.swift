import WirecopyMessages

/// The part of the journal that one thread at a time uses: it decides what changes become, writes
/// the facts, and keeps the memory that the decisions need.
struct JournalCore: ~Copyable {
    var memory: JournalMemory
    var log: MessageLog
    var segments: SegmentStore
    let index: JournalIndex
    let reader: LogReader
    var builder = LogFrameBuilder()
    /// The group's moment.
    var now = Instant(milliseconds: 0)
    /// Whether new messages are taken.
    var takesNew = true

    init(
        memory: JournalMemory,
        log: consuming MessageLog,
        segments: consuming SegmentStore,
        index: JournalIndex,
        reader: LogReader
    ) {
        self.memory = memory
        self.log = log
        self.segments = segments
        self.index = index
        self.reader = reader
    }

    /// Decides each change, and makes what was decided durable as one frame.
    ///
    /// - Returns: one answer a change, and where the frame lies; none when nothing changed.
    /// - Throws: `storageFull` when nothing of it counts and the memory must be loaded again.
    mutating func commit(
        _ changes: [JournalChange],
        takesNew: Bool,
        now: Instant
    ) throws(QueueFailure) -> (answers: [JournalAnswer], frame: LogPlace?) {
        builder.removeAll()
        memory.beginGroup()
        self.now = now
        log.takeSpace(for: 0)
        self.takesNew = takesNew && log.hasReserve
        let firstPosition = memory.nextPosition
        let mark = segments.mark
        var answers: [JournalAnswer] = []
        answers.reserveCapacity(changes.count)
        for change in changes { answers.append(try decide(change)) }
        guard !builder.isEmpty else { return (answers, nil) }
        try segments.sync()
        do throws(QueueFailure) {
            let place = try log.append(builder, firstPosition: firstPosition, at: now)
            reader.add(firstPosition: firstPosition, at: place)
            return (answers, place)
        } catch {
            if error.code == .storageFull { segments.rollBack(to: mark) }
            throw error
        }
    }

    private mutating func decide(_ change: JournalChange) throws(QueueFailure) -> JournalAnswer {
        switch change {
        case .append(let message): return try append(message)
        case .acknowledge(let position, let outputs, let stage):
            return try acknowledge(position, outputs, as: stage)
        case .fail(let failure): return try fail(failure)
        case .replay(let position, let priority): return try replay(position, priority)
        case .pause(let stage, let isPaused):
            builder.addPaused(stage, isPaused)
            if isPaused { memory.paused.insert(stage) } else { memory.paused.remove(stage) }
            return .paused
        case .holdLane(let stage, let lane, let until):
            builder.addLaneHeld(stage, lane: lane, until: until)
            memory.hold(stage, lane, until)
            return .laneHeld
        }
    }
}

// Changes.
extension JournalCore {
    /// Bytes of a fact beside its texts, its entry in the frame's table included.
    private static let factBytes = 256

    /// Whether a change that stores these messages, and texts of so many bytes, fits into the frame
    /// that is being made.
    private mutating func hasRoom(
        for messages: [Message],
        texts: Int = 0,
        leaving share: MessageLog.Reserve
    ) -> Bool {
        let bytes = messages.reduce(texts + Self.factBytes) { bytes, message in
            let json = message.envelopeJSON.count
            // Of one that enters, the record repeats texts of the envelope.
            return bytes + message.data.count + json * (message.isOwnRoot ? 2 : 1) + Self.factBytes
        }
        return log.hasRoom(for: builder.frameBytes + bytes, leaving: share)
    }

    private mutating func append(_ message: Message) throws(QueueFailure) -> JournalAnswer {
        guard message.isOwnRoot else {
            return .refused("The message \(message.id) enters, so it must be its own root.")
        }
        let end = Lineage.ending(message)
        if message.kind == .outcome, end == nil {
            return .refused("The outcome \(message.id) cannot be read.")
        }
        if try position(ofPage: message.id) != nil { return .known }
        if let place = openPlace(of: message) { return .duplicateKey(place) }
        guard takesNew, hasRoom(for: [message], leaving: .whole) else { return .storageFull }
        if message.key != nil, memory.keys.count >= JournalMemory.keysMax {
            return .refused("\(JournalMemory.keysMax) unique keys are open; no more fit in memory.")
        }
        var places: [AttachmentPlace] = []
        if !message.attachments.isEmpty {
            guard let stored = try storeAttachments([message]) else { return .storageFull }
            places = stored[0]
        }
        return .appended(store(message, page: nil, end, places))
    }

    private mutating func acknowledge(
        _ position: Int,
        _ outputs: [Message],
        as stage: StageName?
    ) throws(QueueFailure) -> JournalAnswer {
        guard memory.open.isOpen(position), let record = try record(at: position) else {
            return .unchanged
        }
        guard stage == nil || stage == record.stage else { return .otherStage(record.stage) }
        let carriesOn = outputs.contains { $0.kind != .outcome }
        guard hasRoom(for: outputs, leaving: carriesOn ? .half : .nothing) else {
            return .storageFull
        }
        if let fault = Lineage.fault(in: outputs, root: record.root) { return .refused(fault) }
        if outputs.count == 1, !record.wasReopened, memory.recentPosition(of: outputs[0].id) == nil
        {
            return try acknowledge(position, record, output: outputs[0])
        }
        if let fault = Lineage.unreadable(outputs) { return .refused(fault) }
        var known: [Int?] = []
        for output in outputs { known.append(try storedPosition(of: output, from: record)) }
        let new = outputs.indices.map { known[$0] == nil ? outputs[$0] : nil }
        guard let places = try storeAttachments(new) else { return .storageFull }
        builder.addClosed(position: position, page: record.page, record.stage)
        memory.close(position, record.stage, key: record.key)
        var entries: [QueueEntry?] = []
        for (index, output) in outputs.enumerated() {
            if let stored = known[index] ?? memory.recentPosition(of: output.id) {
                entries.append(try handInAgain(output, stored, page: record.page))
            } else if openPlace(of: output) != nil {
                entries.append(nil)
            } else {
                let end = Lineage.ending(output)
                entries.append(store(output, page: record.page, end, places[index]))
            }
        }
        return .acknowledged(entries)
    }

    /// The usual way: one output, which is new and belongs to the page.
    private mutating func acknowledge(
        _ position: Int,
        _ record: OpenRecord,
        output: Message
    ) throws(QueueFailure) -> JournalAnswer {
        let end = Lineage.ending(output)
        if output.kind == .outcome, end == nil {
            return .refused("The outcome \(output.id) cannot be read.")
        }
        var places: [AttachmentPlace] = []
        if !output.attachments.isEmpty {
            guard let stored = try storeAttachments([output]) else { return .storageFull }
            places = stored[0]
        }
        builder.addClosed(position: position, page: record.page, record.stage)
        memory.close(position, record.stage, key: record.key)
        return .acknowledged([store(output, page: record.page, end, places)])
    }

    /// An output that was stored before, by another delivery: it must not end there.
    private mutating func handInAgain(
        _ output: Message,
        _ position: Int,
        page: Int
    ) throws(QueueFailure) -> QueueEntry? {
        if let outcome = Lineage.ending(output) { builder.addEnded(page: page, EndRecord(outcome)) }
        if memory.open.isOpen(position) { return try entry(at: position) }
        guard !output.isOwnRoot else { return nil }
        return try reopen(position, output.priority)
    }

    private mutating func fail(_ failure: FailedDelivery) throws(QueueFailure) -> JournalAnswer {
        let position = failure.lease.position
        guard memory.open.isOpen(position), let record = try record(at: position) else {
            return .unchanged
        }
        let texts = failure.killers.reduce(failure.message.utf8.count + failure.worker.utf8.count) {
            $0 + $1.utf8.count + 4
        }
        guard hasRoom(for: [], texts: texts, leaving: .nothing) else { return .storageFull }
        var until: Instant?
        if case .delayed(let moment) = failure.next { until = moment }
        builder.add(
            FailureRecord(
                position: position,
                page: record.page,
                stage: record.stage,
                attempt: failure.lease.attempt,
                worker: failure.worker,
                code: failure.code.rawValue,
                message: failure.message,
                until: until,
                priority: failure.priority,
                killers: failure.killers
            )
        )
        guard let until else {
            memory.close(position, record.stage, key: record.key)
            memory.open.setDead(position, record.stage, true)
            return .failed
        }
        memory.open.close(position, record.stage)
        memory.open.open(position, record.stage, failure.priority)
        memory.fail(
            position,
            OpenFailure(
                attempts: failure.lease.attempt,
                notBefore: until,
                killers: failure.killers,
                excused: failure.excused
            )
        )
        return .failed
    }

    private mutating func replay(
        _ position: Int,
        _ priority: MessageClass
    ) throws(QueueFailure) -> JournalAnswer {
        guard 1..<memory.nextPosition ~= position, !memory.open.isOpen(position) else {
            return .unchanged
        }
        if let refusal = try refusalOfRemoved(position) { return refusal }
        let wasDead = StageName.allCases.contains { memory.open.isDead(position, $0) }
        guard let entry = try reopen(position, priority) else { return .unchanged }
        return .replayed(entry, wasDead: wasDead)
    }

    /// A message of a page that is removed cannot be opened again, even where it still lies.
    private mutating func refusalOfRemoved(
        _ position: Int
    ) throws(QueueFailure) -> JournalAnswer? {
        guard position < memory.retiredBefore || memory.isRetiring,
            let page = try record(at: position)?.page, page < memory.retiredBefore
        else { return nil }
        if memory.isRetiring {
            return .refused("Retention removes messages as old as this one now; ask again.")
        }
        return try asking { try index.hasPage(page) } ? nil : .unchanged
    }

    private mutating func reopen(
        _ position: Int,
        _ priority: MessageClass
    ) throws(QueueFailure) -> QueueEntry? {
        guard var record = try record(at: position) else { return nil }
        if let key = record.key {
            guard memory.keys[OpenKey(stage: record.stage, key: key)] == nil else { return nil }
            memory.keys[OpenKey(stage: record.stage, key: key)] = position
        }
        let wasDead = memory.open.isDead(position, record.stage)
        builder.add(
            ReopenRecord(
                position: position,
                page: record.page,
                stage: record.stage,
                priority: priority,
                wasDead: wasDead,
                key: record.key
            )
        )
        if wasDead { memory.open.setDead(position, record.stage, false) }
        memory.open.open(position, record.stage, priority)
        record.wasReopened = true
        memory.keep(record, at: position)
        return try entry(at: position)
    }
}
