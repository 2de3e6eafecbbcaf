import WirecopyMessages

/// SQL of a reader, with what it may take.
package struct SQLQuery: Sendable {
    /// One statement that reads.
    package var text: String
    /// Rows that it may give.
    package var rowsMax: Int
    /// How long it may run.
    package var timeMax: Duration

    /// Makes a query.
    package init(_ text: String, rowsMax: Int = 1000, timeMax: Duration = .seconds(10)) {
        self.text = text
        self.rowsMax = rowsMax
        self.timeMax = timeMax
    }
}

/// The answer to SQL of a reader.
package struct SQLReport: Report {
    /// Bytes of text that an answer may have, so that no answer fills the memory.
    package static let bytesMax = 64 << 20

    /// Names of the columns.
    package var columns: [String]
    /// True when there are more rows than were asked for, or more bytes than `bytesMax`.
    package var isCut: Bool
    /// The rows, each with a value a column.
    package var rows: [[Value]]

    /// A value of a row.
    package enum Value: Codable, Sendable, Equatable {
        case null
        case integer(Int64)
        case real(Double)
        case text(String)

        /// The value as people read it; nothing for no value.
        package var text: String {
            switch self {
            case .null: ""
            case .integer(let number): String(number)
            case .real(let number): String(number)
            case .text(let text): text
            }
        }

        /// Reads JSON's own types.
        package init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let number = try? container.decode(Int64.self) {
                self = .integer(number)
            } else if let number = try? container.decode(Double.self) {
                self = .real(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }

        /// Writes JSON's own types.
        package func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .null: try container.encodeNil()
            case .integer(let number): try container.encode(number)
            case .real(let number): try container.encode(number)
            case .text(let text): try container.encode(text)
            }
        }
    }
}
