import FoundationEssentials
import GRDB
package import WirecopyMessages

// The way of a page, and what was given up.
extension JournalReports {
    /// The whole way of the pages of one URL, or of one lineage, oldest first.
    ///
    /// A message under a lease is told as `ready`: leases are known to the broker alone.
    ///
    /// - Throws: `requestInvalid` when neither URL nor root is given.
    package func trace(
        _ request: TraceRequest,
        now: Instant
    ) throws(QueueFailure) -> TraceReport {
        try reading { database in
            let rows = try ledgerRows(request, in: database)
            return TraceReport(
                lineages: try rows.reversed().map { try lineage($0, in: database, now: now) }
            )
        }
    }

    /// Messages given up, newest first.
    package func deadLetters(
        _ request: DeadLetterRequest
    ) throws(QueueFailure) -> DeadLetterReport {
        try reading { database in
            let query = """
                SELECT d.seq, l.root, g.subject, d.stage, d.at_ms, d.code, d.message
                FROM dead_letter AS d JOIN log AS l ON l.seq = d.seq
                LEFT JOIN ledger AS g ON g.root = l.root
                WHERE (?1 IS NULL OR d.code = ?1) AND (?2 IS NULL OR d.seq = ?2)
                ORDER BY d.at_ms DESC, d.seq DESC LIMIT ?3
                """
            let arguments: StatementArguments = [
                request.code, request.position, max(0, request.limit),
            ]
            let letters = try Row.fetchAll(database, sql: query, arguments: arguments)
                .compactMap { row in
                    try letter(row, withInput: request.position != nil, in: database)
                }
            let total = try Int.fetchOne(database, sql: "SELECT count(*) FROM dead_letter") ?? 0
            return DeadLetterReport(letters: letters, total: total)
        }
    }

    private func letter(
        _ row: Row,
        withInput: Bool,
        in database: Database
    ) throws -> DeadLetterReport.Letter? {
        guard let stage = StageName(rawValue: row[3]) else { return nil }
        var letter = DeadLetterReport.Letter(
            position: row[0],
            root: Self.text(of: row[1]),
            subject: row[2] ?? "",
            stage: stage,
            atMs: row[4],
            code: row[5]
        )
        letter.message = row[6]
        letter.attempts = try attempts(at: letter.position, in: database)
        if withInput {
            let data = try Data.fetchOne(
                database,
                sql: "SELECT data FROM content WHERE seq = ?",
                arguments: [letter.position]
            )
            letter.input = data.map { String(decoding: $0, as: UTF8.self) }
        }
        return letter
    }

    private func ledgerRows(_ request: TraceRequest, in database: Database) throws -> [Row] {
        let columns = "SELECT root, subject, entered_at_ms, outcome, article, reason FROM ledger"
        if let url = request.url {
            return try Row.fetchAll(
                database,
                sql: "\(columns) WHERE subject = ? ORDER BY entered_at_ms DESC LIMIT ?",
                arguments: [url, TraceReport.lineagesMax]
            )
        }
        guard let root = request.root.flatMap({ MessageID($0) }) else {
            throw QueueFailure(
                .requestInvalid,
                "A trace needs the URL of a page, or the UUID of its first message."
            )
        }
        return try Row.fetchAll(
            database,
            sql: "\(columns) WHERE root = ?",
            arguments: [Data(root.bytes)]
        )
    }

    private func lineage(
        _ row: Row,
        in database: Database,
        now: Instant
    ) throws -> TraceReport.Lineage {
        let query = """
            SELECT l.seq, l.id, l.kind, l.queued_at_ms, l.bytes, c.envelope,
                EXISTS (SELECT 1 FROM dead_letter AS d WHERE d.seq = l.seq)
            FROM log AS l LEFT JOIN content AS c ON c.seq = l.seq
            WHERE l.root = ? ORDER BY l.seq LIMIT ?
            """
        let steps = try Row.fetchAll(
            database,
            sql: query,
            arguments: [row[0] as Data, Self.stepsMax]
        )
        var lineage = TraceReport.Lineage(
            root: Self.text(of: row[0]),
            subject: row[1],
            enteredAtMs: row[2],
            steps: try steps.map { try step($0, in: database, now: now) }
        )
        lineage.outcome = row[3]
        lineage.article = row[4]
        lineage.reason = row[5]
        return lineage
    }

    /// A page that is replayed daily for a year has fewer steps.
    private static var stepsMax: Int { 2000 }

    private func step(
        _ row: Row,
        in database: Database,
        now: Instant
    ) throws -> TraceReport.Step {
        let envelope = (row[5] as Data?).flatMap { try? Envelope(json: Array($0)) }
        var step = TraceReport.Step(
            position: row[0],
            id: Self.text(of: row[1]),
            kind: row[2],
            source: envelope?.source ?? "",
            queuedAtMs: row[3],
            bytes: row[4]
        )
        step.serviceMs = envelope?.serviceMilliseconds
        step.stageVersion = envelope?.stageVersion
        step.attempts = try attempts(at: step.position, in: database)
        if row[6] as Bool {
            step.state = "dead"
        } else if let entry = try JournalQueries.openEntry(at: step.position, in: database) {
            let isDelayed = entry.notBefore.map { $0 > now } ?? false
            step.state = (isDelayed ? OpenState.delayed : .ready).rawValue
        }
        return step
    }

    private func attempts(
        at position: Int,
        in database: Database
    ) throws -> [TraceReport.Attempt] {
        let query = """
            SELECT attempt, at_ms, worker, code, message FROM attempt
            WHERE seq = ? ORDER BY rowid
            """
        return try Row.fetchAll(database, sql: query, arguments: [position]).map { row in
            TraceReport.Attempt(
                attempt: row[0],
                atMs: row[1],
                worker: row[2],
                code: row[3],
                message: row[4]
            )
        }
    }

    private static func text(of id: Data) -> String {
        MessageID(bytes: Array(id))?.description ?? ""
    }
}
