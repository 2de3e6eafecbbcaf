/// The text of an INSERT of one row of parameters, as far as it may be gathered with others of its
/// kind: nothing is computed, nothing is updated, no row depends on another.
struct InsertText: Equatable {
    /// The table.
    var table: String
    /// The columns, each of which takes one parameter, in their order.
    var columns: [String]
    /// Whether a row that is there already is passed over.
    var passesOver = false
    /// The column whose value is wanted back.
    var returned: String?

    /// Reads `INSERT INTO t (a, b) VALUES (?, ?)`, maybe with `ON CONFLICT DO NOTHING` or with
    /// `RETURNING c`, and `INSERT INTO t DEFAULT VALUES RETURNING c`; `nil` for anything else.
    init?(_ sql: String) {
        var words = Self.words(of: sql)[...]
        guard words.starts(with: ["INSERT", "INTO"]), words.count > 3 else { return nil }
        table = words[2]
        words = words.dropFirst(3)
        if words.starts(with: ["DEFAULT", "VALUES"]) {
            columns = []
            words = words.dropFirst(2)
        } else {
            guard let names = Self.list(&words), words.popFirst() == "VALUES",
                Self.list(&words) == names.map({ _ in "?" })
            else { return nil }
            columns = names
        }
        if words.starts(with: ["ON", "CONFLICT", "DO", "NOTHING"]) {
            passesOver = true
            words = words.dropFirst(4)
        }
        if words.count == 2, words.first == "RETURNING" { returned = words.removeLast() }
        guard words.isEmpty || returned != nil, !(passesOver && returned != nil) else { return nil }
        guard !columns.isEmpty || returned != nil else { return nil }
    }

    /// What stands before the rows, with more columns at the end.
    func head(_ more: [String] = []) -> String {
        "INSERT INTO \(table) (\((columns + more).joined(separator: ", "))) VALUES"
    }

    /// What stands behind the rows.
    var tail: String { passesOver ? " ON CONFLICT DO NOTHING" : "" }

    /// Takes `(a, b)` from the front; `nil` when something else stands there.
    private static func list(_ words: inout ArraySlice<String>) -> [String]? {
        guard words.popFirst() == "(" else { return nil }
        var items: [String] = []
        while let item = words.popFirst(), let sign = words.popFirst() {
            items.append(item)
            if sign == ")" { return items }
            guard sign == "," else { return nil }
        }
        return nil
    }

    /// Names and signs; a sign stands alone.
    static func words(of sql: String) -> [String] {
        var (words, word) = ([String](), [UInt8]())
        func end() {
            if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
            word.removeAll(keepingCapacity: true)
        }
        for byte in sql.utf8 {
            switch byte {
            case UInt8(ascii: "_"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                word.append(byte)
            case UInt8(ascii: " "), UInt8(ascii: "\n"): end()
            default:
                end()
                words.append(String(decoding: [byte], as: UTF8.self))
            }
        }
        end()
        return words
    }
}
