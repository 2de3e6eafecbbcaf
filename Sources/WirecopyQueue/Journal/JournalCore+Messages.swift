import WirecopyMessages

// Messages.
extension JournalCore {
    /// Writes attachments; `nil` when they do not fit, and nothing of them was kept.
    mutating func storeAttachments(
        _ messages: [Message?]
    ) throws(QueueFailure) -> [[AttachmentPlace]]? {
        let mark = segments.mark
        var places: [[AttachmentPlace]] = []
        for message in messages {
            var own: [AttachmentPlace] = []
            for attachment in message?.attachments ?? [] {
                do throws(QueueFailure) {
                    own.append(try segments.append(attachment))
                } catch  where error.code == .storageFull {
                    segments.rollBack(to: mark)
                    return nil
                } catch {
                    throw error
                }
            }
            places.append(own)
        }
        return places
    }

    /// Adds a message to the group; `page` is `nil` for one that enters.
    mutating func store(
        _ message: Message,
        page: Int?,
        _ outcome: Outcome?,
        _ attachments: [AttachmentPlace]
    ) -> QueueEntry? {
        let position = memory.nextPosition
        memory.nextPosition += 1
        let page = message.isOwnRoot ? position : page ?? position
        builder.add(
            message,
            page: page,
            end: outcome.map { EndRecord($0) },
            attachments: attachments
        )
        memory.note(message.id, at: position)
        guard let stage = message.kind.stage else { return nil }
        var record = OpenRecord(
            root: message.root,
            page: page,
            stage: stage,
            bytes: message.contentBytes,
            lane: message.lane,
            queuedAt: now
        )
        record.key = Lineage.key(of: message)
        if let key = record.key { memory.keys[OpenKey(stage: stage, key: key)] = position }
        memory.open.open(position, stage, message.priority)
        memory.keep(record, at: position)
        var entry = Self.entry(position, record, message.priority)
        if let notBefore = message.notBefore {
            memory.fail(position, OpenFailure(attempts: 0, notBefore: notBefore, killers: []))
            entry.notBefore = notBefore
        }
        return entry
    }

    /// The place of a page's first message by its identity; `nil` when it is new.
    func position(ofPage root: MessageID) throws(QueueFailure) -> Int? {
        if let position = memory.recentPosition(of: root) { return position }
        guard memory.mayBeSealed(root) else { return nil }
        return try asking { try index.sealedPage(root) }
    }

    /// The place of an output that was stored before.
    func storedPosition(
        of output: Message,
        from record: OpenRecord
    ) throws(QueueFailure) -> Int? {
        let id = output.id
        if let position = memory.recentPosition(of: id) { return position }
        if output.isOwnRoot { return try position(ofPage: id) }
        // The index has no rows of what no stage takes: an outcome would be looked for in vain.
        guard record.wasReopened, output.kind.stage != nil else { return nil }
        return try asking { try index.position(of: id, inPage: record.page) }
    }

    /// The place of the open message that has this one's key.
    func openPlace(of message: Message) -> Int? {
        guard let key = Lineage.key(of: message), let stage = message.kind.stage else {
            return nil
        }
        return memory.keys[OpenKey(stage: stage, key: key)]
    }

    /// What is known of a message that a stage takes; `nil` when there is none at this place.
    mutating func record(at position: Int) throws(QueueFailure) -> OpenRecord? {
        if let record = memory.record(at: position) { return record }
        do throws(QueueFailure) {
            let (message, at, _) = try reader.message(at: position)
            guard var record = OpenRecord(message, at: at) else { return nil }
            // Whether it was opened again is not in its record.
            record.wasReopened = true
            return record
        } catch  where error.code == .contentUnreadable {
            // The index may still know enough to end it.
            return try asking { try index.record(at: position) }
        } catch {
            throw error
        }
    }

    /// The entry of an open message.
    mutating func entry(at position: Int) throws(QueueFailure) -> QueueEntry? {
        guard let (_, priority) = memory.open.find(position),
            let record = try record(at: position)
        else { return nil }
        var entry = Self.entry(position, record, priority)
        if memory.open.hasFailed(position), let failure = try failure(at: position) {
            entry.attempts = failure.attempts
            entry.notBefore = failure.notBefore
            entry.killers = failure.killers
            entry.excused = failure.excused
        }
        return entry
    }

    private func failure(at position: Int) throws(QueueFailure) -> OpenFailure? {
        if let failure = memory.failure(at: position) { return failure }
        return try asking { try index.failure(at: position) }
    }

    private static func entry(
        _ position: Int,
        _ record: OpenRecord,
        _ priority: MessageClass
    ) -> QueueEntry {
        QueueEntry(
            position: position,
            stage: record.stage,
            priority: priority,
            bytes: record.bytes,
            lane: record.lane,
            queuedAt: record.queuedAt
        )
    }

    /// Asks the index.
    func asking<Value>(_ query: () throws -> Value) throws(QueueFailure) -> Value {
        do {
            return try query()
        } catch {
            throw QueueFailure(error, path: index.path)
        }
    }
}

// Refills.
extension JournalCore {
    /// Open messages of one class, or of one lane of it, behind a place; `indexed` is the first
    /// place that the index does not know.
    mutating func openEntries(
        _ request: RefillRequest,
        indexed: Int
    ) throws(QueueFailure) -> [QueueEntry] {
        guard let lane = request.lane else {
            return try entries(behind: request.after, request) { _ in true }
        }
        var entries = try indexedEntries(request, lane, before: indexed)
        guard entries.count < request.limit else { return entries }
        let rest = RefillRequest(
            stage: request.stage,
            priority: request.priority,
            after: max(request.after, indexed - 1),
            limit: request.limit - entries.count
        )
        entries += try self.entries(behind: rest.after, rest) { $0.lane == lane }
        return entries
    }

    private mutating func entries(
        behind position: Int,
        _ request: RefillRequest,
        where isWanted: (OpenRecord) -> Bool
    ) throws(QueueFailure) -> [QueueEntry] {
        var entries: [QueueEntry] = []
        var place = position
        while entries.count < request.limit,
            let next = memory.open.next(request.stage, request.priority, after: place)
        {
            place = next
            guard let record = try record(at: next), isWanted(record) else { continue }
            memory.keep(record, at: next)
            if let entry = try entry(at: next) { entries.append(entry) }
        }
        return entries
    }

    private mutating func indexedEntries(
        _ request: RefillRequest,
        _ lane: String,
        before indexed: Int
    ) throws(QueueFailure) -> [QueueEntry] {
        var entries: [QueueEntry] = []
        // What is closed lies mostly in front of what is open.
        let first = memory.open.next(request.stage, request.priority, after: request.after)
        guard var place = first.map({ $0 - 1 }) else { return [] }
        while entries.count < request.limit {
            let after = place
            let slice = max(request.limit, Self.laneSlice)
            let positions = try asking {
                try index.positions(request.stage, lane: lane, after: after, limit: slice)
            }
            for position in positions where position < indexed && entries.count < request.limit {
                guard let found = memory.open.find(position), found.priority == request.priority
                else { continue }
                if let entry = try entry(at: position) { entries.append(entry) }
            }
            guard let last = positions.last, positions.count == slice else { break }
            place = last
        }
        return entries
    }

    /// Places of a lane that are looked up at a time.
    private static let laneSlice = 256
}
