import FoundationEssentials
import GRDB
package import WirecopyMessages

/// Read-only questions to a journal: the balance, the way of a page, what was given up, what a
/// replay would send.
///
/// The broker asks them for `ADMIN`; the `wirecopy` command asks them of the journal's directory
/// when no broker runs. Each answer is a snapshot of one moment.
package struct JournalReports: Sendable {
    let reader: any DatabaseReader
    let directory: String

    /// Opens the journal in a directory for reading, whether or not a broker writes it.
    ///
    /// - Throws: `journalMissing`, `journalTooNew`, `journalBroken`.
    package init(openingReadOnly directory: String) throws(QueueFailure) {
        let path = SQLiteJournal.databasePath(in: directory)
        guard FileManager.default.fileExists(atPath: path) else {
            throw QueueFailure(.journalMissing, "There is no journal in \(directory).")
        }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            guard try queue.read({ try JournalSchema.name(in: $0, path: path) }) != nil else {
                throw QueueFailure(.journalMissing, "The journal in \(directory) is empty.")
            }
            reader = queue
        } catch {
            throw QueueFailure(error, path: path)
        }
        self.directory = directory
    }

    init(_ journal: SQLiteJournal) {
        reader = journal.pool
        directory = journal.directory
    }

    /// The message at a place, with its attachments.
    package func message(at position: Int) throws(QueueFailure) -> Message {
        try reading { [directory] database in
            try JournalQueries.message(at: position, in: database, directory: directory)
        }
    }

    /// The balance of everything that ever entered.
    package func ledger() throws(QueueFailure) -> LedgerReport {
        try reading { database in
            var report = LedgerReport(
                entered: 0,
                inFlight: 0,
                openMessages: 0,
                lost: 0,
                outcomes: [:],
                reasons: [:]
            )
            let groups = "SELECT outcome, reason, count(*) FROM ledger GROUP BY outcome, reason"
            for row in try Row.fetchAll(database, sql: groups) {
                let count: Int = row[2]
                report.entered += count
                if let outcome = row[0] as String? {
                    report.outcomes[outcome, default: 0] += count
                } else {
                    report.inFlight += count
                }
                if let reason = row[1] as String? { report.reasons[reason, default: 0] += count }
            }
            report.openMessages =
                try Int.fetchOne(database, sql: "SELECT count(*) FROM open") ?? 0
            report.lost = try Int.fetchOne(database, sql: Self.lostQuery) ?? 0
            return report
        }
    }

    /// Pages in flight for which no message is open.
    private static let lostQuery = """
        SELECT count(*) FROM ledger AS g WHERE g.outcome IS NULL AND NOT EXISTS (
            SELECT 1 FROM log AS l WHERE l.root = g.root AND \(isOpen)
        )
        """

    /// Whether the message `l` is open; the key of `open` begins with the stage.
    static let isOpen = """
        EXISTS (
            SELECT 1 FROM open AS o WHERE o.stage = CASE l.kind \(
            StageName.allCases
                .map { "WHEN '\($0.input.rawValue)' THEN '\($0.rawValue)'" }
                .joined(separator: " ")
            ) END AND o.class IN (0, 1, 2) AND o.seq = l.seq
        )
        """

    func reading<Value>(_ body: (Database) throws -> Value) throws(QueueFailure) -> Value {
        do {
            return try reader.read(body)
        } catch {
            throw QueueFailure(error, path: SQLiteJournal.databasePath(in: directory))
        }
    }
}

extension SQLiteJournal {
    /// Read-only questions to this journal.
    package var reports: JournalReports { JournalReports(self) }
}
