import FoundationEssentials
import GRDB
import WirecopyMessages

/// Makes single changes inside a transaction of the SQLite journal.
struct JournalWriter {
    let database: Database
    let now: Instant

    /// Makes one change; attachments go to the segments, which the caller syncs.
    mutating func apply(
        _ change: JournalChange,
        _ segments: inout SegmentStore
    ) throws -> JournalAnswer {
        switch change {
        case .append(let message): try append(message, &segments)
        case .acknowledge(let position, let outputs):
            try acknowledge(position, outputs, &segments)
        case .fail(let failure): try fail(failure)
        case .replay(let position, let priority): try replay(position, priority)
        case .pause(let stage, let isPaused): try pause(stage, isPaused)
        case .holdLane(let stage, let lane, let until): try hold(stage, lane, until)
        }
    }

    private func append(
        _ message: Message,
        _ segments: inout SegmentStore
    ) throws -> JournalAnswer {
        if let fault = Lineage.fault(entering: message) { return .refused(fault) }
        if let place = try openPlace(of: message.envelope) {
            let isStored = try JournalQueries.position(of: message.envelope.id, in: database) != nil
            return isStored ? .known : .duplicateKey(place)
        }
        guard let position = try insert(message, &segments) else { return .known }
        return .appended(try enter(message, at: position))
    }

    private func acknowledge(
        _ position: Int,
        _ outputs: [Message],
        _ segments: inout SegmentStore
    ) throws -> JournalAnswer {
        guard let row = try JournalQueries.logRow(at: position, in: database),
            let stage = row.kind.consumer
        else { return .unchanged }
        if let fault = Lineage.fault(in: outputs, root: row.root) {
            let isOpen = try JournalQueries.openEntry(at: position, in: database) != nil
            return isOpen ? .refused(fault) : .unchanged
        }
        guard try close(position, stage: stage) else { return .unchanged }
        return .acknowledged(try outputs.map { try store($0, &segments) })
    }

    private func store(
        _ message: Message,
        _ segments: inout SegmentStore
    ) throws -> QueueEntry? {
        if try openPlace(of: message.envelope) != nil,
            try JournalQueries.position(of: message.envelope.id, in: database) == nil
        {
            return nil
        }
        if let position = try insert(message, &segments) {
            return try enter(message, at: position)
        }
        // Stored before, and handed in again by another delivery: it must not end there.
        try closeLedger(message)
        guard let position = try JournalQueries.position(of: message.envelope.id, in: database)
        else { return nil }
        if let entry = try JournalQueries.openEntry(at: position, in: database) { return entry }
        guard !Lineage.isOwnRoot(message.envelope) else { return nil }
        return try reopen(position, message.envelope.priority)
    }

    private func fail(_ failure: FailedDelivery) throws -> JournalAnswer {
        let position = failure.lease.position
        guard let row = try JournalQueries.logRow(at: position, in: database),
            let stage = row.kind.consumer, try close(position, stage: stage)
        else { return .unchanged }
        try database.cachedStatement(sql: SQL.insertAttempt).execute(arguments: [
            position, failure.lease.attempt, now.milliseconds, failure.worker,
            failure.code.rawValue, failure.message,
        ])
        switch failure.next {
        case .delayed(let until):
            let attempt = failure.lease.attempt
            try open(position, stage, failure.priority, attempt: attempt, until.milliseconds)
            try database.cachedStatement(sql: SQL.setKillers).execute(arguments: [
                failure.killers.isEmpty ? nil : failure.killers.joined(separator: "\n"),
                stage.rawValue, failure.priority.rank, position,
            ])
            try takeKey(position)
        case .dead:
            try database.cachedStatement(sql: SQL.insertDeadLetter).execute(arguments: [
                position, stage.rawValue, now.milliseconds, failure.code.rawValue,
                failure.message,
            ])
            try closeLedger(row.root, Outcome(dead: failure.code, failure.message))
        }
        return .failed
    }

    private func replay(_ position: Int, _ priority: MessageClass) throws -> JournalAnswer {
        guard try JournalQueries.openEntry(at: position, in: database) == nil else {
            return .unchanged
        }
        if let key = try key(at: position), try openPlace(key) != nil { return .unchanged }
        guard let entry = try reopen(position, priority) else { return .unchanged }
        try database.cachedStatement(sql: "DELETE FROM dead_letter WHERE seq = ?")
            .execute(arguments: [position])
        return .replayed(entry, wasDead: database.changesCount > 0)
    }

