import Synchronization
package import WirecopyMessages

/// A journal without a disk, for tests and simulations; everything is lost when it is released.
package final class InMemoryJournal: Journal {
    package let name = "in-memory"
    private let contents = Mutex(Contents())

    /// Makes an empty journal.
    package init() {}

    package func state() throws(QueueFailure) -> JournalState {
        contents.withLock { $0.state }
    }

    package func commit(
        _ changes: [JournalChange],
        now: Instant
    ) throws(QueueFailure) -> [JournalAnswer] {
        contents.withLock { contents in changes.map { contents.apply($0, now: now) } }
    }

    package func openEntries(_ request: RefillRequest) throws(QueueFailure) -> [QueueEntry] {
        contents.withLock { contents in
            let entries = contents.open.values.filter {
                $0.stage == request.stage && $0.priority == request.priority
                    && $0.position > request.after
                    && (request.lane == nil || $0.lane == request.lane)
            }
            return Array(entries.sorted { $0.position < $1.position }.prefix(request.limit))
        }
    }

    package func openEntries(at positions: [Int]) throws(QueueFailure) -> [QueueEntry] {
        contents.withLock { contents in positions.compactMap { contents.open[$0] } }
    }

    package func message(at position: Int) throws(QueueFailure) -> Message {
        let message = contents.withLock { contents in
            contents.log.indices.contains(position - 1) ? contents.log[position - 1].message : nil
        }
        guard let message else {
            throw QueueFailure(.contentUnreadable, "There is no message at place \(position).")
        }
        return message
    }

    /// How the page of this root ended; `nil` while it is in flight or when it never entered.
    package func outcome(of root: MessageID) -> OutcomeKind? {
        contents.withLock { $0.ledger[root] ?? nil }
    }

    /// Ends of deliveries stored for the message at a place, oldest first.
    package func failures(at position: Int) -> [FailedDelivery] {
        contents.withLock { $0.failures.filter { $0.lease.position == position } }
    }
}

/// The tables of the journal.
private struct Contents {
    struct Row {
        let message: Message
        let queuedAt: Instant
    }

    var log: [Row] = []
    var positions: [MessageID: Int] = [:]
    var open: [Int: QueueEntry] = [:]
    var ledger: [MessageID: OutcomeKind?] = [:]
    var failures: [FailedDelivery] = []
    var dead: Set<Int> = []
    var paused: Set<StageName> = []
    /// Places of open messages by stage and key.
    var openKeys: [StageName: [String: Int]] = [:]
    var laneHolds: [StageName: [String: Instant]] = [:]

    var state: JournalState {
        var state = JournalState()
        for stage in StageName.allCases {
            for priority in MessageClass.allCases {
                let messages = open.values.count { $0.stage == stage && $0.priority == priority }
                guard messages > 0 else { continue }
                state.openCounts.append(
                    .init(stage: stage, priority: priority, messages: messages)
                )
            }
            let letters = dead.count { log[$0 - 1].message.kind.consumer == stage }
            if letters > 0 { state.deadCounts[stage] = letters }
        }
        state.paused = paused
        for stage in StageName.allCases {
            for (lane, until) in (laneHolds[stage] ?? [:]).sorted(by: { $0.key < $1.key }) {
                state.laneHolds.append(.init(stage: stage, lane: lane, until: until))
            }
        }
        return state
    }

    mutating func apply(_ change: JournalChange, now: Instant) -> JournalAnswer {
        switch change {
        case .append(let message): append(message, now: now)
        case .acknowledge(let position, let outputs, let stage):
            acknowledge(position, outputs, as: stage, now: now)
        case .fail(let failure): fail(failure)
        case .replay(let position, let priority): replay(position, priority)
        case .pause(let stage, let isPaused): pause(stage, isPaused)
        case .holdLane(let stage, let lane, let until): hold(stage, lane, until)
        }
    }

    private mutating func append(_ message: Message, now: Instant) -> JournalAnswer {
        if let fault = Lineage.fault(entering: message) { return .refused(fault) }
        guard positions[message.id] == nil else { return .known }
        if let place = openPlace(of: message) { return .duplicateKey(place) }
        return .appended(store(message, now: now))
    }

