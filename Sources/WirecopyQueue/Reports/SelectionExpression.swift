/// A condition that an operator wrote in SQL, checked to be one expression and nothing else.
///
/// It is put between parentheses into a query on `queue_message`. Here it is only made sure that
/// it cannot leave them; what it may read and call is `GuardedConnection`'s to say.
struct SelectionExpression: Equatable {
    /// The text, as it was written.
    let sql: String

    /// Longer conditions are programs; those read a report with `--json`.
    static let bytesMax = 4096

    /// Checks a condition.
    ///
    /// - Throws: `requestInvalid` with what stands in it that may not.
    init(_ sql: String) throws(QueueFailure) {
        guard sql.utf8.count <= Self.bytesMax else {
            throw Self.refused("has more than \(Self.bytesMax) bytes")
        }
        guard sql.utf8.contains(where: { $0 > 0x20 }) else { throw Self.refused("is empty") }
        var scanner = Scanner(bytes: Array(sql.utf8))
        try scanner.check()
        self.sql = sql
    }

    fileprivate static func refused(_ reason: String) -> QueueFailure {
        QueueFailure(
            .requestInvalid,
            "The condition \(reason). Write one expression on the columns of queue_message, such "
                + "as host = 'example.org' AND attempts > 1."
        )
    }

    /// Walks over the tokens of SQL as far as parentheses and ends are concerned.
    private struct Scanner {
        let bytes: [UInt8]
        private var position = 0
        private var depth = 0

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func check() throws(QueueFailure) {
            while position < bytes.count {
                let byte = bytes[position]
                position += 1
                switch byte {
                case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): try pass(to: byte)
                case UInt8(ascii: "["): try pass(to: UInt8(ascii: "]"))
                case UInt8(ascii: "("): depth += 1
                case UInt8(ascii: ")"):
                    depth -= 1
                    guard depth >= 0 else {
                        throw SelectionExpression.refused("closes a parenthesis that is not open")
                    }
                case UInt8(ascii: ";"), 0:
                    throw SelectionExpression.refused("holds more than one statement")
                case UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "$"):
                    throw SelectionExpression.refused("holds a parameter")
                case UInt8(ascii: "-") where next == byte, UInt8(ascii: "/") where next == 0x2A:
                    throw SelectionExpression.refused("holds a comment")
                default: try passWord()
                }
            }
            guard depth == 0 else {
                throw SelectionExpression.refused("leaves a parenthesis open")
            }
        }

        /// Passes over a word that began before the position, if one did.
        ///
        /// `WITH` could give another table the name of the view, whose parts may be read.
        private mutating func passWord() throws(QueueFailure) {
            let start = position - 1
            guard Self.isWordPart(bytes[start]) else { return }
            while let next, Self.isWordPart(next) { position += 1 }
            let word = String(decoding: bytes[start..<position], as: UTF8.self)
            guard word.lowercased() != "with" else {
                throw SelectionExpression.refused("holds the word WITH")
            }
        }

        private static func isWordPart(_ byte: UInt8) -> Bool {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...: true
            default: false
            }
        }

        private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

        /// Passes over a quoted part; a doubled mark begins the next part at once, which is right.
        private mutating func pass(to end: UInt8) throws(QueueFailure) {
            guard let place = bytes[position...].firstIndex(of: end) else {
                throw SelectionExpression.refused("leaves a quotation mark open")
            }
            guard !bytes[position..<place].contains(0) else {
                throw SelectionExpression.refused("holds a zero byte")
            }
            position = place + 1
        }
    }
}
