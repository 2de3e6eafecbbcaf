import PostgreSQL

/// A connection to PostgreSQL within a transaction.
///
/// Each statement whose answer is waited for costs a round trip, each other one its own part of the
/// server's time. So rows are gathered, and those who insert them get their numbers from a reserve.
final class PostgreSQLEngine: StoreEngine {
    let dialect: any StoreDialect = PostgreSQLDialect()
    private let connection: Connection
    private let numbers: ReservedNumbers
    /// The texts that were met, as PostgreSQL reads them.
    private var forms: [String: StatementForm] = [:]

    /// Takes a connection.
    init(_ connection: Connection) {
        self.connection = connection
        numbers = ReservedNumbers(connection)
    }

    func statement(_ sql: String) throws -> any EngineStatement { prepared(sql) }

    /// The same, as what it is.
    func prepared(_ sql: String) -> PostgreSQLStatement {
        let form = forms[sql] ?? StatementForm(sql, connection)
        forms[sql] = form
        return PostgreSQLStatement(form, connection, numbers)
    }

    /// Ends what was done, before the transaction is committed.
    ///
    /// - Throws: the failure of the transaction, if it is known already.
    func finish() throws { try numbers.giveBack() }
}

/// A statement's text as PostgreSQL reads it, and whether it is one of those that are gathered.
private struct StatementForm {
    let text: String
    /// The tables that it looks at or changes; `nil` for any.
    let tables: Set<String>?
    /// Where its rows are gathered, when it is an INSERT that wants nothing back.
    var insert: RowInsert?
    /// The same for one that wants the number of its row back, which is the last parameter then.
    var numbered: Numbered?

    struct Numbered {
        let insert: RowInsert
        let table: String
        let column: String
    }

    init(_ sql: String, _ connection: Connection) {
        text = PostgreSQLText.translated(sql)
        tables = PostgreSQLSchema.tables(named: InsertText.words(of: sql))
        guard let known = InsertText(sql) else { return }
        let width = known.columns.count
        if let column = known.returned {
            let head = known.head([column])
            let insert = connection.insert(into: known.table, head, width: width + 1, known.tail)
            numbered = Numbered(insert: insert, table: known.table, column: column)
        } else {
            let head = known.head()
            insert = connection.insert(into: known.table, head, width: width, known.tail)
        }
    }
}

/// A statement of PostgreSQL with its parameters and the row at hand.
final class PostgreSQLStatement: EngineStatement {
    private let form: StatementForm
    private let connection: Connection
    private let numbers: ReservedNumbers
    private var parameters = Parameters()
    private var rows: Rows?
    /// The number that the inserted row got, which is all of the answer.
    private var number: Int64?
    private var row = -1

    /// Makes a statement of a text that PostgreSQL reads.
    fileprivate init(
        _ form: StatementForm,
        _ connection: Connection,
        _ numbers: ReservedNumbers
    ) {
        self.form = form
        self.connection = connection
        self.numbers = numbers
    }

    func add(_ value: Int64) { parameters.add(value) }

    func add(_ value: Double) { parameters.add(value) }

    func add(text utf8: Span<UInt8>) { parameters.add(text: utf8) }

    func add(blob bytes: Span<UInt8>) { parameters.add(bytes: bytes) }

    func addNull() { parameters.addNull() }

    /// Binds the next parameter to the words of an index.
    func add(_ words: WordVector) { parameters.add(untyped: words.bytes.span) }

    /// Is on its way when this returns, or waits for others of its kind; the transaction's next
    /// read or its end waits for it.
    func run() throws {
        if let insert = form.insert {
            try connection.gather(parameters, for: insert)
        } else {
            try connection.send(form.text, parameters, tables: form.tables)
        }
        reset()
    }

    func step() throws -> Bool {
        row += 1
        if row == 0 {
            number = try insertNumbered()
            if number == nil {
                rows = try connection.rows(form.text, parameters, tables: form.tables)
            }
        }
        return row < rows?.count ?? (number == nil ? 0 : 1)
    }

    /// Inserts a row with a reserved number.
    ///
    /// - Returns: the number; `nil` when nothing was done, since the statement is another one.
    private func insertNumbered() throws -> Int64? {
        guard let numbered = form.numbered,
            let number = try numbers.next(of: numbered.table, numbered.column)
        else { return nil }
        parameters.add(number)
        try connection.gather(parameters, for: numbered.insert)
        return number
    }

    func reset() {
        parameters.removeAll()
        rows = nil
        number = nil
        row = -1
    }

    var columns: [String] { rows?.columns ?? form.numbered.map { [$0.column] } ?? [] }

    func isNull(_ column: Int) -> Bool { rows?.isNull(row, column) ?? (number == nil) }

    func integer(_ column: Int) -> Int64 { rows?.integer(row, column) ?? number ?? 0 }

    func text(_ column: Int) -> String? { rows?.text(row, column) }

    func blob(_ column: Int) -> [UInt8] { rows?.bytes(row, column) ?? [] }

    func value(_ column: Int) -> StoreValue {
        switch rows?.value(row, column) ?? number.map({ .integer($0) }) ?? .null {
        case .null: .null
        case .integer(let number): .integer(number)
        case .real(let number): .real(number)
        case .text(let text): .text(text)
        case .bytes(let bytes): .blob(bytes)
        }
    }
}
