import WirecopyMessages

/// One line of a user's list of names.
enum AliasRule: Equatable {
    /// The names mean one thing, which is called by the first.
    case merge([String])
    /// No two of the names mean one thing.
    case split([String])
    /// The phrases are no names.
    case never([String])
    /// A name of this type.
    case type(String, EntityType)

    /// Names of one rule.
    static let namesMax = 64
    /// Bytes of one name; the longest names of bodies have about 150.
    static let nameBytesMax = 256

    /// Reads a line without its comment.
    ///
    /// - Returns: the rule, nil for an empty line, or the reason why it is none as a full sentence.
    static func read(_ line: Substring) -> Result<AliasRule?, Reason> {
        let line = line.prefix { $0 != "#" }.drop(while: \.isWhitespace)
        guard !line.isEmpty else { return .success(nil) }
        let word = line.prefix { !$0.isWhitespace }
        let names = line.dropFirst(word.count).split(
            separator: "|",
            omittingEmptySubsequences: false
        )
        .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        if let reason = fault(names) { return .failure(Reason(reason)) }
        return rule(word, names)
    }

    /// Why a line is no rule.
    struct Reason: Error, Equatable {
        let sentence: String

        init(_ sentence: String) { self.sentence = sentence }
    }

    private static func fault(_ names: [String]) -> String? {
        if names.count > namesMax { return "It has \(names.count) names; at most \(namesMax) fit." }
        if names.contains(where: \.isEmpty) {
            return "A name is missing; write the names behind the first word, with | between them."
        }
        guard let long = names.first(where: { $0.utf8.count > nameBytesMax }) else { return nil }
        return "A name has \(long.utf8.count) bytes; at most \(nameBytesMax) fit."
    }

    private static func rule(
        _ word: Substring,
        _ names: [String]
    ) -> Result<AliasRule?, Reason> {
        switch word {
        case "merge", "split":
            guard names.count > 1 else {
                return .failure(Reason("It has one name; \(word) asks for two or more."))
            }
            return .success(word == "merge" ? .merge(names) : .split(names))
        case "never": return .success(.never(names))
        case "is":
            guard names.count == 2, let type = EntityType(rawValue: names[1]) else {
                let types = EntityType.allCases.map(\.rawValue).joined(separator: ", ")
                let sentence = "Write a name, | and one of \(types)."
                return .failure(Reason(sentence))
            }
            return .success(.type(names[0], type))
        default:
            return .failure(Reason("It begins with \(word); write merge, split, never or is."))
        }
    }
}
