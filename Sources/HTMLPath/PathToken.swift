/// A piece of an expression (XPath 1.0, section 3.7).
enum PathToken: Sendable, Equatable {
    case name(String)
    case literal(String)
    case number(Double)
    /// An operator or bracket: `/`, `//`, `::`, `(`, `[`, `@`, `..`, `<=`, ...
    case sign(String)

    /// Cuts an expression; `nil` at a character that begins no token.
    static func tokens(of text: String) -> [PathToken]? {
        var scanner = PathScanner(bytes: Array(text.utf8))
        return scanner.run()
    }
}

private struct PathScanner {
    let bytes: [UInt8]
    var position = 0

    mutating func run() -> [PathToken]? {
        var tokens: [PathToken] = []
        while true {
            while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
            guard position < bytes.count else { return tokens }
            guard let token = next() else { return nil }
            tokens.append(token)
        }
    }

    private mutating func next() -> PathToken? {
        let byte = bytes[position]
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return literal(byte) }
        let following = position + 1 < bytes.count ? bytes[position + 1] : 0
        if Self.isDigit(byte) || (byte == UInt8(ascii: ".") && Self.isDigit(following)) {
            return number()
        }
        if Self.isNameStart(byte) { return name() }
        let pair = String(decoding: [byte, following], as: UTF8.self)
        if Self.pairs.contains(pair) {
            position += 2
            return .sign(pair)
        }
        let single = String(decoding: [byte], as: UTF8.self)
        guard Self.singles.contains(single) else { return nil }
        position += 1
        return .sign(single)
    }

    private mutating func literal(_ quote: UInt8) -> PathToken? {
        let start = position + 1
        guard let end = bytes[start...].firstIndex(of: quote) else { return nil }
        position = end + 1
        return .literal(String(decoding: bytes[start..<end], as: UTF8.self))
    }

    private mutating func number() -> PathToken? {
        let start = position
        while position < bytes.count, Self.isDigit(bytes[position]) || bytes[position] == 0x2E {
            position += 1
        }
        return Double(String(decoding: bytes[start..<position], as: UTF8.self))
            .map(PathToken.number)
    }

    private mutating func name() -> PathToken {
        let start = position
        while position < bytes.count, Self.isNamePart(bytes[position]) { position += 1 }
        return .name(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private static let pairs: Set<String> = ["//", "::", "..", "!=", "<=", ">="]
    private static let singles: Set<String> = [
        "/", "(", ")", "[", "]", ".", "@", ",", "|", "+", "-", "=", "<", ">", "*",
    ]

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }
    private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }

    private static func isNameStart(_ byte: UInt8) -> Bool {
        0x61...0x7A ~= byte | 0x20 || byte == 0x5F || byte >= 0x80
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        isNameStart(byte) || isDigit(byte) || byte == 0x2D || byte == 0x2E
    }
}
