import WirecopyMessages
import WirecopyQueue

/// The journal in memory, and which of its places is which of the other's.
struct Reference: Sendable {
    let journal = InMemoryJournal()
    /// The reference's place of a message, by the other's.
    private(set) var places: [Int: Int]
    /// The reference's place of a message that was open once, by its identity.
    private var positions: [MessageID: Int] = [:]

    init(places: [Int: Int] = [:]) { self.places = places }

    /// Commits a group in the reference's places.
    mutating func commit(_ group: CommitRecord.Group) -> [JournalAnswer] {
        // It has no disk, so it never fails; without answers it would differ at once.
        let answers = (try? journal.commit(group.changes, now: group.now)) ?? []
        for (change, answer) in zip(group.changes, answers) {
            for (message, entry) in zip(change.stored, answer.entries) {
                if let entry { positions[message.id] = entry.position }
            }
        }
        return answers
    }

    /// Learns which places are which from two answers to the same changes.
    mutating func learn(_ given: [JournalAnswer], _ expected: [JournalAnswer]) {
        for (given, expected) in zip(given, expected) {
            for (there, here) in zip(given.entries, expected.entries) {
                if let there, let here { places[there.position] = here.position }
            }
        }
    }

    /// Learns which places are which from what a journal holds.
    mutating func learn(_ found: JournalHolding) {
        for (id, position) in found.positions {
            if let here = positions[id] { places[position] = here }
        }
    }

    /// The change in the reference's places.
    func translate(_ change: JournalChange) -> JournalChange {
        switch change {
        case .append, .pause, .holdLane: change
        case .acknowledge(let position, let outputs, let stage):
            .acknowledge(position: place(position), outputs: outputs, stage: stage)
        case .replay(let position, let priority):
            .replay(position: place(position), priority: priority)
        case .fail(let failure): .fail(translate(failure))
        }
    }

    /// The answer in the reference's places.
    func translate(_ answer: JournalAnswer) -> JournalAnswer {
        answer.withPlaces { place($0) }
    }

    /// The answer in the other's places.
    func translateBack(_ answer: JournalAnswer) -> JournalAnswer {
        let back = Dictionary(places.map { ($0.value, $0.key) }) { $1 }
        return answer.withPlaces { back[$0] ?? 0 }
    }

    /// A place that the other never gave stays one that nobody has.
    private func place(_ position: Int) -> Int { places[position] ?? -position }

    private func translate(_ failure: FailedDelivery) -> FailedDelivery {
        let lease = LeaseID(position: place(failure.lease.position), attempt: failure.lease.attempt)
        var translated = FailedDelivery(
            lease,
            by: failure.worker,
            code: failure.code,
            message: failure.message,
            next: failure.next,
            priority: failure.priority
        )
        translated.killers = failure.killers
        translated.excused = failure.excused
        return translated
    }
}

/// Everything open in a journal by identity, and its counts.
struct JournalHolding: Equatable, Sendable {
    private let state: JournalState
    private let entries: [MessageID: QueueEntry]
    /// Places of what is open.
    let positions: [MessageID: Int]

    /// Reads everything that is open, content included.
    init(of journal: any Journal) throws(QueueFailure) {
        state = try journal.state()
        var entries: [MessageID: QueueEntry] = [:]
        var positions: [MessageID: Int] = [:]
        for stage in StageName.allCases {
            for priority in MessageClass.allCases {
                let all = RefillRequest(stage: stage, priority: priority, after: 0, limit: 1 << 20)
                for entry in try journal.openEntries(all) {
                    let id = try journal.message(at: entry.position).id
                    entries[id] = entry.at(0)
                    positions[id] = entry.position
                }
            }
        }
        self.entries = entries
        self.positions = positions
    }

    static func == (left: JournalHolding, right: JournalHolding) -> Bool {
        left.state == right.state && left.entries == right.entries
    }

    /// Whether a change was made, as far as what is open tells.
    func shows(_ change: JournalChange) -> Bool {
        switch change {
        case .append(let message): positions[message.id] != nil
        case .acknowledge(let position, _, _): !positions.values.contains(position)
        case .fail, .replay, .pause, .holdLane: true
        }
    }

    /// What another holds beyond this or lacks, as a sentence.
    func difference(to found: JournalHolding) -> String {
        let (expected, there) = (Set(entries.keys), Set(found.entries.keys))
        let changed = expected.intersection(there).sorted().first {
            entries[$0] != found.entries[$0]
        }
        let differing = changed.map { id in
            "\(String(describing: entries[id])) and \(String(describing: found.entries[id]))"
        }
        return """
            Open messages that are missing: \(expected.subtracting(there).sorted()), that should \
            not be there: \(there.subtracting(expected).sorted()); first that differ: \
            \(differing ?? "none"); expected \(state), found \(found.state).
            """
    }
}

extension JournalAnswer {
    /// Entries in it, as many as the change stored messages.
    fileprivate var entries: [QueueEntry?] {
        switch self {
        case .appended(let entry): [entry]
        case .acknowledged(let entries): entries
        default: []
        }
    }

    /// The same with other places.
    fileprivate func withPlaces(_ place: (Int) -> Int) -> JournalAnswer {
        switch self {
        case .appended(let entry): .appended(entry.map { $0.at(place($0.position)) })
        case .acknowledged(let entries):
            .acknowledged(entries.map { entry in entry.map { $0.at(place($0.position)) } })
        case .duplicateKey(let position): .duplicateKey(place(position))
        case .replayed(let entry, let wasDead):
            .replayed(entry.at(place(entry.position)), wasDead: wasDead)
        default: self
        }
    }
}

extension QueueEntry {
    /// The same entry at another place.
    fileprivate func at(_ position: Int) -> QueueEntry {
        var entry = QueueEntry(
            position: position,
            stage: stage,
            priority: priority,
            bytes: bytes,
            lane: lane,
            queuedAt: queuedAt
        )
        entry.attempts = attempts
        entry.notBefore = notBefore
        entry.killers = killers
        return entry
    }
}
