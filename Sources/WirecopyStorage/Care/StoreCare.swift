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
        let location = try StoreLocation(path)
        do {
            let connections = try StoreConnection.openForReading(path)
            var report = try connections.readWaiting { try Self.rows($0) }
            report.indexesChecked = includesIndexes
            if includesIndexes { report.findings += try indexes() }
            return report
        } catch {
            throw StorageFailure(error, attempt: "check \(location.description)")
        }
    }

    private static func rows(_ db: StoreDatabase) throws -> StoreCheckReport {
        var findings = try db.dialect.damages(db).map {
            StoreCheckReport.Finding(count: 1, example: $0, rule: "SQLite finds the file sound.")
        }
        for invariant in StoreInvariant.all {
            findings += try finding(invariant, db)
        }
        findings += try StoryKeyCheck(db: db).findings()
        let articles = try db.first(Int.self, "SELECT count(*) FROM article") ?? 0
        return StoreCheckReport(
            articles: articles,
            findings: findings,
            rules: StoreInvariant.all.count + StoryKeyCheck.rules,
            indexesChecked: false
        )
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
        let connection = try StoreConnection.openForWriting(StoreConfiguration(path: path))
        return try SearchTable.allCases.compactMap { index in
            guard try !connection.writeWaiting({ try $0.dialect.isSound(index, $0) }) else {
                return nil
            }
            return StoreCheckReport.Finding(
                count: 1,
                example: index.rawValue,
                rule: "The search indexes agree with the texts."
            )
        }
    }

    /// Copies the store, as it is at one moment, to a new file; readers and workers go on.
    ///
    /// The copy is written beside its place under another name, synced, and then gets its name: a
    /// file of that name is whole.
    ///
    /// - Parameter target: path of a file that is not there yet.
    /// - Returns: its bytes.
    /// - Throws: `StorageFailure` with `notOpened` for a file that is there already, and with
    ///   `notSupported` for a store in PostgreSQL.
    package func backUp(to target: String) throws(StorageFailure) -> Int {
        guard case .file(let path) = try StoreLocation(path) else {
            throw StorageFailure(
                .notSupported,
                "A store in PostgreSQL is copied by its own tools: "
                    + "pg_dump --format=custom --schema=\(PostgreSQLSchema.name) --file=FILE."
            )
        }
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