    private mutating func acknowledge(
        _ position: Int,
        _ outputs: [Message],
        as stage: StageName?,
        now: Instant
    ) -> JournalAnswer {
        guard let entry = open[position] else { return .unchanged }
        guard stage == nil || stage == entry.stage else { return .otherStage(entry.stage) }
        let root = log[position - 1].message.root
        if let fault = Lineage.fault(in: outputs, root: root) ?? Lineage.unreadable(outputs) {
            return .refused(fault)
        }
        shut(position)
        return .acknowledged(outputs.map { store($0, now: now) })
    }

    private mutating func fail(_ failure: FailedDelivery) -> JournalAnswer {
        let position = failure.lease.position
        guard var entry = open[position] else { return .unchanged }
        failures.append(failure)
        switch failure.next {
        case .delayed(let until):
            entry.attempts = failure.lease.attempt
            entry.priority = failure.priority
            entry.notBefore = until
            entry.killers = failure.killers
            entry.excused = failure.excused
            open[position] = entry
        case .dead:
            shut(position)
            dead.insert(position)
            ledger[log[position - 1].message.root] = .some(.dead)
        }
        return .failed
    }

    private mutating func replay(_ position: Int, _ priority: MessageClass) -> JournalAnswer {
        guard log.indices.contains(position - 1), open[position] == nil,
            let entry = reopen(position, priority)
        else { return .unchanged }
        return .replayed(entry, wasDead: dead.remove(position) != nil)
    }

    private mutating func pause(_ stage: StageName, _ isPaused: Bool) -> JournalAnswer {
        if isPaused { paused.insert(stage) } else { paused.remove(stage) }
        return .paused
    }

    private mutating func hold(
        _ stage: StageName,
        _ lane: String,
        _ until: Instant?
    ) -> JournalAnswer {
        laneHolds[stage, default: [:]][lane] = until
        return .laneHeld
    }

    private mutating func store(_ message: Message, now: Instant) -> QueueEntry? {
        if let position = positions[message.id] {
            // Stored before, and handed in again by another delivery: it must not end there.
            close(message)
            guard !message.isOwnRoot else { return open[position] }
            return open[position] ?? reopen(position, message.priority)
        }
        guard openPlace(of: message) == nil else { return nil }
        log.append(Row(message: message, queuedAt: now))
        positions[message.id] = log.count
        if message.isOwnRoot { ledger[message.root] = .some(nil) }
        close(message)
        guard var entry = entry(log.count, message.priority) else { return nil }
        entry.notBefore = message.notBefore
        open(entry)
        return entry
    }

    private mutating func open(_ entry: QueueEntry) {
        open[entry.position] = entry
        guard let key = Lineage.key(of: log[entry.position - 1].message) else { return }
        openKeys[entry.stage, default: [:]][key] = entry.position
    }

    private mutating func shut(_ position: Int) {
        guard let entry = open.removeValue(forKey: position),
            let key = Lineage.key(of: log[position - 1].message)
        else { return }
        openKeys[entry.stage]?[key] = nil
    }

    /// The place of the open message that has this one's key.
    private func openPlace(of message: Message) -> Int? {
        guard let key = Lineage.key(of: message), let stage = message.kind.consumer else {
            return nil
        }
        return openKeys[stage]?[key]
    }

    private mutating func close(_ message: Message) {
        guard let outcome = Lineage.ending(message) else { return }
        ledger[message.root] = .some(outcome.outcome)
    }

    private mutating func reopen(_ position: Int, _ priority: MessageClass) -> QueueEntry? {
        guard openPlace(of: log[position - 1].message) == nil,
            let entry = entry(position, priority)
        else { return nil }
        open(entry)
        ledger[log[position - 1].message.root] = .some(nil)
        return entry
    }

    private func entry(_ position: Int, _ priority: MessageClass) -> QueueEntry? {
        let row = log[position - 1]
        guard let stage = row.message.kind.consumer else { return nil }
        return QueueEntry(
            position: position,
            stage: stage,
            priority: priority,
            bytes: row.message.contentBytes,
            lane: row.message.lane,
            queuedAt: row.queuedAt
        )
    }
}
