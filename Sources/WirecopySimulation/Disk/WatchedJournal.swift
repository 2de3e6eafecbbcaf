import WirecopyMessages
import WirecopyQueue

/// A journal under watch: it does what the one below does, and has the record know.
final class WatchedJournal: Journal {
    /// Names are drawn by chance and would differ from run to run.
    let name = "simulated"
    private let journal: any Journal
    private let record: CommitRecord

    init(_ journal: any Journal, _ record: CommitRecord) {
        self.journal = journal
        self.record = record
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
