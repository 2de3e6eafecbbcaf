/// Which rows stand under the keys of a table, as far as a transaction has asked ahead.
///
/// A server takes a round trip for each question, so that those of many articles are put as one.
/// Invariant: what is known is what the table has; whoever changes the table says so.
final class KeyRows {
    /// Keys of one question.
    private static let keysOfQuestion = 256
    /// Rows that a question reads at most: four a key. When there are more, nothing is known of
    /// its keys.
    private static let rowsMax = 1024

    private let sql: String
    private var rows: [Int64: [Int64]] = [:]

    /// Knows nothing yet.
    ///
    /// - Parameters:
    ///   - table: has a row for each pair of a `key` and what stands under it.
    ///   - column: what stands under the key.
    init(_ table: String, _ column: String) {
        let marks = Array(repeating: "?", count: Self.keysOfQuestion).joined(separator: ", ")
        sql = "SELECT key, \(column) FROM \(table) WHERE key IN (\(marks)) LIMIT \(Self.rowsMax)"
    }

    /// Asks for the rows of keys.
    ///
    /// - Throws: the engine's errors.
    func lookAhead(_ keys: Set<Int64>, _ db: StoreDatabase) throws {
        let sorted = keys.sorted()
        for start in stride(from: 0, to: sorted.count, by: Self.keysOfQuestion) {
            let asked = sorted[start..<min(start + Self.keysOfQuestion, sorted.count)]
            try ask(asked, db)
        }
    }

    private func ask(_ keys: ArraySlice<Int64>, _ db: StoreDatabase) throws {
        var (found, count) = ([Int64: [Int64]](), 0)
        var statement = try RowStatement(sql, db)
        for index in 0..<Self.keysOfQuestion {
            // One statement for all: fewer keys repeat the last.
            statement.add(keys[min(keys.startIndex + index, keys.endIndex - 1)])
        }
        try statement.forEachRow { row in
            found[row.integer(0), default: []].append(row.integer(1))
            count += 1
        }
        guard count < Self.rowsMax else { return }
        for key in keys { rows[key] = found[key, default: []].sorted() }
    }

    /// The rows under some keys, at most `limit`: those of the least keys, and of a key the least.
    ///
    /// - Returns: `nil` when not all is known.
    func rows(under keys: [Int64], limit: Int) -> [Int64]? {
        if rows.isEmpty { return nil }
        var all: [Int64] = []
        for key in Set(keys).sorted() {
            guard let known = rows[key] else { return nil }
            all += known
        }
        return Array(all.prefix(limit))
    }

    /// Notes that a row stands under a key.
    func add(_ row: Int64, under key: Int64) {
        guard var known = rows[key], !known.contains(row) else { return }
        known.insert(row, at: known.firstIndex { $0 > row } ?? known.endIndex)
        rows[key] = known
    }

    /// Notes that a row stands under a key no more.
    func remove(_ row: Int64, under key: Int64) { rows[key]?.removeAll { $0 == row } }
}