    private func pause(_ stage: StageName, _ isPaused: Bool) throws -> JournalAnswer {
        try database.execute(
            sql: isPaused
                ? "INSERT OR REPLACE INTO meta(key, value) VALUES (?, 'paused')"
                : "DELETE FROM meta WHERE key = ?",
            arguments: ["stage.\(stage.rawValue)"]
        )
        return .paused
    }

    private func hold(
        _ stage: StageName,
        _ lane: String,
        _ until: Instant?
    ) throws -> JournalAnswer {
        if let until {
            try database.cachedStatement(sql: SQL.insertHold)
                .execute(arguments: [stage.rawValue, lane, until.milliseconds])
        } else {
            try database.cachedStatement(sql: SQL.deleteHold)
                .execute(arguments: [stage.rawValue, lane])
        }
        return .laneHeld
    }
}

// Rows.
extension JournalWriter {
    private enum SQL {
        static let insertLog = """
            INSERT INTO log(id, root, kind, lane, bytes, queued_at_ms) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT(id) DO NOTHING
            """
        static let insertContent = "INSERT INTO content(seq, envelope, data) VALUES (?, ?, ?)"
        static let insertAttachment = """
            INSERT INTO attachment(seq, ordinal, segment, offset, length) VALUES (?, ?, ?, ?, ?)
            """
        static let insertOpen = """
            INSERT INTO open(stage, class, seq, attempt, not_before_ms) VALUES (?, ?, ?, ?, ?)
            """
        static let setKillers =
            "UPDATE open SET killers = ? WHERE stage = ? AND class = ? AND seq = ?"
        static let insertHold =
            "INSERT OR REPLACE INTO lane_hold(stage, lane, until_ms) VALUES (?, ?, ?)"
        static let deleteHold = "DELETE FROM lane_hold WHERE stage = ? AND lane = ?"
        static let deleteOpen =
            "DELETE FROM open WHERE stage = ? AND class IN (0, 1, 2) AND seq = ?"
        static let insertLedger = """
            INSERT INTO ledger(root, subject, entered_at_ms) VALUES (?, ?, ?)
            ON CONFLICT(root) DO NOTHING
            """
        static let closeLedger = """
            UPDATE ledger SET outcome = ?, reason = ?, article = ?, closed_at_ms = ?
            WHERE root = ?
            """
        static let insertAttempt = """
            INSERT INTO attempt(seq, attempt, at_ms, worker, code, message)
            VALUES (?, ?, ?, ?, ?, ?)
            """
        static let insertDeadLetter = """
            INSERT OR REPLACE INTO dead_letter(seq, stage, at_ms, code, message)
            VALUES (?, ?, ?, ?, ?)
            """
    }

    /// Stores a message; `nil` when one of its identity is stored already.
    private func insert(_ message: Message, _ segments: inout SegmentStore) throws -> Int? {
        let envelope = message.envelope
        let insertion = try database.cachedStatement(sql: SQL.insertLog)
        try insertion.execute(arguments: [
            Data(envelope.id.bytes), Data(envelope.root.bytes), envelope.kind.rawValue,
            envelope.lane, message.contentBytes, now.milliseconds,
        ])
        guard database.changesCount > 0 else { return nil }
        let position = Int(database.lastInsertedRowID)
        try database.cachedStatement(sql: SQL.insertContent).execute(arguments: [
            position, Data(envelope.json), Data(message.data),
        ])
        for (ordinal, attachment) in message.attachments.enumerated() {
            let location = try segments.append(attachment)
            try database.cachedStatement(sql: SQL.insertAttachment).execute(arguments: [
                position, ordinal, location.segment, location.offset, location.length,
            ])
        }
        return position
    }

