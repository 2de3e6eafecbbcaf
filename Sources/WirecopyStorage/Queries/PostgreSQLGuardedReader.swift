import PostgreSQL
import WirecopyMessages

/// A connection to PostgreSQL of its own for SQL that a reader wrote.
///
/// The query becomes a cursor's, which only a single statement that reads can; its transaction
/// reads only, and the server looks at the clock. What else the query may ask of the server, such
/// as its files, the rights of the user decide.
struct PostgreSQLGuardedReader {
    /// Rows that are fetched at once.
    private static let batchSize = 200

    let address: ServerAddress

    /// Runs a query and gives its answer, cut where it is too long.
    ///
    /// - Throws: `StorageFailure` with `queryRefused` for what is no query, or takes too long.
    func answer(_ query: SQLQuery) throws -> SQLReport {
        let connection = try PostgreSQLOpening.connectForReading(address)
        let beginning = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        try connection.transaction([beginning]) {
            try PostgreSQLSchema.checkCurrent(StoreDatabase(engine: PostgreSQLEngine($0)))
        }
        do {
            return try connection.transaction([beginning]) { try Self.run(query, $0) }
        } catch let failure as PostgreSQLFailure where !failure.isConnectionGone {
            throw Self.failure(failure, query)
        }
    }

    private static func run(_ query: SQLQuery, _ connection: Connection) throws -> SQLReport {
        let deadline = ContinuousClock.now + query.timeMax
        try limit(connection, until: deadline)
        _ = try connection.writtenRows("DECLARE asked NO SCROLL CURSOR FOR \(query.text)")
        var report = SQLReport(columns: [], isCut: false, rows: [])
        var bytesLeft = SQLReport.bytesMax
        while true {
            try limit(connection, until: deadline)
            let rows = try connection.writtenRows("FETCH \(batchSize) FROM asked")
            report.columns = rows.columns
            for row in 0..<rows.count {
                guard report.rows.count < query.rowsMax, bytesLeft > 0 else {
                    report.isCut = true
                    return report
                }
                let values = report.columns.indices.map { value(rows.value(row, $0)) }
                bytesLeft -= values.reduce(0) { $0 + 16 + $1.text.utf8.count }
                report.rows.append(values)
            }
            guard rows.count == batchSize else { return report }
        }
    }

    /// Gives the next statement the time that is left, 1 ms at least.
    private static func limit(
        _ connection: Connection,
        until deadline: ContinuousClock.Instant
    ) throws {
        let left = (deadline - .now).wholeMilliseconds
        _ = try connection.writtenRows("SET LOCAL statement_timeout = \(max(1, left))")
    }

    private static func value(_ value: Rows.Value) -> SQLReport.Value {
        switch value {
        case .null: .null
        case .integer(let number): .integer(number)
        case .real(let number): .real(number)
        case .text(let text): .text(text)
        case .bytes(let bytes): .text(bytes.map { GuardedReader.hex($0) }.joined())
        }
    }

    private static func failure(
        _ failure: PostgreSQLFailure,
        _ query: SQLQuery
    ) -> StorageFailure {
        guard failure.code != .cancelled else {
            let seconds = query.timeMax.wholeMilliseconds / 1000
            return StorageFailure(
                .queryRefused,
                "The query took longer than \(seconds) s. Give it --seconds, or ask for less.",
                underlying: failure.state
            )
        }
        return StorageFailure(
            .queryRefused,
            "PostgreSQL refused the query: \(failure.message).",
            underlying: failure.state
        )
    }
}
