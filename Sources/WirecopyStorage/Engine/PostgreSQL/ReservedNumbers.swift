import PostgreSQL

/// Numbers of rows that a transaction has taken from the server's sequences ahead, so that who
/// inserts a row knows its number without waiting for the server.
///
/// What is left is given back at the transaction's end, so that numbers have no gaps; other writers
/// wait for their turn until then. Where the transaction fails, there is a gap.
final class ReservedNumbers {
    /// Rows of the first block; a transaction may have one article.
    private static let blockMin = 16
    /// Rows of a block at most: an article has some new names, and a transaction hundreds of
    /// articles.
    private static let blockMax = 1024
    /// Each block is so many times larger than the one before.
    private static let growth = 4

    private struct Series {
        /// `nil` when the column has none.
        var sequence: String?
        /// Descending; the next one is last.
        var numbers: [Int64] = []
        /// The greatest number that was taken.
        var last: Int64 = 0
        var blockSize = blockMin
    }

    private let connection: Connection
    private var series: [String: Series] = [:]

    /// Begins a transaction.
    init(_ connection: Connection) { self.connection = connection }

    /// The next number of a table's column; `nil` when no sequence numbers it.
    ///
    /// - Throws: `PostgreSQLFailure`.
    func next(of table: String, _ column: String) throws -> Int64? {
        var found = try series[table] ?? Series(sequence: sequence(of: table, column))
        if let sequence = found.sequence, found.numbers.isEmpty {
            found.numbers = try block(of: sequence, size: found.blockSize)
            found.last = found.numbers.first ?? 0
            found.blockSize = min(found.blockSize * Self.growth, Self.blockMax)
        }
        let number = found.numbers.popLast()
        series[table] = found
        return number
    }

    /// Gives back what was not used.
    ///
    /// - Throws: the failure of the transaction, if it is known already.
    func giveBack() throws {
        for table in series.keys.sorted() {
            guard let found = series[table], let sequence = found.sequence,
                let first = found.numbers.last,
                // Somebody else may have taken numbers in between, without waiting for a turn.
                found.last - first == found.numbers.count - 1
            else { continue }
            var parameters = Parameters()
            parameters.add(first)
            parameters.add(found.last)
            try connection.send(
                "SELECT setval('\(sequence)', $1, false) FROM \(sequence) WHERE last_value = $2",
                parameters,
                tables: []
            )
        }
        series = [:]
    }

    private func sequence(of table: String, _ column: String) throws -> String? {
        let question = "SELECT pg_get_serial_sequence('\(table)', '\(column)')"
        return try connection.rows(question, tables: []).text(0, 0)
    }

    private func block(of sequence: String, size: Int) throws -> [Int64] {
        let rows = try connection.rows(
            "SELECT nextval('\(sequence)') FROM generate_series(1, \(size))",
            tables: []
        )
        return (0..<rows.count).map { rows.integer($0, 0) }.sorted(by: >)
    }
}
