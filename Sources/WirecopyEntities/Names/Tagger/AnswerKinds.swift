/// Which of a token's answers, in their order, are of a kind that learning hides now and then.
///
/// So it learns what to make of names that no list has, that no rule knows, or that are new.
package struct AnswerKinds: Sendable, Equatable {
    /// Kinds of answers; a bit each in a set of them.
    package enum Kind: UInt8, Sendable, CaseIterable {
        /// Tell which word it is.
        case identity
        /// What the lists say.
        case lists
        /// What the rules say.
        case rules
    }

    /// The first answers tell which word it is; none of a common word.
    var identityEnd = 0
    var listStart = 0
    var listEnd = 0
    var ruleEnd = 0

    /// No answer is of a kind.
    package init() {}

    /// The kinds of the answer at a place, as bits.
    package func bits(at place: Int) -> UInt8 {
        if place < identityEnd { return 1 << Kind.identity.rawValue }
        if place < listStart { return 0 }
        if place < listEnd { return 1 << Kind.lists.rawValue }
        return place < ruleEnd ? 1 << Kind.rules.rawValue : 0
    }
}
