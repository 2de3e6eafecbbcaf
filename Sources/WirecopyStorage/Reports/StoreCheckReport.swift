import WirecopyMessages

/// Whether a store holds what it promises.
package struct StoreCheckReport: Report {
    /// Articles in the store.
    package var articles: Int
    /// What is wrong, a line a rule; empty for a sound store.
    package var findings: [Finding]
    /// Rules that were looked at.
    package var rules: Int
    /// Whether the search indexes were compared with the texts, too.
    package var indexesChecked: Bool

    /// Whether nothing is wrong.
    package var isSound: Bool { findings.isEmpty }

    /// A rule that does not hold.
    package struct Finding: Report {
        /// Rows for which it does not hold, or what they name that is not there; 1 where they are
        /// not counted.
        package var count: Int
        /// One of them.
        package var example: String
        /// The rule, as a sentence.
        package var rule: String
    }
}
