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
    /// - Throws: `StorageFailure` with `queryRefused` for what is no query, takes too long, or has
    ///   a value that is too long.
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
        let columns = try connection.writtenRows("FETCH 0 FROM asked")
        let measure = MeasuredQuery(query.text, columns)
        _ = try connection.writtenRows("CLOSE asked")
        try declare(measure, connection)
        var page = Page(columns: columns.columns, rowsMax: query.rowsMax)
        while !page.report.isCut {
            try limit(connection, until: deadline)
            let earlier = page.read
            try connection.forEachWrittenRow("FETCH \(batchSize) FROM asked") { page.take($0) }
            guard !page.isTooLong else { throw GuardedReader.valueTooLong() }
            guard page.read == earlier + batchSize else { break }
        }
        return page.report
    }

    private static func declare(_ measure: MeasuredQuery, _ connection: Connection) throws {
        let declaration = "DECLARE asked NO SCROLL CURSOR FOR \(measure.text)"
        do throws(PostgreSQLFailure) {
            _ = try connection.writtenRows(declaration)
        } catch {
            guard error.code == .statementRefused else { throw error }
            // By itself it was none, so that the server's words would mislead.
            throw StorageFailure(
                .queryRefused,
                "The query cannot be measured. Leave out what stands behind its semicolon.",
                underlying: error.state
            )
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

/// The part of an answer that was read.
private struct Page {
    private(set) var report: SQLReport
    /// Rows that came.
    private(set) var read = 0
    /// Whether a row came in which a value was too long.
    private(set) var isTooLong = false
    private var bytesLeft = SQLReport.bytesMax
    private let rowsMax: Int

    init(columns: [String], rowsMax: Int) {
        report = SQLReport(columns: columns, isCut: false, rows: [])
        self.rowsMax = rowsMax
    }

    /// Takes one row, as `MeasuredQuery` gives it.
    mutating func take(_ rows: Rows) {
        read += 1
        guard !isTooLong, !report.isCut else { return }
        guard report.rows.count < rowsMax, bytesLeft > 0 else {
            report.isCut = true
            return
        }
        guard rows.integer(0, report.columns.count) == 1 else {
            isTooLong = true
            return
        }
        let values = report.columns.indices.map { Self.value(rows.value(0, $0)) }
        bytesLeft -= values.reduce(0) { $0 + 16 + $1.text.utf8.count }
        report.rows.append(values)
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
}

/// A reader's query around which the server measures each row, since a row is in memory as a whole
/// once it has come: with a last column that is true where no value is too long, and without any
/// value where one is.
struct MeasuredQuery {
    /// The statement.
    let text: String

    /// Measures a query.
    ///
    /// - Parameters:
    ///   - query: one statement that reads.
    ///   - columns: its columns, as the server described them.
    init(_ query: String, _ columns: Rows) {
        let names = columns.columns.indices.map { "c\($0)" }
        let lengths = names.indices.compactMap { column -> String? in
            switch columns.size(ofColumn: column) {
            case .small: nil
            case .bytes: "octet_length(\(names[column]))"
            case .text: "octet_length(CAST(\(names[column]) AS TEXT))"
            }
        }
        // A row is bounded as an answer is. A number whose sum is looked at must be wide.
        let sum = lengths.map { "coalesce(CAST(\($0) AS BIGINT), 0)" }.joined(separator: " + ")
        let fits =
            lengths.isEmpty
            ? "true"
            : "coalesce(greatest(\(lengths.joined(separator: ", "))), 0)"
                + " <= \(GuardedReader.valueBytesMax) AND \(sum) <= \(SQLReport.bytesMax)"
        let values = names.map { "CASE WHEN size.fits THEN \($0) END" } + ["size.fits"]
        // `OFFSET 0` has the server measure each row once.
        text = """
            SELECT \(values.joined(separator: ", "))
            FROM (
            \(Self.withoutEnd(query))
            ) AS asked\(names.isEmpty ? "" : " (\(names.joined(separator: ", ")))")
            CROSS JOIN LATERAL (SELECT \(fits) AS fits OFFSET 0) AS size
            """
    }

    /// The statement without the semicolon at its end.
    private static func withoutEnd(_ query: String) -> String {
        var text = query[...]
        while let last = text.last, last.isWhitespace || last == ";" { text.removeLast() }
        return String(text)
    }
}
