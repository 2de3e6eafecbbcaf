import WirecopyMessages

/// What the user says about names of the store: that two mean one, or that one means two.
///
/// Rules stand by names, not by rows, so that they hold after replays; an undone one is kept, so
/// that it can be told.
package struct NameRule: Report {
    /// What a rule does.
    package enum Action: String, Report {
        /// All that has the name belongs to the target.
        case merge
        /// In one article the name means the target, which is something else.
        case split
    }

    /// Number of the rule, counted from 1.
    package var id: Int
    /// What it does.
    package var action: Action
    /// The name that is meant otherwise.
    package var name: String
    /// Type of what has the name: `PER`, `ORG`, ...
    package var type: String
    /// The name that it means.
    package var target: String
    /// Type of the target.
    package var targetType: String
    /// Identifier of the article in which a split holds.
    package var article: String?
    /// When the rule was made, in milliseconds since 1970 UTC.
    package var atMs: Int
    /// When it was undone.
    package var undoneAtMs: Int?
}

/// The rules about names, newest first.
package struct NameRuleReport: Report {
    /// Rules that a report tells at most.
    package static let rulesMax = 1000

    /// The rules.
    package var rules: [NameRule]

    /// Tells some rules.
    package init(rules: [NameRule]) { self.rules = rules }
}
