/// What a line of a file is about.
enum RobotsField: Sendable {
    case userAgent, allow, disallow, sitemap, crawlDelay, contentSignal, contentUsage

    /// Beginnings of names, misspelt ones that Google's parser knows among them.
    private static let names: [(String, RobotsField)] = [
        ("user-agent", .userAgent), ("useragent", .userAgent), ("user agent", .userAgent),
        ("allow", .allow),
        ("disallow", .disallow), ("dissallow", .disallow), ("dissalow", .disallow),
        ("disalow", .disallow), ("diasllow", .disallow), ("disallaw", .disallow),
        ("sitemap", .sitemap), ("site-map", .sitemap),
        ("crawl-delay", .crawlDelay), ("crawldelay", .crawlDelay),
        ("content-signal", .contentSignal), ("content-usage", .contentUsage),
    ]

    /// The longest name above.
    private static let nameMaxBytes = 14

    /// Field and value of a line; `nil` for lines that say nothing.
    static func read(_ line: ArraySlice<UInt8>) -> (RobotsField, ArraySlice<UInt8>)? {
        let line = trimmed(line.prefix { $0 != UInt8(ascii: "#") })
        guard let (key, value) = parts(line) else { return nil }
        let start = String(decoding: key.prefix(nameMaxBytes), as: UTF8.self).lowercased()
        return names.first { start.hasPrefix($0.0) }.map { ($0.1, value) }
    }

    /// Name and value, apart by a colon or, in a line of two words, by white space.
    private static func parts(
        _ line: ArraySlice<UInt8>
    ) -> (ArraySlice<UInt8>, ArraySlice<UInt8>)? {
        if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            let key = trimmed(line[..<colon])
            return key.isEmpty ? nil : (key, trimmed(line[(colon + 1)...]))
        }
        guard let space = line.firstIndex(where: \.isRobotsSpace) else { return nil }
        let value = trimmed(line[space...])
        return value.contains(where: \.isRobotsSpace) ? nil : (line[..<space], value)
    }

    static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes.drop(while: \.isRobotsSpace)
        while let last = bytes.last, last.isRobotsSpace { bytes.removeLast() }
        return bytes
    }
}

/// The lines of a file, which end in CR, LF or both; an empty line between both counts as none.
struct RobotsLines: Sequence, IteratorProtocol {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func next() -> ArraySlice<UInt8>? {
        guard !rest.isEmpty else { return nil }
        let end = rest.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? rest.endIndex
        let line = rest[..<end]
        rest = rest[end...]
        let isPair = rest.starts(with: [0x0D, 0x0A])
        rest = rest.dropFirst(isPair ? 2 : 1)
        return line
    }
}

extension UInt8 {
    var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
    var isDigit: Bool { self &- 0x30 < 10 }
    var isRobotsSpace: Bool { self == 0x20 || 0x09...0x0D ~= self }

    /// The value of a hexadecimal digit.
    var hexadecimalValue: UInt8? {
        if isDigit { return self &- 0x30 }
        let letter = (self | 0x20) &- 0x61
        return letter < 6 ? letter + 10 : nil
    }
}
