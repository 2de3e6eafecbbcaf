import GRDB
import WirecopyMessages

/// Follows the log with the index: applies its facts, many frames in one transaction.
///
/// It is used by one thread at a time. After a failure it must be made anew: what it holds in
/// memory may be ahead of the database.
final class IndexWriter {
    /// Words that are kept in memory: lanes and stage versions.
    static let wordsMax = 100_000

    let database: any DatabaseWriter
    let statements: IndexStatements
    /// Open, dead and failed messages as of the checkpoint.
    var open = OpenSet()
    var checkpoint: IndexCheckpoint
    /// Pages that are in no run yet.
    var unsealed: [IndexLookup.Page] = []
    var unsealedMilliseconds: ClosedRange<Int>?
    var runs: Int
    var sealed: [IndexRun] = []
    var words: [String: Int] = [:]
    var lastWord: Int
    /// Places of open messages that have a unique key.
    var keyed: Set<Int> = []
    var pages = PageBatch()
    var totals: [PageTotal: Int] = [:]
    private var lastPlace: LogPlace?
    /// Checksums of the chunks of `open` as they are stored.
    var chunkChecksums: [Int: UInt64] = [:]
    var fileUse = FileUse()

    /// Goes on where the last transaction of a database ended.
    init(_ database: any DatabaseWriter) throws {
        self.database = database
        let writer = database
        (statements, checkpoint) = try writer.writeWithoutTransaction { database in
            (try IndexStatements(database), try IndexCheckpoint.read(from: database))
        }
        (runs, lastWord) = (0, 0)
        try writer.writeWithoutTransaction { database in try load(from: database) }
    }

    /// Applies what was found in the log, in one transaction; `behind` is how far the log was read.
    func apply(_ findings: [LogFinding], behind: IndexCheckpoint, now: Instant) throws {
        try database.writeWithoutTransaction { database in
            try statements.begin.run()
            do {
                try write(findings, behind: behind, in: database)
                try noteDamage(findings, now: now, in: database)
                try statements.commit.run()
            } catch {
                // SQLite has ended the transaction itself after some errors.
                if database.isInsideTransaction { try statements.rollback.run() }
                throw error
            }
        }
    }

    private func write(
        _ findings: [LogFinding],
        behind: IndexCheckpoint,
        in database: Database
    ) throws {
        pages.begin(at: checkpoint.nextPosition)
        for case .frame(let frame) in findings { try apply(frame) }
        try flushPages()
        for (total, pages) in totals where pages != 0 {
            statements.addTotal.bind(1, total.outcome)
            statements.addTotal.bind(2, total.reason)
            statements.addTotal.bind(3, pages)
            try statements.addTotal.run()
        }
        totals.removeAll(keepingCapacity: true)
        try flushChunks()
        if unsealed.count >= IndexLookup.runPages { try seal() }
        try fileUse.write(statements.noteFile)
        checkpoint.advance(to: behind)
        try checkpoint.write(to: database)
    }

    private func apply(_ frame: LogFrame) throws {
        let header = frame.header
        if LogPlaces.isDue(frame.place, after: lastPlace) {
            lastPlace = frame.place
            statements.insertPlace.bind(1, frame.place.file)
            statements.insertPlace.bind(2, frame.place.offset)
            statements.insertPlace.bind(3, header.firstPosition)
            try statements.insertPlace.run()
        }
        fileUse.note(frame)
        var position = header.firstPosition
        for (index, row) in frame.table.rows.enumerated() {
            defer { if row.kind?.isMessage ?? false { position += 1 } }
            guard let kind = row.kind, !frame.damagedRows.contains(index) else { continue }
            let range = row.offset..<row.offset + row.length
            guard let record = try? LogRecord(kind, frame.bytes, range) else { continue }
            try apply(record, position, at: header.at)
        }
    }

    private func apply(_ record: LogRecord, _ position: Int, at: Instant) throws {
        switch record {
        case .message(let message): try store(message, position, at: at)
        case .closed(let position, let page, let stage):
            try close(position, page, stage)
        case .failed(let failure): try fail(failure, at: at)
        case .reopened(let reopened): try reopen(reopened)
        case .ended(let page, let end): pages.setEnd(page, .ended(end, at: at))
        case .paused(let stage, let isPaused):
            try run(
                isPaused
                    ? "INSERT OR REPLACE INTO meta(key, value) VALUES (?, 'paused')"
                    : "DELETE FROM meta WHERE key = ?",
                ["stage.\(stage.rawValue)"]
            )
        case .laneHeld(let stage, let lane, let until):
            if let until {
                try run(
                    "INSERT OR REPLACE INTO lane_hold(stage, lane, until_ms) VALUES (?, ?, ?)",
                    [stage.rawValue, lane, until.milliseconds]
                )
            } else {
                try run(
                    "DELETE FROM lane_hold WHERE stage = ? AND lane = ?",
                    [stage.rawValue, lane]
                )
            }
        case .retired(let retired): try retire(retired, next: position)
        case .goneMessage, .goneFrames: break
        }
    }

    /// Rare statements, through GRDB, inside the transaction that is open.
    private func run(_ sql: String, _ arguments: StatementArguments) throws {
        try database.unsafeReentrantWrite { database in
            try database.execute(sql: sql, arguments: arguments)
        }
    }
}

/// Pages that stand alike.
struct PageTotal: Hashable {
    /// Pages in flight of which a message is open.
    static let inFlight = PageTotal(outcome: "", reason: "")
    /// Pages in flight of which no message is open: lost.
    static let lost = PageTotal(outcome: "", reason: "lost")

    let outcome: String
    let reason: String
}

extension MessageID {
    /// A hash of its bits; the low half of a UUID of version 7 alone would do, but others come too.
    var lookupHash: UInt64 {
        let (high, low) = words
        return (low ^ high &* 0x9E37_79B1_85EB_CA87) &* 0xC2B2_AE3D_27D4_EB4F
    }
}
