import Foundation
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
            let pages = try pages(request, in: database)
            let open = pages.isEmpty ? OpenSet() : try OpenSet(in: database)
            return TraceReport(
                lineages: try pages.sorted().compactMap { page in
                    try lineage(page, open, in: database, now: now)
                }
            )
        }
    }

    /// Messages given up, newest first.
    package func deadLetters(
        _ request: DeadLetterRequest
    ) throws(QueueFailure) -> DeadLetterReport {
        try reading { database in
            let query = """
                SELECT d.position, p.root, p.subject, d.stage, d.at_ms, d.code, d.message
                FROM dead_letter AS d LEFT JOIN message AS m ON m.position = d.position
                LEFT JOIN page AS p ON p.position = m.page
                WHERE (?1 IS NULL OR d.code = ?1) AND (?2 IS NULL OR d.position = ?2)
                    AND (?4 IS NULL OR m.lane = (SELECT id FROM word WHERE text = ?4))
                    AND (?5 IS NULL OR d.stage = ?5)
                ORDER BY d.at_ms DESC, d.position DESC LIMIT ?3
                """
            let arguments: StatementArguments = [
                request.code, request.position, max(0, request.limit), request.host,
                request.stage?.rawValue,
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
            // The input of a letter may be what was damaged.
            let data = try? contents.data(at: letter.position)
            letter.input = data.map { String(decoding: $0, as: UTF8.self) }
        }
        return letter
    }

    private func pages(_ request: TraceRequest, in database: Database) throws -> [Int] {
        if let url = request.url {
            return try Self.pages(
                ofSubject: url,
                limit: TraceReport.lineagesMax,
                in: database
            )
        }
        guard let root = request.root.flatMap({ MessageID($0) }) else {
            throw QueueFailure(
                .requestInvalid,
                "A trace needs the URL of a page, or the UUID of its first message."
            )
        }
        return try Self.page(ofRoot: root, in: database).map { [$0] } ?? []
    }

    private func lineage(
        _ page: Int,
        _ open: OpenSet,
        in database: Database,
        now: Instant
    ) throws -> TraceReport.Lineage? {
        let query = """
            SELECT root, subject, entered_at_ms, outcome, article, reason, steps FROM page
            WHERE position = ?
            """
        guard let row = try Row.fetchOne(database, sql: query, arguments: [page]) else {
            return nil
        }
        let steps = [page] + PageSteps(page: page, Array(row[6] as Data)).positions
        var lineage = TraceReport.Lineage(
            root: Self.text(of: row[0]),
            subject: row[1],
            enteredAtMs: row[2],
            steps: try steps.map { try step($0, open, in: database, now: now) }
        )
        lineage.outcome = row[3]
        lineage.article = row[4]
        lineage.reason = row[5]
        return lineage
    }

    private func step(
        _ position: Int,
        _ open: OpenSet,
        in database: Database,
        now: Instant
    ) throws -> TraceReport.Step {
        var step = try told(position) ?? remembered(position, in: database)
        step.attempts = try attempts(at: position, in: database)
        if StageName.allCases.contains(where: { open.isDead(position, $0) }) {
            step.state = "dead"
        } else if open.isOpen(position) {
            let notBefore = try Int.fetchOne(
                database,
                sql: "SELECT not_before_ms FROM open_state WHERE position = ?",
                arguments: [position]
            )
            let isDelayed = (notBefore ?? 0) > now.milliseconds
            step.state = (isDelayed ? OpenState.delayed : .ready).rawValue
        }
        return step
    }

    /// What the log says of a step; `nil` when its record is damaged.
    private func told(_ position: Int) -> TraceReport.Step? {
        guard let (record, at, bytes) = try? contents.reader.message(at: position) else {
            return nil
        }
        let envelope = try? Envelope(json: Array(bytes[record.envelope]))
        var step = TraceReport.Step(
            position: position,
            id: record.id.description,
            kind: record.kind.rawValue,
            source: envelope?.source ?? "",
            queuedAtMs: at.milliseconds,
            bytes: record.bytes
        )
        step.serviceMs = envelope?.serviceMilliseconds
        step.stageVersion = record.stageVersion
        step.parent = envelope?.parent?.description
        return step
    }

    /// What the index knows of a step whose record is damaged.
    private func remembered(_ position: Int, in database: Database) throws -> TraceReport.Step {
        let row = try Row.fetchOne(
            database,
            sql: "SELECT id, kind, queued_at_ms, bytes FROM message WHERE position = ?",
            arguments: [position]
        )
        return TraceReport.Step(
            position: position,
            id: Self.text(of: row?[0]),
            kind: row.flatMap { MessageKind(number: $0[1])?.rawValue } ?? "",
            source: "",
            queuedAtMs: row?[2] ?? 0,
            bytes: row?[3] ?? 0
        )
    }

    private func attempts(
        at position: Int,
        in database: Database
    ) throws -> [TraceReport.Attempt] {
        let query = """
            SELECT attempt, at_ms, worker, code, message FROM attempt
            WHERE position = ? ORDER BY rowid
            """
        var attempts: [TraceReport.Attempt] = []
        let rows = try Row.fetchCursor(database, sql: query, arguments: [position])
        while let row = try rows.next() {
            var attempt = TraceReport.Attempt(
                attempt: row[0],
                atMs: row[1],
                worker: row[2],
                code: row[3],
                message: row[4]
            )
            if ErrorCode(rawValue: attempt.code)?.isExcused ?? false {
                attempt.excused = 1
                // A store that was locked for a night must not make pages of the same line.
                if let last = attempts.last, last.code == attempt.code {
                    attempt.excused = 1 + (last.excused ?? 0)
                    attempts.removeLast()
                }
            }
            attempts.append(attempt)
        }
        return attempts
    }

    private static func text(of id: Data?) -> String {
        id.flatMap { MessageID(bytes: Array($0)) }?.description ?? ""
    }
}
