import Synchronization
import WirecopyMessages
import WirecopyQueue

/// What was committed to a journal, group by group, beside a reference in memory.
///
/// The reference gets the same changes; its answers must be the same. After a crash it says what
/// the journal must hold: every group that was answered, and the interrupted one in whole or not
/// at all.
final class CommitRecord: Sendable {
    /// One group that a journal was asked to store.
    struct Commit: Sendable {
        let changes: [JournalChange]
        let answers: [JournalAnswer]
    }

    fileprivate struct State {
        var reference = InMemoryJournal()
        var groups: [(changes: [JournalChange], now: Instant)] = []
        var interrupted: (changes: [JournalChange], now: Instant)?
        var fresh: [Commit] = []
        var difference: String?
    }

    private let state = Mutex(State())

    /// The reference, which holds everything that was answered.
    var reference: InMemoryJournal { state.withLock { $0.reference } }

    /// A difference between the answers of the journal and of the reference, if there was one.
    var difference: String? { state.withLock { $0.difference } }

    /// Takes the commits since the last call.
    func takeCommits() -> [Commit] {
        state.withLock { state in
            defer { state.fresh = [] }
            return state.fresh
        }
    }

    /// A group is on its way to the disk.
    func begin(_ changes: [JournalChange], now: Instant) {
        state.withLock { $0.interrupted = (changes, now) }
    }

    /// The group did not fit, and nothing of it is there.
    func cancel() { state.withLock { $0.interrupted = nil } }

    /// The group is answered.
    func end(_ answers: [JournalAnswer]) {
        state.withLock { state in
            guard let (changes, now) = state.interrupted else { return }
            state.interrupted = nil
            let stored = zip(changes, answers).filter { $0.1 != .storageFull }
            let expected = state.apply(stored.map(\.0), now: now)
            if expected != stored.map(\.1), state.difference == nil {
                state.difference = """
                    The journal answered \(stored.map(\.1)) and the reference \(expected) \
                    to \(stored.map(\.0)).
                    """
            }
            state.fresh.append(Commit(changes: changes, answers: answers))
        }
    }

    /// Compares a journal that was opened after a crash with what it must hold.
    ///
    /// - Returns: what is wrong with it, as a sentence; `nil` when nothing is.
    func check(_ journal: any Journal) throws(QueueFailure) -> String? {
        let (reference, interrupted) = state.withLock { ($0.reference, $0.interrupted) }
        let found = try Holding(of: journal)
        let expected = try Holding(of: reference)
        guard let (changes, now) = interrupted else {
            return found == expected ? nil : expected.difference(to: found)
        }
        state.withLock { $0.interrupted = nil }
        if found == expected { return nil }
        // On a full disk new messages may have been refused within the group.
        let small = changes.filter { $0.isSmall }
        for variant in [changes, small] {
            let (rebuilt, commit) = try rebuild(adding: variant, now: now)
            guard try Holding(of: rebuilt) == found else { continue }
            state.withLock { state in
                state.reference = rebuilt
                state.groups.append((variant, now))
                state.fresh.append(commit)
            }
            return nil
        }
        return "With or without the interrupted group: " + expected.difference(to: found)
    }

    /// A copy of the reference.
    func copy() throws(QueueFailure) -> InMemoryJournal {
        let copy = InMemoryJournal()
        for group in state.withLock({ $0.groups }) {
            _ = try copy.commit(group.changes, now: group.now)
        }
        return copy
    }

    private func rebuild(
        adding changes: [JournalChange],
        now: Instant
    ) throws(QueueFailure) -> (InMemoryJournal, Commit) {
        let rebuilt = try copy()
        let answers = try rebuilt.commit(changes, now: now)
        return (rebuilt, Commit(changes: changes, answers: answers))
    }
}

extension CommitRecord.State {
    fileprivate mutating func apply(_ changes: [JournalChange], now: Instant) -> [JournalAnswer] {
        groups.append((changes, now))
        // The reference has no disk, so it never fails.
        return (try? reference.commit(changes, now: now)) ?? []
    }
}

/// Everything open in a journal, and its counts.
private struct Holding: Equatable {
    let state: JournalState
    let entries: [QueueEntry]

    init(of journal: any Journal) throws(QueueFailure) {
        state = try journal.state()
        var entries: [QueueEntry] = []
        for stage in StageName.allCases {
            for priority in MessageClass.allCases {
                let all = RefillRequest(stage: stage, priority: priority, after: 0, limit: .max)
                entries += try journal.openEntries(all)
            }
        }
        self.entries = entries
    }

    func difference(to found: Holding) -> String {
        let (expected, there) = (Set(entries.map(\.position)), Set(found.entries.map(\.position)))
        let changed = zip(entries, found.entries).first { $0 != $1 }
        return """
            Open messages that are missing: \(expected.subtracting(there).sorted()), that should \
            not be there: \(there.subtracting(expected).sorted()); first that differ: \
            \(changed.map { "\($0.0) and \($0.1)" } ?? "none"); dead letters expected \
            \(state.deadCounts), found \(found.state.deadCounts); stages held \(state.paused), \
            found \(found.state.paused).
            """
    }
}

extension JournalChange {
    /// Whether it fits on a full disk.
    fileprivate var isSmall: Bool {
        if case .append = self { return false }
        return true
    }
}

/// A journal under watch: it does what the one below does, and has the record know.
final class WatchedJournal: Journal {
    let name: String
    private let journal: any Journal
    private let record: CommitRecord

    init(_ journal: any Journal, _ record: CommitRecord) {
        self.journal = journal
        self.record = record
        name = journal.name
    }

    func state() throws(QueueFailure) -> JournalState { try journal.state() }

    func commit(
        _ changes: [JournalChange],
        now: Instant
    ) throws(QueueFailure) -> [JournalAnswer] {
        record.begin(changes, now: now)
        do throws(QueueFailure) {
            let answers = try journal.commit(changes, now: now)
            record.end(answers)
            return answers
        } catch {
            if error.code == .storageFull { record.cancel() }
            throw error
        }
    }

    func openEntries(_ request: RefillRequest) throws(QueueFailure) -> [QueueEntry] {
        try journal.openEntries(request)
    }

    func openEntries(at positions: [Int]) throws(QueueFailure) -> [QueueEntry] {
        try journal.openEntries(at: positions)
    }

    func message(at position: Int) throws(QueueFailure) -> Message {
        try journal.message(at: position)
    }
}
