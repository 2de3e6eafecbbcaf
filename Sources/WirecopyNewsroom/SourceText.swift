/// What is wrong with a line of a source file; the reader adds file and line.
struct SourceFault: Error {
    let reason: String
    /// Line counted from 1, where the fault knows better than the reader.
    let line: Int?

    init(_ reason: String, line: Int? = nil) {
        self.reason = reason
        self.line = line
    }
}

/// Header lines of a source file: `key: value`, keys once unless they may repeat.
struct SourceHeader {
    private var values: [String: [String]] = [:]

    /// Reads lines up to the first empty one and returns how many it took, that one included.
    mutating func read(
        _ lines: [Substring],
        keys: Set<String>,
        repeatable: Set<String> = []
    ) throws(SourceFault) -> Int {
        for (index, line) in lines.enumerated() {
            let entry = line.trimmed
            if entry.isEmpty { return index + 1 }
            let (key, value) = entry.cut(at: ":")
            let number = index + 1
            guard keys.contains(key) || repeatable.contains(key) else {
                throw SourceFault("the key '\(key)' is unknown", line: number)
            }
            guard !value.trimmed.isEmpty else {
                throw SourceFault("'\(key)' has no value", line: number)
            }
            guard values[key] == nil || repeatable.contains(key) else {
                throw SourceFault("'\(key)' stands twice", line: number)
            }
            values[key, default: []].append(value.trimmed)
        }
        return lines.count
    }

    /// The value of a key that may be missing.
    func optional(_ key: String) -> String? { values[key]?.first }

    /// The value of a key that must be there.
    func required(_ key: String) throws(SourceFault) -> String {
        guard let value = values[key]?.first else { throw SourceFault("'\(key)' is missing") }
        return value
    }

    /// All values of a repeatable key, in order.
    func all(_ key: String) -> [String] { values[key] ?? [] }
}

extension StringProtocol {
    /// Lines without their ends; empty lines stay.
    var lines: [SubSequence] { split(separator: "\n", omittingEmptySubsequences: false) }

    /// The text without spaces, tabs and carriage returns at both ends.
    var trimmed: String {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return String(rest)
    }

    /// The parts before and after the first separator, both trimmed; the second is empty without.
    func cut(at separator: String) -> (String, String) {
        guard let range = firstRange(of: separator) else { return (trimmed, "") }
        return (self[..<range.lowerBound].trimmed, self[range.upperBound...].trimmed)
    }

    /// The trimmed parts between separators, empty ones left out.
    func fields(separatedBy separator: Character) -> [String] {
        split(separator: separator).map(\.trimmed).filter { !$0.isEmpty }
    }
}
