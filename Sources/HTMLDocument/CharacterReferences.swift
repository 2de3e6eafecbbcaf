/// What a character reference stands for, and where it ends in the page.
struct CharacterReference: Equatable, Sendable {
    var first: Unicode.Scalar
    /// A second scalar, which 93 of the named references have.
    var second: Unicode.Scalar?
    /// Offset behind the reference.
    var end: Int
}

/// Finds named character references, the longest name first (WHATWG HTML, 13.2.5.73).
struct CharacterReferences: Sendable {
    static let shared = CharacterReferences()

    private struct Entry {
        /// The name's range in `nameBytes`, without `&`, with `;` if it has one.
        var start: Int32
        var end: Int32
        var first: Unicode.Scalar
        var second: Unicode.Scalar?
    }

    /// All names in the order of their bytes.
    private var nameBytes: [UInt8] = []
    private var entries: [Entry] = []
    /// Entries by the first byte of their name.
    private var entriesByFirstByte = [Range<Int>](repeating: 0..<0, count: 256)

    private init() {
        let fields = NamedCharacterReferences.table.utf8.split { $0 == 0x20 || $0 == 0x0A }
        entries.reserveCapacity(fields.count / 2)
        for index in stride(from: 0, to: fields.count - 1, by: 2) {
            add(name: Array(fields[index]), scalars: fields[index + 1])
        }
        for (index, entry) in entries.enumerated() {
            let byte = Int(nameBytes[Int(entry.start)])
            let known = entriesByFirstByte[byte]
            entriesByFirstByte[byte] = (known.isEmpty ? index : known.lowerBound)..<(index + 1)
        }
    }

    private mutating func add(name: [UInt8], scalars: Substring.UTF8View) {
        let values = scalars.split(separator: 0x2B).map { digits in
            digits.reduce(UInt32(0)) { value, digit in
                value << 4 | UInt32(digit <= 0x39 ? digit &- 0x30 : digit &- 0x37)
            }
        }
        guard let first = values.first.flatMap(Unicode.Scalar.init) else { return }
        let start = Int32(nameBytes.count)
        nameBytes += name
        entries.append(
            Entry(
                start: start,
                end: Int32(nameBytes.count),
                first: first,
                second: values.dropFirst().first.flatMap(Unicode.Scalar.init)
            )
        )
    }

    var count: Int { entries.count }

    /// The longest name that stands at `start`, behind `&`.
    func longestMatch(in bytes: [UInt8], at start: Int) -> CharacterReference? {
        guard start < bytes.count else { return nil }
        var candidates = entriesByFirstByte[Int(bytes[start])]
        var match: CharacterReference?
        var length = 1
        while !candidates.isEmpty {
            // Names that have the read bytes as a prefix are neighbours; the shortest is first.
            let shortest = entries[candidates.lowerBound]
            if Int(shortest.end - shortest.start) == length {
                match = CharacterReference(
                    first: shortest.first,
                    second: shortest.second,
                    end: start + length
                )
            }
            guard start + length < bytes.count else { break }
            candidates = narrowed(candidates, offset: length, byte: bytes[start + length])
            length += 1
        }
        return match
    }

    /// The entries among `candidates` whose name has `byte` at `offset`.
    private func narrowed(_ candidates: Range<Int>, offset: Int, byte: UInt8) -> Range<Int> {
        let lower = partition(candidates) { self.byte(of: $0, at: offset) < Int(byte) }
        let upper = partition(lower..<candidates.upperBound) {
            self.byte(of: $0, at: offset) == Int(byte)
        }
        return lower..<upper
    }

    /// The byte of a name, -1 behind its end so that shorter names sort first.
    private func byte(of entry: Int, at offset: Int) -> Int {
        let index = Int(entries[entry].start) + offset
        return index < Int(entries[entry].end) ? Int(nameBytes[index]) : -1
    }

    /// The first index of `range` for which `isBefore` is false; all after it are false as well.
    private func partition(_ range: Range<Int>, isBefore: (Int) -> Bool) -> Int {
        var lower = range.lowerBound
        var upper = range.upperBound
        while lower < upper {
            let middle = (lower + upper) / 2
            if isBefore(middle) {
                lower = middle + 1
            } else {
                upper = middle
            }
        }
        return lower
    }
}
