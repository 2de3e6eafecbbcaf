import PostgreSQL

/// A connection to PostgreSQL within a transaction.
final class PostgreSQLEngine: StoreEngine {
    let dialect: any StoreDialect = PostgreSQLDialect()
    private let connection: Connection
    /// The texts that were met, as PostgreSQL reads them.
    private var texts: [String: String] = [:]

    /// Takes a connection.
    init(_ connection: Connection) { self.connection = connection }

    func statement(_ sql: String) throws -> any EngineStatement {
        let text = texts[sql] ?? PostgreSQLText.translated(sql)
        texts[sql] = text
        return PostgreSQLStatement(text, connection)
    }
}

/// A statement of PostgreSQL with its parameters and the row at hand.
final class PostgreSQLStatement: EngineStatement {
    private let text: String
    private let connection: Connection
    private var parameters = Parameters()
    private var rows: Rows?
    private var row = -1

    /// Makes a statement of a text that PostgreSQL reads.
    init(_ text: String, _ connection: Connection) {
        self.text = text
        self.connection = connection
    }

    func add(_ value: Int64) { parameters.add(value) }

    func add(_ value: Double) { parameters.add(value) }

    func add(text utf8: Span<UInt8>) { parameters.add(text: utf8) }

    func add(blob bytes: Span<UInt8>) { parameters.add(bytes: bytes) }

    func addNull() { parameters.addNull() }

    /// Is on its way when this returns; the transaction's next read or its end waits for it.
    func run() throws {
        try connection.send(text, parameters)
        reset()
    }

    func step() throws -> Bool {
        let rows = try rows ?? connection.rows(text, parameters)
        self.rows = rows
        row += 1
        return row < rows.count
    }

    func reset() {
        parameters.removeAll()
        rows = nil
        row = -1
    }

    var columns: [String] { rows?.columns ?? [] }

    func isNull(_ column: Int) -> Bool { rows?.isNull(row, column) ?? true }

    func integer(_ column: Int) -> Int64 { rows?.integer(row, column) ?? 0 }

    func text(_ column: Int) -> String? { rows?.text(row, column) }

    func blob(_ column: Int) -> [UInt8] { rows?.bytes(row, column) ?? [] }

    func value(_ column: Int) -> StoreValue {
        switch rows?.value(row, column) ?? .null {
        case .null: .null
        case .integer(let number): .integer(number)
        case .real(let number): .real(number)
        case .text(let text): .text(text)
        case .bytes(let bytes): .blob(bytes)
        }
    }
}
