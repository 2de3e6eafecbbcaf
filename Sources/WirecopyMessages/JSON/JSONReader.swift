/// Reads strict JSON (RFC 8259) from UTF-8 bytes, value by value, without building a tree.
///
/// Any bytes lead to a value or a `JSONFailure`. Nesting is bounded by `depthMax`. Malformed UTF-8
/// inside a string is replaced by U+FFFD; an unpaired surrogate escape likewise.
package struct JSONReader: Sendable {
    /// Deeper documents are refused; messages need six levels, the rest is room for additions.
    package static let depthMax = 64

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    /// Starts at the first byte.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads an object and calls `field` for each of its keys, in the order of the document.
    ///
    /// `field` must read exactly one value, or call `skip()`.
    package mutating func object(
        _ field: (String, inout JSONReader) throws(JSONFailure) -> Void
    ) throws(JSONFailure) {
        try enter(UInt8(ascii: "{"), "an object")
        if take(UInt8(ascii: "}")) { return depth -= 1 }
        repeat {
            skipSpace()
            let name = try string()
            guard take(UInt8(ascii: ":")) else { throw syntax("a colon after the key \(name)") }
            try field(name, &self)
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw syntax("a comma or the end of the object") }
        depth -= 1
    }

    /// Reads an array and calls `element` for each of its values.
    package mutating func array(
        _ element: (inout JSONReader) throws(JSONFailure) -> Void
    ) throws(JSONFailure) {
        try enter(UInt8(ascii: "["), "an array")
        if take(UInt8(ascii: "]")) { return depth -= 1 }
        repeat {
            try element(&self)
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw syntax("a comma or the end of the array") }
        depth -= 1
    }

    /// Reads a string.
    package mutating func string() throws(JSONFailure) -> String {
        skipSpace()
        guard take(UInt8(ascii: "\"")) else { throw wrongType("a string") }
        let start = position
        position += plainCount()
        guard position < bytes.count else {
            throw syntax("the closing quotation mark of a string")
        }
        switch bytes[position] {
        case UInt8(ascii: "\""):
            defer { position += 1 }
            return String(decoding: bytes[start..<position], as: UTF8.self)
        case UInt8(ascii: "\\"): return try escapedString(from: start)
        default: throw syntax("no control character in a string")
        }
    }

    /// Gives the bytes of a string without escapes to `read`, and passes over the string if that
    /// gives a value; otherwise, or when something else comes next, nothing is read.
    ///
    /// For identifiers on the hot path, which need no `String`.
    mutating func plainString<Value>(_ read: (Span<UInt8>) -> Value?) -> Value? {
        skipSpace()
        let start = position
        guard take(UInt8(ascii: "\"")) else { return nil }
        let end = position + plainCount()
        guard end < bytes.count, bytes[end] == UInt8(ascii: "\""),
            let value = read(bytes.span.extracting(position..<end))
        else {
            position = start
            return nil
        }
        position = end + 1
        return value
    }

    /// Reads a whole number that fits 64 bits.
    package mutating func integer() throws(JSONFailure) -> Int {
        skipSpace()
        if let value = plainInteger() { return value }
        let start = position
        let text = try numberText()
        if let value = Int(text) { return value }
        // 1e3 and 2.0 are whole numbers too, as JSON Schema counts them.
        guard let value = Double(text), let whole = Int(exactly: value) else {
            throw JSONFailure(.type, at: start, "Expected a whole number but found \(text).")
        }
        return whole
    }

    /// Reads a number.
    package mutating func number() throws(JSONFailure) -> Double {
        let start = position
        let text = try numberText()
        guard let value = Double(text), value.isFinite else {
            throw JSONFailure(.type, at: start, "The number \(text) is out of range.")
        }
        return value
    }

    /// Reads `true` or `false`.
    package mutating func boolean() throws(JSONFailure) -> Bool {
        if takeWord("true") { return true }
        if takeWord("false") { return false }
        throw wrongType("true or false")
    }

    /// Reads `null` if it comes next, and says whether it did.
    package mutating func null() -> Bool { takeWord("null") }

    /// Reads a list of strings.
    package mutating func strings() throws(JSONFailure) -> [String] {
        var values: [String] = []
        try array { (reader) throws(JSONFailure) in values.append(try reader.string()) }
        return values
    }

    /// Reads a nested value.
    package mutating func value<Value: JSONRepresentable>(
        _: Value.Type = Value.self
    ) throws(JSONFailure) -> Value {
        try Value(from: &self)
    }

    /// Reads a list of nested values.
    package mutating func values<Value: JSONRepresentable>(
        _: Value.Type = Value.self
    ) throws(JSONFailure) -> [Value] {
        var values: [Value] = []
        try array { (reader) throws(JSONFailure) in values.append(try Value(from: &reader)) }
        return values
    }

    /// Reads a word of a closed list.
    package mutating func word<Word: RawRepresentable>(
        _: Word.Type = Word.self
    ) throws(JSONFailure) -> Word where Word.RawValue == String {
        let start = position
        let text = try string()
        guard let word = Word(rawValue: text) else {
            throw JSONFailure(
                .invalidValue,
                at: start,
                "The word \(text.prefix(80)) is not one of the \(Word.self) words."
            )
        }
        return word
    }

    /// Passes over one value of any kind.
    package mutating func skip() throws(JSONFailure) {
        skipSpace()
        guard position < bytes.count else { throw syntax("a value") }
        switch bytes[position] {
        case UInt8(ascii: "{"): try object { (_, reader) throws(JSONFailure) in try reader.skip() }
        case UInt8(ascii: "["): try array { (reader) throws(JSONFailure) in try reader.skip() }
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try boolean()
        case UInt8(ascii: "n"): guard null() else { throw syntax("null") }
        default: _ = try numberText()
        }
    }

    /// Checks that nothing but white space is left.
    package mutating func end() throws(JSONFailure) {
        skipSpace()
        guard position == bytes.count else {
            throw JSONFailure(
                .trailingBytes,
                at: position,
                "There are \(bytes.count - position) bytes after the end of the JSON value."
            )
        }
    }

    /// Gives a required field's value, or says which field is missing.
    package func required<Value>(_ value: Value?, _ name: String) throws(JSONFailure) -> Value {
        guard let value else {
            throw JSONFailure(.missingField, at: position, "The field \(name) is missing.")
        }
        return value
    }

    /// A failure about a value that has the right type but may not be used.
    package func invalid(_ sentence: String) -> JSONFailure {
        JSONFailure(.invalidValue, at: position, sentence)
    }
}

