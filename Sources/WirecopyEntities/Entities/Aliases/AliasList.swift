import WirecopyMessages

/// What a user says about names: which mean one thing, which never do, which are none, and what
/// they name. It wins over everything that the extractor thinks.
///
/// Names are compared by their letters: case, accents, spaces and marks do not count, nor does a
/// leading "the". Immutable after reading; `docs/guides/aliases.md` describes the file.
package struct AliasList: Sendable, Equatable {
    /// Names of one thing, the first of which it is called.
    struct Group: Sendable, Equatable {
        var name: String
        let line: Int
    }

    private var groupOfName: [UInt64: Int] = [:]
    private var groups: [Group] = []
    private var apart: [UInt64: Set<UInt64>] = [:]
    private var noNames: Set<UInt64> = []
    private var types: [UInt64: EntityType] = [:]

    /// A list that says nothing.
    package init() {}

    /// Whether the list says nothing.
    var isEmpty: Bool {
        groupOfName.isEmpty && apart.isEmpty && noNames.isEmpty && types.isEmpty
    }

    /// Number of the thing that a name means; nil when the list does not say.
    func group(of key: UInt64) -> Int? { groupOfName[key] }

    /// What the thing is called that a name means; nil when the list does not say.
    func name(of key: UInt64) -> String? { groupOfName[key].map { groups[$0].name } }

    /// Whether the list keeps a name apart from any other.
    func keepsApart(_ key: UInt64) -> Bool { apart[key] != nil }

    /// Whether two names never mean one thing.
    func isApart(_ one: UInt64, _ two: UInt64) -> Bool { apart[one]?.contains(two) ?? false }

    /// Whether a phrase is no name.
    func isNoName(_ key: UInt64) -> Bool { noNames.contains(key) }

    /// What a name names; nil when the list does not say.
    func type(of key: UInt64) -> EntityType? { types[key] }

    /// The key under which a name of the list meets one of a text.
    static func key(of name: String) -> UInt64 {
        let text = AnalysedText(Array(name.utf8))
        return text.tokens.isEmpty
            ? WordHash.seed : NameForms.key(text.tokens.indices, text)
    }
}

extension AliasList {
    /// Adds a rule.
    ///
    /// - Returns: the reason why it cannot be, as a full sentence; nil when it was added.
    mutating func add(_ rule: AliasRule, line: Int) -> String? {
        switch rule {
        case .merge(let names): merge(names, line: line)
        case .split(let names): split(names)
        case .never(let names): never(names)
        case .type(let name, let type): give(name, type)
        }
    }

    private mutating func merge(_ names: [String], line: Int) -> String? {
        let keys = names.map(Self.key)
        for (name, key) in zip(names, keys) {
            if let known = groupOfName[key] {
                return "Line \(groups[known].line) has \(name) already; join the two lines."
            }
            if noNames.contains(key) { return "Another line says that \(name) is never a name." }
            if let other = keys.firstIndex(where: { isApart($0, key) }) {
                return "Another line splits \(name) from \(names[other])."
            }
        }
        for key in keys { groupOfName[key] = groups.count }
        groups.append(Group(name: names[0], line: line))
        return nil
    }

    private mutating func split(_ names: [String]) -> String? {
        let keys = names.map(Self.key)
        for (index, key) in keys.enumerated() {
            for (other, otherKey) in keys.enumerated().dropFirst(index + 1) {
                if key == otherKey {
                    return "\(names[index]) and \(names[other]) have the same letters."
                }
                if let group = groupOfName[key], group == groupOfName[otherKey] {
                    return "Line \(groups[group].line) merges \(names[index]) and \(names[other])."
                }
            }
        }
        for key in keys { apart[key, default: []].formUnion(keys.filter { $0 != key }) }
        return nil
    }

    private mutating func never(_ names: [String]) -> String? {
        let keys = names.map(Self.key)
        for (name, key) in zip(names, keys) where groupOfName[key] != nil || types[key] != nil {
            return "Another line says what \(name) is, so it is a name."
        }
        noNames.formUnion(keys)
        return nil
    }

    private mutating func give(_ name: String, _ type: EntityType) -> String? {
        let key = Self.key(of: name)
        if let known = types[key], known != type {
            return "Another line says that \(name) is \(known.rawValue)."
        }
        if noNames.contains(key) { return "Another line says that \(name) is never a name." }
        types[key] = type
        return nil
    }
}
