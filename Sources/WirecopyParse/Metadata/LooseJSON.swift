/// A JSON value as pages write it into scripts.
enum LooseJSON: Sendable, Equatable {
    case string(String)
    case number(String)
    case boolean(Bool)
    case null
    case array([LooseJSON])
    case object([String: LooseJSON])

    /// Reads bytes as JSON and forgives what pages get wrong: text around the value, line breaks
    /// and unescaped quotation marks in strings, trailing commas, a missing end.
    ///
    /// What comes before the first mistake that cannot be forgiven is kept.
    init?(reading bytes: [UInt8]) {
        var reader = LooseJSONReader(bytes)
        guard let value = reader.document() else { return nil }
        self = value
    }

    /// The value of a key, when this is an object that has it.
    subscript(key: String) -> LooseJSON? {
        guard case .object(let fields) = self else { return nil }
        return fields[key]
    }

    /// The text of a string or number; of a list, that of its first element.
    var text: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .array(let values): values.lazy.compactMap(\.ownText).first
        default: nil
        }
    }

    /// The elements of a list; anything else is a list of one.
    var elements: [LooseJSON] {
        guard case .array(let values) = self else { return [self] }
        return values
    }

    /// The truth value of a boolean, also when it was written as text.
    var truth: Bool? {
        switch self {
        case .boolean(let value): value
        case .string(let text): ["true": true, "false": false][text.lowercased()]
        default: nil
        }
    }

    private var ownText: String? {
        switch self {
        case .string(let text), .number(let text): text
        default: nil
        }
    }
}

/// The reader behind `LooseJSON.init(reading:)`.
private struct LooseJSONReader {
    /// Structured data nests about ten levels deep.
    private static let depthMax = 40
    /// Values in one script; a list of a thousand products is no article's data.
    private static let valuesMax = 20_000

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0
    private var valueCount = 0
    private var isBroken = false

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() -> LooseJSON? {
        guard let start = bytes.indices.first(where: isStartOfDocument) else { return nil }
        position = start
        return value()
    }

    /// A bracket that a value, a key or its end follows; not that of `<![CDATA[`.
    private func isStartOfDocument(_ index: Int) -> Bool {
        guard bytes[index] == UInt8(ascii: "{") || bytes[index] == UInt8(ascii: "[") else {
            return false
        }
        let rest = bytes[(index + 1)...]
        guard let next = rest.first(where: { !$0.isSpace }) else { return false }
        return "{[\"]}".utf8.contains(next)
    }

    private mutating func value() -> LooseJSON? {
        skipSpace()
        valueCount += 1
        guard position < bytes.count, valueCount < Self.valuesMax, depth < Self.depthMax else {
            return fail()
        }
        depth += 1
        defer { depth -= 1 }
        switch bytes[position] {
        case UInt8(ascii: "{"): return object()
        case UInt8(ascii: "["): return array()
        case UInt8(ascii: "\""): return .string(string())
        default: return word()
        }
    }

    private mutating func object() -> LooseJSON {
        position += 1
        var fields: [String: LooseJSON] = [:]
        while !isBroken {
            skipSpaceAndCommas()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                if !take(UInt8(ascii: "}")) { isBroken = true }
                break
            }
            let key = string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else {
                isBroken = true
                break
            }
            if let value = value(), fields[key] == nil { fields[key] = value }
        }
        return .object(fields)
    }

    private mutating func array() -> LooseJSON {
        position += 1
        var values: [LooseJSON] = []
        while !isBroken {
            skipSpaceAndCommas()
            if take(UInt8(ascii: "]")) { break }
            guard let value = value() else { break }
            values.append(value)
        }
        return .array(values)
    }

    /// Reads to the quotation mark that something follows which may follow a string.
    private mutating func string() -> String {
        position += 1
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\\") {
                unescape(into: &text)
            } else if byte == UInt8(ascii: "\""), isEndOfString() {
                return String(decoding: text, as: UTF8.self)
            } else {
                text.append(byte)
            }
        }
        isBroken = true
        return String(decoding: text, as: UTF8.self)
    }

    private func isEndOfString() -> Bool {
        var next = position
        while next < bytes.count, bytes[next].isSpace { next += 1 }
        guard next < bytes.count else { return true }
        return [UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "}"), UInt8(ascii: "]")]
            .contains(bytes[next])
    }

    private mutating func unescape(into text: inout [UInt8]) {
        guard position < bytes.count else { return }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "b"),
            UInt8(ascii: "f"):
            text.append(byte == UInt8(ascii: "n") ? 0x0A : 0x20)
        case UInt8(ascii: "u"): text.append(contentsOf: escapedScalar().utf8)
        default: text.append(byte)
        }
    }

    private mutating func escapedScalar() -> String {
        guard let first = hexUnit() else { return "\u{FFFD}" }
        if let scalar = Unicode.Scalar(first) { return String(scalar) }
        guard bytes[position...].starts(with: #"\u"#.utf8) else { return "\u{FFFD}" }
        position += 2
        guard let second = hexUnit(), first < 0xDC00, 0xDC00...0xDFFF ~= second else {
            return "\u{FFFD}"
        }
        let value = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
        return Unicode.Scalar(value).map { String($0) } ?? "\u{FFFD}"
    }

    private mutating func hexUnit() -> UInt32? {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, let first = digits.first, first != UInt8(ascii: "+"),
            let unit = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { return nil }
        position += 4
        return unit
    }

    /// A number, `true`, `false`, `null`, or something that is none of them.
    private mutating func word() -> LooseJSON? {
        let start = position
        while position < bytes.count, isWordByte(bytes[position]) { position += 1 }
        guard position > start else { return fail() }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        switch text {
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case "null": return .null
        default: return .number(text)
        }
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        byte.isDigit || byte.isLetter || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            || byte == UInt8(ascii: "+")
    }

    private mutating func fail() -> LooseJSON? {
        isBroken = true
        return nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while position < bytes.count, bytes[position].isSpace { position += 1 }
    }

    private mutating func skipSpaceAndCommas() {
        while position < bytes.count, bytes[position].isSpace || bytes[position] == 0x2C {
            position += 1
        }
    }
}