// Lexical parts.
extension JSONReader {
    private mutating func enter(_ bracket: UInt8, _ name: String) throws(JSONFailure) {
        skipSpace()
        guard take(bracket) else { throw wrongType(name) }
        depth += 1
        guard depth <= Self.depthMax else {
            throw JSONFailure(
                .tooDeep,
                at: position,
                "The JSON is nested more than \(Self.depthMax) levels deep."
            )
        }
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func takeWord(_ word: StaticString) -> Bool {
        skipSpace()
        let count = word.utf8CodeUnitCount
        guard bytes.count - position >= count,
            (0..<count).allSatisfy({ unsafe bytes[position + $0] == word.utf8Start[$0] })
        else { return false }
        position += count
        return true
    }

    /// Bytes from here to the next quotation mark, backslash, control character or the end.
    private func plainCount() -> Int {
        JSONBytes.plainCount(bytes.span.extracting(position...))
    }

    /// Reads a number of digits alone; `nil`, and nothing is read, for any other number.
    private mutating func plainInteger() -> Int? {
        let start = position
        let count = digits()
        if position < bytes.count {
            let next = bytes[position]
            guard next != UInt8(ascii: "."), next | 0x20 != UInt8(ascii: "e") else {
                position = start
                return nil
            }
        }
        let value = JSONBytes.decimal(bytes.span.extracting(start..<start + count))
        if value == nil { position = start }
        return value
    }

    private func syntax(_ expected: String) -> JSONFailure {
        JSONFailure(.syntax, at: position, "Expected \(expected) at byte \(position).")
    }

    private func wrongType(_ expected: String) -> JSONFailure {
        JSONFailure(.type, at: position, "Expected \(expected) at byte \(position).")
    }

    /// The grammar of RFC 8259 section 6; what `Double` accepts beyond it is refused.
    private mutating func numberText() throws(JSONFailure) -> String {
        skipSpace()
        let start = position
        _ = bytes[position...].first == UInt8(ascii: "-") ? advance() : ()
        let whole = digits()
        guard whole > 0 else { throw wrongType("a value") }
        guard whole == 1 || bytes[position - whole] != UInt8(ascii: "0") else {
            throw syntax("no leading zero in a number")
        }
        if bytes[position...].first == UInt8(ascii: ".") {
            advance()
            guard digits() > 0 else { throw syntax("a digit after the decimal point") }
        }
        if let byte = bytes[position...].first, byte | 0x20 == UInt8(ascii: "e") {
            advance()
            if let sign = bytes[position...].first,
                sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
            {
                advance()
            }
            guard digits() > 0 else { throw syntax("a digit in the exponent") }
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func advance() { position += 1 }

    private mutating func digits() -> Int {
        let start = position
        while position < bytes.count, bytes[position] &- UInt8(ascii: "0") < 10 { position += 1 }
        return position - start
    }

    private mutating func escapedString(from start: Int) throws(JSONFailure) -> String {
        var text = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try unescape(into: &text)
            case 0..<0x20: throw syntax("no control character in a string")
            default: text.append(byte)
            }
        }
        throw syntax("the closing quotation mark of a string")
    }

    private mutating func unescape(into text: inout [UInt8]) throws(JSONFailure) {
        guard position < bytes.count else { throw syntax("a character after a backslash") }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: String(try escapedScalar()).utf8)
        default: throw syntax("a known escape")
        }
    }

    private mutating func escapedScalar() throws(JSONFailure) -> Character {
        let first = try hexUnit()
        if let scalar = Unicode.Scalar(first) { return Character(scalar) }
        guard first < 0xDC00, bytes[position...].starts(with: #"\u"#.utf8) else {
            return "\u{FFFD}"
        }
        let beforeSecond = position
        position += 2
        let second = try hexUnit()
        guard 0xDC00...0xDFFF ~= second else {
            position = beforeSecond
            return "\u{FFFD}"
        }
        let value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
        return Character(Unicode.Scalar(value) ?? "\u{FFFD}")
    }

    private mutating func hexUnit() throws(JSONFailure) -> UInt16 {
        guard position + 4 <= bytes.count,
            bytes[position..<position + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt16(
                String(decoding: bytes[position..<position + 4], as: UTF8.self),
                radix: 16
            )
        else { throw syntax("four hexadecimal digits") }
        position += 4
        return unit
    }
}
