/// Writes SQL as PostgreSQL reads it.
///
/// The store's SQL is that which SQLite and PostgreSQL both understand, but for two things: SQLite
/// marks parameters with `?` and `?1`, PostgreSQL with `$1`; and `CROSS JOIN ... ON`, which makes
/// SQLite take the tables in this order, is `JOIN ... ON` to PostgreSQL, which plans by itself.
enum PostgreSQLText {
    /// The same statement for PostgreSQL. Question marks in quotes are left alone.
    static func translated(_ sql: String) -> String {
        var written: [UInt8] = []
        let bytes = Array(sql.utf8)
        var (index, last) = (0, 0)
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                let end = endOfQuote(bytes, from: index)
                written += bytes[index..<end]
                index = end
            case UInt8(ascii: "?"):
                let (number, end) = parameter(bytes, from: index + 1)
                let place = number ?? last + 1
                last = max(last, place)
                written += "$\(place)".utf8
                index = end
            case UInt8(ascii: "C") where bytes[index...].starts(with: crossJoin):
                written += "JOIN".utf8
                index += crossJoin.count
            default:
                written.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: written, as: UTF8.self)
    }

    private static let crossJoin = Array("CROSS JOIN".utf8)

    private static func endOfQuote(_ bytes: [UInt8], from start: Int) -> Int {
        let end = bytes[(start + 1)...].firstIndex(of: bytes[start])
        return end.map { $0 + 1 } ?? bytes.count
    }

    private static func parameter(_ bytes: [UInt8], from start: Int) -> (number: Int?, end: Int) {
        var end = start
        var number: Int?
        while end < bytes.count, let digit = digit(bytes[end]) {
            number = (number ?? 0) * 10 + digit
            end += 1
        }
        return (number, end)
    }

    private static func digit(_ byte: UInt8) -> Int? {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            ? Int(byte - UInt8(ascii: "0")) : nil
    }
}
