import Synchronization
import WirecopyMessages
import WirecopyQueue

/// What was committed to a journal, group by group, beside a reference in memory.
///
/// The reference gets the same changes, and its answers must be the same but for the places, which
/// a journal may choose. After a crash it says what the journal must hold: every group that was
/// answered, and the interrupted one in whole or not at all.
final class CommitRecord: Sendable {
    /// One group as the journal stored it.
    struct Commit: Sendable {
        let changes: [JournalChange]
        let answers: [JournalAnswer]
    }

    /// One group on its way to the disk.
    struct Group: Sendable {
        let changes: [JournalChange]
        let now: Instant
    }

    private struct State {
        var reference = Reference()
        /// Everything that was stored, in the places of the reference.
        var groups: [Group] = []
        var interrupted: Group?
        var fresh: [Commit] = []
        var difference: String?
    }

    private let state = Mutex(State())

    /// The reference, which holds everything that was answered.
    var reference: InMemoryJournal { state.withLock { $0.reference.journal } }

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
        state.withLock { $0.interrupted = Group(changes: changes, now: now) }
    }

    /// The group did not fit, and nothing of it is there.
    func cancel() { state.withLock { $0.interrupted = nil } }

    /// The group is answered.
    func end(_ answers: [JournalAnswer]) {
        state.withLock { state in
            guard let group = state.interrupted else { return }
            state.interrupted = nil
            let stored = zip(group.changes, answers).filter { $0.1 != .storageFull }
            let translated = Group(
                changes: stored.map { state.reference.translate($0.0) },
                now: group.now
            )
            state.groups.append(translated)
            let expected = state.reference.commit(translated)
            state.reference.learn(stored.map(\.1), expected)
            let given = stored.map { state.reference.translate($0.1) }
            if given != expected, state.difference == nil {
                state.difference = """
                    The journal answered \(given) and the reference \(expected) to \
                    \(translated.changes).
                    """
            }
            state.fresh.append(Commit(changes: group.changes, answers: answers))
        }
    }

    /// Compares a journal that was opened after a crash with what it must hold.
    ///
    /// - Returns: what is wrong with it, as a sentence; `nil` when nothing is.
    func check(_ journal: any Journal) throws(QueueFailure) -> String? {
        let found = try JournalHolding(of: journal)
        let (expected, interrupted) = try state.withLock { state throws(QueueFailure) in
            (try JournalHolding(of: state.reference.journal), state.interrupted)
        }
        guard let interrupted else {
            return found == expected ? nil : expected.difference(to: found)
        }
        state.withLock { $0.interrupted = nil }
        if found == expected { return nil }
        // On a full disk the journal may have refused some of the group's changes.
        let visible = interrupted.changes.filter { found.shows($0) }
        for changes in [interrupted.changes, visible] {
            let group = Group(changes: changes, now: interrupted.now)
            if try adopt(group, found) { return nil }
        }
        return """
            Neither with nor without the \(interrupted.changes.count) changes of the interrupted \
            group: \(expected.difference(to: found))
            """
    }

    /// Takes an interrupted group for stored, if the journal holds just what it would hold then.
    private func adopt(_ group: Group, _ found: JournalHolding) throws(QueueFailure) -> Bool {
        let (groups, reference) = state.withLock { ($0.groups, $0.reference) }
        let translated = Group(
            changes: group.changes.map(reference.translate),
            now: group.now
        )
        var rebuilt = Reference(places: reference.places)
        for group in groups { _ = rebuilt.commit(group) }
        let answers = rebuilt.commit(translated)
        guard try JournalHolding(of: rebuilt.journal) == found else { return false }
        rebuilt.learn(found)
        state.withLock { state in
            state.reference = rebuilt
            state.groups.append(translated)
            let told = answers.map { rebuilt.translateBack($0) }
            state.fresh.append(Commit(changes: group.changes, answers: told))
        }
        return true
    }

    /// A copy of the reference that a lying journal may use.
    func copy() -> InMemoryJournal {
        var copy = Reference()
        for group in state.withLock({ $0.groups }) { _ = copy.commit(group) }
        return copy.journal
    }
}
