import Foundation
import GRDB
import WirecopyMessages

/// Looks after the file of a store while storage workers may write to it.
package struct StoreCare: Sendable {
    private let path: String

    /// Names the store to look after.
    package init(path: String) { self.path = path }

    /// Checks the file, the rules that rows keep among each other and, if asked, the indexes.
    ///
    /// - Parameter includesIndexes: compares the search indexes with the texts; workers wait
    ///   meanwhile, on a large store for minutes.
    /// - Returns: what is wrong.
    /// - Throws: `StorageFailure` when the store cannot be opened or read at all.
    package func check(includesIndexes: Bool) throws(StorageFailure) -> StoreCheckReport {
        let pool = try SQLiteOpening.openForReading(path)
        do {
            var report = try pool.read { db in
                try Self.rows(StoreDatabase(engine: SQLiteEngine(db)))
            }
            report.indexesChecked = includesIndexes
            if includesIndexes { report.findings += try indexes() }
            return report
        } catch {
            throw StorageFailure(error, attempt: "check \(path)")
        }
    }

    /// Lines of SQLite's own check that are told; a damaged file has thousands.
    private static let damagesMax = 20

    private static func rows(_ db: StoreDatabase) throws -> StoreCheckReport {
        let damages = try db.all(String.self, "PRAGMA integrity_check(\(damagesMax))")
            .filter { $0 != "ok" }
        var findings = damages.map {
            StoreCheckReport.Finding(count: 1, example: $0, rule: "SQLite finds the file sound.")
        }
        for invariant in StoreInvariant.all {
            findings += try finding(invariant, db)
        }
        let articles = try db.first(Int.self, "SELECT count(*) FROM article") ?? 0
        return StoreCheckReport(articles: articles, findings: findings, indexesChecked: false)
    }

    private static func finding(
        _ invariant: StoreInvariant,
        _ db: StoreDatabase
    ) throws -> [StoreCheckReport.Finding] {
        let row = try db.row(
            """
            SELECT count(*), min(CAST(breach AS TEXT)) FROM (\(invariant.breaches)) AS breaches
            """
        )
        let count = row?[0] ?? 0
        let example = row?[1] ?? ""
        guard count > 0 else { return [] }
        return [StoreCheckReport.Finding(count: count, example: example, rule: invariant.rule)]
    }

    private func indexes() throws -> [StoreCheckReport.Finding] {
        let queue = try SQLiteOpening.openForWriting(StoreConfiguration(path: path))
        return try ["article_search", "quotation_search", "entity_search"].compactMap { index in
            do {
                try queue.write { db in
                    try db.execute(
                        sql: "INSERT INTO \(index) (\(index), rank) VALUES ('integrity-check', 1)"
                    )
                }
                return nil
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
                return StoreCheckReport.Finding(
                    count: 1,
                    example: index,
                    rule: "The search indexes agree with the texts."
                )
            }
        }
    }

    /// Copies the store, as it is at one moment, to a new file; readers and workers go on.
    ///
    /// The copy is written beside its place under another name, synced, and then gets its name: a
    /// file of that name is whole.
    ///
    /// - Parameter target: path of a file that is not there yet.
    /// - Returns: its bytes.
    /// - Throws: `StorageFailure` with `notOpened` for a file that is there already.
    package func backUp(to target: String) throws(StorageFailure) -> Int {
        guard !FileManager.default.fileExists(atPath: target) else {
            throw StorageFailure(.notOpened, "\(target) is there already. Name another file.")
        }
        let unfinished = target + ".unfinished"
        do {
            let source = try SQLiteOpening.openForReading(path)
            try? FileManager.default.removeItem(atPath: unfinished)
            let copy = try DatabaseQueue(path: unfinished)
            try source.backup(to: copy)
            // A copy stands alone, without a write-ahead log beside it.
            try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            try copy.close()
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: unfinished))
            try file.synchronize()
            let bytes = try file.seekToEnd()
            try file.close()
            try FileManager.default.moveItem(atPath: unfinished, toPath: target)
            return Int(bytes)
        } catch let failure as StorageFailure {
            throw failure
        } catch {
            try? FileManager.default.removeItem(atPath: unfinished)
            throw StorageFailure(error, attempt: "copy \(path) to \(target)")
        }
    }
}
