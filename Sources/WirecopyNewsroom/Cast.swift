/// The named persons, institutions, places and things of the newsroom's world and their aliases.
///
/// One entry a line: `PER Ilse Varn = Varn | Minister Varn`. Lines that start with `#` and empty
/// lines are skipped. An alias belongs to one entity only.
struct Cast {
    private struct Alias {
        let text: String
        let bytes: [UInt8]
        let entity: Int
    }

    private(set) var entities: [NamedEntity] = []
    private var entityByAlias: [String: Int] = [:]
    /// Aliases by first byte, longest first, so that "Kharnov Dispatch" wins over "Kharnov".
    private var aliasesByFirstByte: [UInt8: [Alias]] = [:]

    static let types: Set<String> = [
        "PER", "ORG", "GPE", "LOC", "FAC", "EVENT", "PRODUCT", "WEAPON", "WORK", "NORP",
    ]

    /// Adds the entries of one file; `path` is for messages.
    mutating func add(_ source: String, path: String) throws(NewsroomFailure) {
        for (index, line) in source.lines.enumerated() {
            let entry = line.trimmed
            if entry.isEmpty || entry.hasPrefix("#") { continue }
            do throws(SourceFault) {
                try add(entry)
            } catch {
                throw .badSource(path: path, line: index + 1, reason: error.reason)
            }
        }
        for (byte, aliases) in aliasesByFirstByte {
            aliasesByFirstByte[byte] = aliases.sorted { $0.bytes.count > $1.bytes.count }
        }
    }

    private mutating func add(_ entry: String) throws(SourceFault) {
        let (type, rest) = entry.cut(at: " ")
        let (name, aliases) = rest.cut(at: " = ")
        guard Cast.types.contains(type), !name.isEmpty else {
            throw SourceFault("an entry starts with its type, then its name")
        }
        entities.append(NamedEntity(name: name, type: type))
        for alias in [name] + aliases.fields(separatedBy: "|") {
            guard entityByAlias.updateValue(entities.count - 1, forKey: alias) == nil else {
                throw SourceFault("'\(alias)' names two entities")
            }
            let bytes = Array(alias.utf8)
            aliasesByFirstByte[bytes[0], default: []]
                .append(Alias(text: alias, bytes: bytes, entity: entities.count - 1))
        }
    }

    /// The entity with this name or alias.
    func entity(named alias: String) -> NamedEntity? {
        entityByAlias[alias].map { entities[$0] }
    }

    /// The entities of a text in the order of their first mention. The longest alias wins and
    /// aliases match whole words only.
    func entities(in text: String) -> [NamedEntity] {
        let bytes = Array(Cast.withPlainPunctuation(text).utf8)
        var found: [NamedEntity] = []
        var positions: [Int: Int] = [:]
        var position = 0
        while position < bytes.count {
            let startsWord = position == 0 || !bytes[position - 1].isWordByte
            let hit = startsWord ? longestAlias(in: bytes, at: position) : nil
            position += hit?.bytes.count ?? 1
            guard let hit else { continue }
            let index = positions[hit.entity] ?? found.count
            if index == found.count { found.append(entities[hit.entity]) }
            positions[hit.entity] = index
            if !found[index].forms.contains(hit.text) { found[index].forms.append(hit.text) }
        }
        return found
    }

    /// Curly marks and dashes as ASCII, so that word boundaries are a matter of single bytes.
    private static func withPlainPunctuation(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{2018}", "\u{2019}": plain.append("'")
            case "\u{201C}", "\u{201D}": plain.append("\"")
            case "\u{2013}", "\u{2014}": plain.append("-")
            default: plain.append(scalar)
            }
        }
        return String(plain)
    }

    private func longestAlias(in bytes: [UInt8], at position: Int) -> Alias? {
        aliasesByFirstByte[bytes[position]]?.first { alias in
            let end = position + alias.bytes.count
            guard end <= bytes.count, end == bytes.count || !bytes[end].isWordByte else {
                return false
            }
            return bytes[position..<end].elementsEqual(alias.bytes)
        }
    }
}

extension UInt8 {
    /// Letters, digits and all bytes of multi-byte characters.
    fileprivate var isWordByte: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: self >= 0x80
        }
    }
}
