/// The double-quoted strings of a script, with the keys that they stand under.
///
/// Scripts are searched, not parsed: what is a string in JSON (RFC 8259, section 7) is one in most
/// programs too, and a string may hold JSON again, as pages do that are built from a state.
struct ScriptStrings {
    /// A string and the key in front of it, empty when it has none.
    struct Found: Sendable, Equatable {
        let key: String
        let text: [UInt8]
        /// Whether it is JSON again, whose strings are found too.
        let holdsStrings: Bool
    }

    /// Strings of one page.
    static let stringsMax = 20_000
    /// Bytes that are searched on one page, strings inside of strings included.
    static let bytesMax = 8 << 20
    /// Strings in strings in strings: a state that was written as a string of a stream.
    static let depthMax = 3

    private(set) var found: [Found] = []
    private var searchedBytes = 0

    /// Searches a script.
    mutating func read(_ script: [UInt8]) { read(script, depth: 0) }

    private mutating func read(_ bytes: [UInt8], depth: Int) {
        guard depth < Self.depthMax, searchedBytes + bytes.count <= Self.bytesMax else { return }
        searchedBytes += bytes.count
        var (index, key) = (0, "")
        while let start = Self.start(in: bytes, from: index), found.count < Self.stringsMax {
            guard let end = Self.end(in: bytes, from: start) else {
                index = start
                continue
            }
            let text = Self.unescaped(bytes[start..<end])
            index = end + 1
            if bytes[index...].first(where: { !$0.isSpace }) == UInt8(ascii: ":") {
                key = String(decoding: text.prefix(Self.keyBytesMax), as: UTF8.self)
                continue
            }
            let holdsStrings = Self.holdsStrings(text)
            found.append(Found(key: key, text: text, holdsStrings: holdsStrings))
            key = ""
            if holdsStrings { read(text, depth: depth + 1) }
        }
    }

    /// Longer keys are no names.
    private static let keyBytesMax = 60

    /// Behind the next quotation mark that a value can begin with.
    private static func start(in bytes: [UInt8], from index: Int) -> Int? {
        var index = index
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\"") {
                let before = bytes[..<index].last { !$0.isSpace }
                if before.map({ "[{,:(=".utf8.contains($0) }) ?? true { return index + 1 }
            }
            index += 1
        }
        return nil
    }

    /// The quotation mark that ends a string; `nil` when its line ends first.
    private static func end(in bytes: [UInt8], from start: Int) -> Int? {
        var index = start
        while index < bytes.count, bytes[index] != 0x0A {
            if bytes[index] == UInt8(ascii: "\"") { return index }
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return nil
    }

    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "\\")) else { return Array(bytes) }
        let quoted = [UInt8(ascii: "["), UInt8(ascii: "\"")] + bytes + Array("\"]".utf8)
        return LooseJSON(reading: quoted)?.text.map { Array($0.utf8) } ?? []
    }

    /// Whether a string looks like JSON: quoted names with colons behind them.
    private static func holdsStrings(_ text: [UInt8]) -> Bool {
        guard text.count > 40, let quote = text.firstIndex(of: UInt8(ascii: "\"")) else {
            return false
        }
        let start = text[quote...].prefix(200)
        return zip(start, start.dropFirst()).contains { first, second in
            first == UInt8(ascii: "\"") && (second == UInt8(ascii: ":") || second == 0x2C)
        } && text.contains { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }
    }
}