    /// Enters a stored message in the ledger and in its stage's queue, as far as it belongs there.
    private func enter(_ message: Message, at position: Int) throws -> QueueEntry? {
        let envelope = message.envelope
        if Lineage.isOwnRoot(envelope) {
            try database.cachedStatement(sql: SQL.insertLedger).execute(arguments: [
                Data(envelope.root.bytes), envelope.subject, now.milliseconds,
            ])
        }
        try closeLedger(message)
        guard let stage = envelope.kind.consumer else { return nil }
        let notBefore = envelope.notBefore
        try open(position, stage, envelope.priority, attempt: 0, notBefore?.milliseconds)
        if let key = Lineage.key(of: envelope) { try take(OpenKey(stage, key), position) }
        var entry = QueueEntry(
            position: position,
            stage: stage,
            priority: envelope.priority,
            bytes: message.contentBytes,
            lane: envelope.lane,
            queuedAt: now
        )
        entry.notBefore = notBefore
        return entry
    }

    private func open(
        _ position: Int,
        _ stage: StageName,
        _ priority: MessageClass,
        attempt: Int,
        _ notBefore: Int?
    ) throws {
        try database.cachedStatement(sql: SQL.insertOpen).execute(arguments: [
            stage.rawValue, priority.rank, position, attempt, notBefore,
        ])
    }

    private func close(_ position: Int, stage: StageName) throws -> Bool {
        try database.cachedStatement(sql: SQL.deleteOpen)
            .execute(arguments: [stage.rawValue, position])
        guard database.changesCount > 0 else { return false }
        try database.cachedStatement(sql: "DELETE FROM open_key WHERE seq = ?")
            .execute(arguments: [position])
        return true
    }

    private func reopen(_ position: Int, _ priority: MessageClass) throws -> QueueEntry? {
        guard let row = try JournalQueries.logRow(at: position, in: database),
            let stage = row.kind.consumer
        else { return nil }
        try open(position, stage, priority, attempt: 0, nil)
        try takeKey(position)
        try database.cachedStatement(sql: SQL.closeLedger)
            .execute(arguments: [nil, nil, nil, nil, Data(row.root.bytes)])
        return try JournalQueries.openEntry(at: position, in: database)
    }

    private func closeLedger(_ message: Message) throws {
        guard let outcome = Lineage.ending(message) else { return }
        try closeLedger(message.envelope.root, outcome)
    }

    private func closeLedger(_ root: MessageID, _ outcome: Outcome) throws {
        try database.cachedStatement(sql: SQL.closeLedger).execute(arguments: [
            outcome.outcome.rawValue, outcome.reason?.rawValue, outcome.article,
            now.milliseconds, Data(root.bytes),
        ])
    }
}

// Unique keys.
extension JournalWriter {
    /// A key as it is open in a stage.
    private struct OpenKey {
        let stage: StageName
        let key: String

        init(_ stage: StageName, _ key: String) {
            self.stage = stage
            self.key = key
        }
    }

    /// The place of the open message that has this one's key.
    private func openPlace(of envelope: Envelope) throws -> Int? {
        guard let key = Lineage.key(of: envelope), let stage = envelope.kind.consumer else {
            return nil
        }
        return try openPlace(OpenKey(stage, key))
    }

    private func openPlace(_ key: OpenKey) throws -> Int? {
        let statement = try database.cachedStatement(
            sql: "SELECT seq FROM open_key WHERE stage = ? AND key = ?"
        )
        return try Int.fetchOne(statement, arguments: [key.stage.rawValue, key.key])
    }

    /// The key of a stored message.
    private func key(at position: Int) throws -> OpenKey? {
        let statement = try database.cachedStatement(
            sql: "SELECT envelope FROM content WHERE seq = ?"
        )
        guard let json = try Data.fetchOne(statement, arguments: [position]) else { return nil }
        let envelope = try JournalQueries.envelope(Array(json), at: position)
        guard let stage = envelope.kind.consumer, let key = Lineage.key(of: envelope) else {
            return nil
        }
        return OpenKey(stage, key)
    }

    /// Takes up the key of a message that is open again.
    private func takeKey(_ position: Int) throws {
        if let key = try key(at: position) { try take(key, position) }
    }

    private func take(_ key: OpenKey, _ position: Int) throws {
        try database.cachedStatement(
            sql: "INSERT INTO open_key(stage, key, seq) VALUES (?, ?, ?)"
        ).execute(arguments: [key.stage.rawValue, key.key, position])
    }
}
