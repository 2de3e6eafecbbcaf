import FoundationEssentials
import GRDB

/// Finds pages by the hash of their identity or of their subject.
///
/// A B-tree over hashes would touch another page of the database for each row. So the hashes of
/// 8192 pages are gathered in memory, sorted once, and stored as a run: 64 rows of 2 KiB a kind,
/// one for each value of the upper six bits. To find a hash, one row of each run is searched; a
/// thousand runs are eight million pages and take a few milliseconds. Pages of the last run are
/// few enough to be looked at one by one.
enum IndexLookup {
    /// Pages of a run.
    static let runPages = 1 << 13
    private static let buckets = 64
    private static let entryBytes = 16

    /// What a page is found by.
    enum Kind: Int {
        case root = 0
        case subject = 1
    }

    /// A page's hashes and its place.
    struct Page {
        let root: UInt64
        let subject: UInt64
        let position: Int

        func hash(_ kind: Kind) -> UInt64 { kind == .root ? root : subject }
    }

    /// The rows of a run.
    static func rows(_ pages: [Page], _ kind: Kind, run: Int) -> [(key: Int, entries: [UInt8])] {
        var rows: [(key: Int, entries: [UInt8])] = []
        for page in pages.sorted(by: { $0.hash(kind) < $1.hash(kind) }) {
            let key = key(page.hash(kind), kind, run: run)
            if rows.last?.key != key { rows.append((key, [])) }
            rows[rows.count - 1].entries.append(number: page.hash(kind))
            rows[rows.count - 1].entries.append(number: UInt64(page.position))
        }
        return rows
    }

    /// Keys of the rows that may hold a hash, over all runs.
    static func keys(_ hash: UInt64, _ kind: Kind) -> ClosedRange<Int> {
        key(hash, kind, run: 0)...key(hash, kind, run: (1 << 40) - 1)
    }

    /// Places in a row's entries under a hash.
    static func positions(_ hash: UInt64, in entries: [UInt8]) -> [Int] {
        var (low, high) = (0, entries.count / entryBytes)
        while low < high {
            let middle = (low + high) / 2
            if entries.number(at: middle * entryBytes, as: UInt64.self) < hash {
                low = middle + 1
            } else {
                high = middle
            }
        }
        var found: [Int] = []
        while low * entryBytes < entries.count,
            entries.number(at: low * entryBytes, as: UInt64.self) == hash
        {
            found.append(Int(entries.number(at: low * entryBytes + 8, as: UInt64.self)))
            low += 1
        }
        return found
    }

    /// Places of stored pages that may have a hash, ascending; those behind the last run are not
    /// among them.
    static func candidates(
        _ hash: UInt64,
        _ kind: Kind,
        in database: Database
    ) throws -> [Int] {
        let keys = keys(hash, kind)
        let statement = try database.cachedStatement(
            sql: "SELECT entries FROM lookup WHERE key BETWEEN ? AND ?"
        )
        let cursor = try Data.fetchCursor(
            statement,
            arguments: [keys.lowerBound, keys.upperBound]
        )
        var found: [Int] = []
        while let entries = try cursor.next() { found += positions(hash, in: Array(entries)) }
        return found.sorted()
    }

    /// The place behind the last page of the last run.
    static func sealedPosition(in database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "SELECT max(last) FROM run").map { $0 + 1 } ?? 0
    }

    private static func key(_ hash: UInt64, _ kind: Kind, run: Int) -> Int {
        kind.rawValue << 60 | Int(hash >> 58) << 48 | run
    }
}
