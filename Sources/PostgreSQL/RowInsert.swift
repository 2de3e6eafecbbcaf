/// An INSERT of one row of parameters, many of which are sent as one statement.
///
/// It belongs to one connection, which sends its rows before any statement that may look for them.
package final class RowInsert {
    /// Rows of one statement at most: with more, a row hardly gets cheaper, and there are more
    /// statements to keep prepared. A power of two.
    static let rowsMax = 32
    /// Bytes that wait at most; bounds the memory, since one row may have megabytes.
    static let bytesMax = 1 << 20

    /// The table.
    let table: String
    private let head: String
    private let width: Int
    private let tail: String
    /// Types of the columns' values, as far as values were met.
    private var types: [UInt32]
    /// The parameters of the rows that wait.
    private var waiting = Parameters()
    private var texts: [Int: String] = [:]

    /// Makes one for a statement that reads `head (?, ?, ...) tail`.
    ///
    /// - Parameters:
    ///   - table: the table.
    ///   - head: what stands before the rows, up to `VALUES`.
    ///   - width: number of a row's values, at least 1.
    ///   - tail: what stands behind the rows.
    init(table: String, head: String, width: Int, tail: String) {
        self.table = table
        self.head = head
        self.width = width
        self.tail = tail
        types = [UInt32](repeating: 0, count: width)
    }

    /// Rows that wait.
    var count: Int { waiting.places.count / width }

    /// Whether as much waits as goes into one statement.
    var isFull: Bool { count >= Self.rowsMax || waiting.bytes.count >= Self.bytesMax }

    /// Whether a row can go with those that wait: a column's values have one type.
    func fits(_ row: Parameters) -> Bool {
        zip(types, row.places).allSatisfy { $0 == 0 || $1.type == 0 || $0 == $1.type }
    }

    /// Lets a row wait.
    func add(_ row: Parameters) {
        precondition(row.places.count == width, "A row of \(head) has \(row.places.count) values.")
        if waiting.places.isEmpty, !fits(row) { types = [UInt32](repeating: 0, count: width) }
        for (column, place) in row.places.enumerated() where place.type != 0 {
            types[column] = place.type
        }
        waiting.add(row)
    }

    /// Forgets the rows that wait.
    func removeAll() { waiting.removeAll() }

    /// Takes the rows that wait, as few statements whose numbers of rows are powers of two: so
    /// there are few texts to prepare.
    func take(_ send: (String, [UInt32], Parameters) throws(PostgreSQLFailure) -> Void)
        throws(PostgreSQLFailure)
    {
        defer { waiting.removeAll() }
        var (start, left) = (0, count)
        var size = Self.rowsMax
        while left > 0 {
            while size > left { size /= 2 }
            let places = (start * width)..<((start + size) * width)
            let types = places.map { self.types[$0 % width] }
            try send(text(rows: size), types, waiting.part(places))
            (start, left) = (start + size, left - size)
        }
    }

    private func text(rows: Int) -> String {
        if let known = texts[rows] { return known }
        let lists = (0..<rows).map { row in
            let places = (1...width).map { "$\(row * width + $0)" }
            return "(" + places.joined(separator: ", ") + ")"
        }
        let text = head + " " + lists.joined(separator: ", ") + tail
        texts[rows] = text
        return text
    }
}

// Gathering rows.
extension Connection {
    /// The INSERT of a text; each text has one. The texts are those of a program, some dozens.
    ///
    /// - Parameters:
    ///   - table: the table, by which statements say that they look for its rows.
    ///   - head: what stands before the rows, up to `VALUES`.
    ///   - width: number of a row's values, at least 1.
    ///   - tail: what stands behind the rows, such as ` ON CONFLICT DO NOTHING`.
    /// - Returns: the one for these texts, in which rows may wait.
    package func insert(
        into table: String,
        _ head: String,
        width: Int,
        _ tail: String
    ) -> RowInsert {
        let key = head + tail
        if let known = inserts[key] { return known }
        let insert = RowInsert(table: table, head: head, width: width, tail: tail)
        inserts[key] = insert
        return insert
    }

    /// Inserts a row together with others of its kind, before any statement is sent that looks for
    /// rows of its table. Rows of several tables may wait at once, and their order among each other
    /// is not kept: nothing but the row's own table may depend on it.
    ///
    /// - Throws: the failure of the transaction, if it is known already.
    package func gather(_ row: Parameters, for insert: RowInsert) throws(PostgreSQLFailure) {
        try checkState()
        if !insert.fits(row) { try sendRows(of: insert) }
        if insert.count == 0 { gathered.append(insert) }
        insert.add(row)
        if insert.isFull { try sendRows(of: insert) }
    }

    /// Sends the rows that wait, of some tables or of all.
    func sendGathered(of tables: Set<String>? = nil) throws(PostgreSQLFailure) {
        for insert in gathered where tables?.contains(insert.table) != false {
            try sendRows(of: insert)
        }
    }

    /// Forgets the rows that wait, of a transaction that failed.
    func forgetGathered() {
        for insert in gathered { insert.removeAll() }
        gathered = []
    }

    private func sendRows(of insert: RowInsert) throws(PostgreSQLFailure) {
        gathered.removeAll { $0 === insert }
        try insert.take { text, types, parameters throws(PostgreSQLFailure) in
            try sendNow(text, types, parameters)
        }
    }
}
