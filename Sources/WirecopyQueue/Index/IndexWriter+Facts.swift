import GRDB
import WirecopyMessages

// Facts.
extension IndexWriter {
    func store(_ message: StoredMessage, _ position: Int, at: Instant) throws {
        let lane = try word(message.lane)
        if message.isOwnRoot {
            let subject = message.subject ?? ""
            let entry = PageBatch.Entry(root: message.root, subject: subject, lane: lane, at: at)
            pages.enter(position, entry)
            pages.setEnd(position, .inFlight)
            unsealed.append(
                IndexLookup.Page(
                    root: message.root.lookupHash,
                    subject: Checksum.of(subject),
                    position: position
                )
            )
            let milliseconds = message.id.milliseconds
            let range = unsealedMilliseconds ?? milliseconds...milliseconds
            unsealedMilliseconds =
                min(range.lowerBound, milliseconds)...max(range.upperBound, milliseconds)
        } else {
            pages.addStep(position, to: message.page)
        }
        if let end = message.end { pages.setEnd(message.page, .ended(end, at: at)) }
        if let last = message.attachments.last {
            checkpoint.lastAttachment = last.location
            fileUse.note(message.attachments)
        }
        guard let stage = message.kind.stage else { return }
        open.open(position, stage, message.priority)
        pages.opened(message.page, 1)
        if let key = message.key { try take(key, position, stage) }
        if let notBefore = message.notBefore {
            let delay = OpenFailure(attempts: 0, notBefore: notBefore, killers: [])
            try note(delay, at: position)
        }
        try insert(message, position, lane: lane, at: at)
    }

    private func insert(
        _ message: StoredMessage,
        _ position: Int,
        lane: Int,
        at: Instant
    ) throws {
        fileUse.noteMessage()
        let row = statements.insertMessage
        row.bind(1, position)
        row.bind(2, message.page)
        row.bind(3, message.kind.number)
        row.bind(4, lane)
        row.bind(5, message.bytes)
        row.bind(6, at.milliseconds)
        row.bind(7, try message.stageVersion.map { try word($0) })
        if message.isOwnRoot {
            row.bind(8, nil as Int?)
        } else {
            row.bind(8, words: message.id.words)
        }
        try row.run()
    }

    func close(_ position: Int, _ page: Int, _ stage: StageName) throws {
        guard open.close(position, stage) else { return }
        pages.opened(page, -1)
        if keyed.remove(position) != nil {
            statements.deleteOpenKey.bind(1, position)
            try statements.deleteOpenKey.run()
        }
        try forgetFailures(position)
    }

    private func forgetFailures(_ position: Int) throws {
        guard open.hasFailed(position) else { return }
        open.setFailed(position, false)
        statements.deleteOpenState.bind(1, position)
        try statements.deleteOpenState.run()
    }

    func fail(_ failure: FailureRecord, at: Instant) throws {
        let row = statements.insertAttempt
        row.bind(1, failure.position)
        row.bind(2, failure.attempt)
        row.bind(3, at.milliseconds)
        row.bind(4, failure.worker)
        row.bind(5, failure.code)
        row.bind(6, failure.message)
        try row.run()
        guard let until = failure.until else { return try bury(failure, at: at) }
        open.close(failure.position, failure.stage)
        open.open(failure.position, failure.stage, failure.priority)
        let state = OpenFailure(
            attempts: failure.attempt,
            notBefore: until,
            killers: failure.killers
        )
        try note(state, at: failure.position)
    }

    private func note(_ failure: OpenFailure, at position: Int) throws {
        open.setFailed(position, true)
        let state = statements.setOpenState
        state.bind(1, position)
        state.bind(2, failure.attempts)
        state.bind(3, failure.notBefore?.milliseconds)
        state.bind(4, failure.killers.joined(separator: "\n"))
        try state.run()
    }

    private func bury(_ failure: FailureRecord, at: Instant) throws {
        try close(failure.position, failure.page, failure.stage)
        open.setDead(failure.position, failure.stage, true)
        let row = statements.insertDeadLetter
        row.bind(1, failure.position)
        row.bind(2, failure.stage.rawValue)
        row.bind(3, at.milliseconds)
        row.bind(4, failure.code)
        row.bind(5, failure.message)
        try row.run()
        let end = EndRecord(
            outcome: OutcomeKind.dead.rawValue,
            reason: failure.code,
            article: nil
        )
        pages.setEnd(failure.page, .ended(end, at: at))
    }

    func reopen(_ reopened: ReopenRecord) throws {
        guard !open.isOpen(reopened.position) else { return }
        open.open(reopened.position, reopened.stage, reopened.priority)
        pages.opened(reopened.page, 1)
        pages.setEnd(reopened.page, .inFlight)
        if let key = reopened.key { try take(key, reopened.position, reopened.stage) }
        guard reopened.wasDead else { return }
        open.setDead(reopened.position, reopened.stage, false)
        statements.deleteDeadLetter.bind(1, reopened.position)
        try statements.deleteDeadLetter.run()
    }

    private func take(_ key: String, _ position: Int, _ stage: StageName) throws {
        keyed.insert(position)
        statements.insertOpenKey.bind(1, position)
        statements.insertOpenKey.bind(2, stage.number)
        statements.insertOpenKey.bind(3, key)
        try statements.insertOpenKey.run()
    }

    /// The number of a lane or a stage version.
    private func word(_ text: String) throws -> Int {
        if let id = words[text] { return id }
        if words.count >= Self.wordsMax { words.removeAll() }
        statements.findWord.bind(1, text)
        if try statements.findWord.step() {
            let id = statements.findWord.number(0)
            statements.findWord.reset()
            words[text] = id
            return id
        }
        lastWord += 1
        statements.insertWord.bind(1, lastWord)
        statements.insertWord.bind(2, text)
        try statements.insertWord.run()
        words[text] = lastWord
        return lastWord
    }
}
