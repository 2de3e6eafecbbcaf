package import ZeroMQ

/// A key that a broker knows.
package struct AllowedKey: Sendable, Hashable {
    /// The peer's name; two keys may have the same one while it changes its key.
    package let name: String
    /// What its owner may do; nobody may do anything with a key that was taken back.
    package internal(set) var standing: Standing
    /// The key itself.
    package let key: CurveKey
    /// Day on which it was entered, such as `2026-11-28`; empty when nobody wrote it down.
    package let day: String

    /// Whether a key is good.
    package enum Standing: Sendable, Hashable {
        /// It is, for this.
        case good(KeyRole)
        /// It was taken back and is kept so that its owner learns it.
        case revoked
    }

    /// Makes an entry.
    package init(name: String, role: KeyRole, key: CurveKey, day: String) {
        self.init(name: name, standing: .good(role), key: key, day: day)
    }

    init(name: String, standing: Standing, key: CurveKey, day: String) {
        self.name = name
        self.standing = standing
        self.key = key
        self.day = day
    }

    /// The role of a good key.
    package var role: KeyRole? {
        if case .good(let role) = standing { role } else { nil }
    }

    fileprivate var line: String {
        let word = role?.text ?? AllowList.revokedWord
        return "\(name) \(word) \(key)" + (day.isEmpty ? "" : " \(day)")
    }
}

/// The keys that a broker takes, as its file tells them: one a line, `NAME ROLE KEY DAY`.
///
/// Remarks that people wrote stay where they are. Invariant: no key stands there twice.
package struct AllowList: Sendable, Equatable {
    /// Larger files are none of ours: about 60,000 keys.
    package static let bytesMax = 8 << 20
    /// Stands in the place of the role of a key that was taken back.
    package static let revokedWord = "revoked"

    private enum Line: Sendable, Equatable {
        case remark(String)
        case key(AllowedKey)
    }

    private static let remarks = [
        "# Keys that the broker takes: NAME ROLE KEY DAY. `wirecopy keys` writes this file, and so",
        "# may you; the broker reads it again within seconds. ROLE is revoked, or one or more of",
        "# \(KeyRole.words.joined(separator: ", ")), with commas and no blanks between them.",
    ]

    private var lines: [Line]
    private var places: [CurveKey: Int] = [:]

    /// A list without keys.
    package init() { lines = Self.remarks.map { .remark($0) } }

    /// Reads a file's text.
    ///
    /// - Throws: `KeyFailure` that names the first line that cannot be used; nothing is guessed,
    ///   because a line left out could give or take a right.
    package init(parsing text: String, name file: String) throws(KeyFailure) {
        lines = []
        let texts = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, text) in texts.enumerated() {
            let words = text.split { $0 == " " || $0 == "\t" || $0 == "\r" }
            guard let first = words.first, !first.hasPrefix("#") else {
                lines.append(.remark(String(text)))
                continue
            }
            do {
                try append(try Self.entry(words))
            } catch {
                throw KeyFailure(.malformed, "\(file), line \(index + 1): \(error.message)")
            }
        }
        // The end of the last line is no line of its own.
        if lines.last == .remark("") { lines.removeLast() }
    }

    /// The file's text.
    package var text: String {
        lines.map { line in
            switch line {
            case .remark(let text): text + "\n"
            case .key(let entry): entry.line + "\n"
            }
        }.joined()
    }

    /// The keys, in the order in which they were entered.
    package var entries: [AllowedKey] {
        lines.compactMap { if case .key(let entry) = $0 { entry } else { nil } }
    }

    /// What the list says of a key; `nil` for one that it does not know.
    package subscript(key: CurveKey) -> AllowedKey? {
        guard let place = places[key], case .key(let entry) = lines[place] else { return nil }
        return entry
    }

    /// Enters a key, at the end.
    ///
    /// - Throws: `KeyFailure` with `nameRefused` when the key stands there already.
    package mutating func append(_ entry: AllowedKey) throws(KeyFailure) {
        if let known = self[entry.key] {
            throw KeyFailure(
                .nameRefused,
                "The key \(entry.key.short) is \(known.name)'s already; every peer has its own."
            )
        }
        places[entry.key] = lines.count
        lines.append(.key(entry))
    }

    /// Takes keys back; they stay in the list as revoked.
    package mutating func revoke(_ isMeant: (AllowedKey) -> Bool) {
        for (index, line) in lines.enumerated() {
            guard case .key(var entry) = line, isMeant(entry) else { continue }
            entry.standing = .revoked
            lines[index] = .key(entry)
        }
    }

    private static func entry(_ words: [Substring]) throws(KeyFailure) -> AllowedKey {
        guard 3...4 ~= words.count else {
            throw KeyFailure(.malformed, "A line is written NAME ROLE KEY DAY.")
        }
        guard let key = CurveKey(words[2]) else {
            throw KeyFailure(.malformed, "A key has 64 hexadecimal digits.")
        }
        let name = try PeerName.checked(words[0])
        let day = words.count == 4 ? String(words[3]) : ""
        if words[1] == revokedWord {
            return AllowedKey(name: name, standing: .revoked, key: key, day: day)
        }
        return AllowedKey(name: name, role: try KeyRole(words[1]), key: key, day: day)
    }
}

/// The names that keys may have: they are names of files too.
package enum PeerName {
    /// Characters of a name.
    static let countMax = 64
    /// The broker's own key has this one.
    static let broker = "broker"

    /// Gives the name back.
    ///
    /// - Throws: `KeyFailure` with `nameRefused`.
    package static func checked(_ name: some StringProtocol) throws(KeyFailure) -> String {
        let isLetter = { (unit: UInt8) in
            switch unit {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: false
            }
        }
        let units = name.utf8
        guard 1...countMax ~= units.count, let first = units.first, isLetter(first),
            units.allSatisfy({ isLetter($0) || "._-".utf8.contains($0) }), name != broker
        else {
            throw KeyFailure(
                .nameRefused,
                "The name of a key has 1 to \(countMax) letters, digits, dots, dashes and "
                    + "underscores, begins with a letter or digit, and is not \(broker)."
            )
        }
        return String(name)
    }
}
