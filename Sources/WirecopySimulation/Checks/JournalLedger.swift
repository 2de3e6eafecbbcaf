import WirecopyBroker
import WirecopyMessages
import WirecopyQueue

/// What the journal holds, kept from its answers; and its checks.
struct JournalLedger {
    /// A message that the journal stored.
    struct Row {
        let id: MessageID
        let root: MessageID
        let stage: StageName
        let lane: String
        let bytes: Int
        let key: String?
        /// It is open now.
        var isOpen = true
        var isDead = false
        /// The first moment at which it may be delivered.
        var notBefore: Instant?
        /// A delivery failed since it was opened.
        var hasFailed = false
        /// The last delivery.
        var delivered: LeaseID?
        /// Deliveries since it was opened that ended by the machine's trouble.
        var excused = 0
        /// Its priority now.
        var priority = MessageClass.live

        /// Whether it waits for the moment that was set when it entered.
        var isStanding: Bool { isOpen && key != nil && notBefore != nil && !hasFailed }
    }

    private(set) var rows: [Int: Row] = [:]
    private(set) var openCount = 0
    /// Until when lanes rest, by the broker's clock.
    private(set) var holds: [StageName: [String: Instant]] = [:]
    private var openKeys: [StageName: [String: Int]] = [:]
    /// Deliveries that ended because their worker was lost, and others that ended badly.
    private(set) var lostDeliveries = 0
    private(set) var failedDeliveries = 0
    private(set) var appended = 0
    private(set) var paused: Set<StageName> = []
    /// Places of messages that were finished, dead or alive.
    private(set) var finished = 0

    subscript(position: Int) -> Row? { rows[position] }

    /// Notes that a message is delivered.
    ///
    /// - Returns: whether it was delivered before under the same lease.
    mutating func noteDelivery(_ lease: LeaseID) -> Bool {
        defer { rows[lease.position]?.delivered = lease }
        return rows[lease.position]?.delivered == lease
    }

    /// Takes over what a group changed.
    mutating func take(_ commit: CommitRecord.Commit, _ world: inout World) {
        for (change, answer) in zip(commit.changes, commit.answers) {
            switch (change, answer) {
            case (.append(let message), .appended(let entry)):
                world[message.root]?.isJournalled = true
                appended += 1
                enter(message, entry, &world)
            case (.acknowledge(let position, let outputs, _), .acknowledged(let entries)):
                close(position, isDead: false)
                for (output, entry) in zip(outputs, entries) { enter(output, entry, &world) }
            case (.fail(let failure), .failed): fail(failure)
            case (.replay(let position, _), .replayed(let entry, _)):
                if let root = rows[position]?.root { world[root]?.replays += 1 }
                open(entry, &world)
            case (.holdLane(let stage, let lane, let until), .laneHeld):
                holds[stage, default: [:]][lane] = until
            case (.pause(let stage, let isPaused), .paused):
                if isPaused { paused.insert(stage) } else { paused.remove(stage) }
            default: continue
            }
        }
    }

    private mutating func enter(_ message: Message, _ entry: QueueEntry?, _ world: inout World) {
        guard let entry else { return }
        if message.isOwnRoot { world[message.root]?.isJournalled = true }
        if rows[entry.position] == nil {
            rows[entry.position] = Row(
                id: message.id,
                root: message.root,
                stage: entry.stage,
                lane: entry.lane,
                bytes: entry.bytes,
                key: message.key,
                isOpen: false
            )
        }
        open(entry, &world)
    }

    private mutating func open(_ entry: QueueEntry, _ world: inout World) {
        guard var row = rows[entry.position] else { return }
        if !row.isOpen { openCount += 1 }
        if !row.isOpen { (row.excused, row.hasFailed) = (0, false) }
        row.isOpen = true
        row.isDead = false
        row.notBefore = entry.notBefore
        row.priority = entry.priority
        rows[entry.position] = row
        guard let key = row.key else { return }
        if let other = openKeys[row.stage]?[key], other != entry.position {
            world.findings.append(
                "Messages \(other) and \(entry.position) are open with the key \(key)."
            )
        }
        openKeys[row.stage, default: [:]][key] = entry.position
    }

    private mutating func close(_ position: Int, isDead: Bool) {
        guard var row = rows[position] else { return }
        if row.isOpen {
            openCount -= 1
            finished += 1
        }
        row.isOpen = false
        row.isDead = isDead
        rows[position] = row
        if let key = row.key { openKeys[row.stage]?[key] = nil }
    }

    private mutating func fail(_ failure: FailedDelivery) {
        failedDeliveries += 1
        if failure.code == .workerLost { lostDeliveries += 1 }
        switch failure.next {
        case .dead: close(failure.lease.position, isDead: true)
        case .delayed(let until):
            rows[failure.lease.position]?.notBefore = until
            rows[failure.lease.position]?.hasFailed = true
            if failure.code.isExcused { rows[failure.lease.position]?.excused += 1 }
            rows[failure.lease.position]?.priority = failure.priority
        }
    }
}
