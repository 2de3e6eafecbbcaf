package import WirecopyMessages

/// One thing that the owner of a key may do.
package enum KeyRight: Sendable, Hashable {
    /// Take messages of a stage and report on them.
    case work(StageName)
    /// Bring pages in.
    case publish
    /// Ask for status, ledger, traces and dead letters.
    case read
    /// Pause, resume, replay; whoever may do this may read too.
    case operate

    /// The word for it in lists, and in sentences that name what is missing.
    package var word: String {
        switch self {
        case .work(let stage): stage.rawValue
        case .publish: "publish"
        case .read: "read"
        case .operate: "operate"
        }
    }

    /// Every right, in the order in which lists tell them.
    static let all: [KeyRight] = StageName.allCases.map { .work($0) } + [.publish, .read, .operate]
}

/// What the owner of a key may do, written as words with commas: `parse,extract` or `publish,read`.
package struct KeyRole: Sendable, Hashable {
    /// What may be done.
    package let rights: Set<KeyRight>

    /// Joins rights.
    package init(_ rights: Set<KeyRight>) {
        // Who changes things must see what is there.
        self.rights = rights.contains(.operate) ? rights.union([.read]) : rights
    }

    /// Reads words: a stage's name, `worker` for all stages, `publish`, `read`, `operate`, and
    /// `all` for everything.
    ///
    /// - Throws: `KeyFailure` with `roleUnknown` that names the word, or the lack of any.
    package init(_ text: some StringProtocol) throws(KeyFailure) {
        var rights: Set<KeyRight> = []
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            switch word {
            case "all": rights.formUnion(KeyRight.all)
            case "worker": rights.formUnion(StageName.allCases.map { .work($0) })
            default:
                guard let right = KeyRight.all.first(where: { $0.word == word }) else {
                    throw KeyFailure(
                        .roleUnknown,
                        "A role is not \(word.prefix(40)); it is one or more of "
                            + "\(Self.words.joined(separator: ", ")), with commas between them."
                    )
                }
                rights.insert(right)
            }
        }
        self.init(rights)
    }

    /// Every word that a role may have.
    package static let words = KeyRight.all.map(\.word) + ["worker", "all"]

    /// The words again, as few as say it.
    package var text: String {
        if rights == Set(KeyRight.all) { return "all" }
        return KeyRight.all.filter { right in
            rights.contains(right) && !(right == .read && rights.contains(.operate))
        }.map(\.word).joined(separator: ",")
    }

    /// Whether this may be done.
    package func allows(_ right: KeyRight) -> Bool { rights.contains(right) }
}
