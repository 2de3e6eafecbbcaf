import WirecopyMessages

/// What a person decided about stories; one that was undone is kept, so that it can be told.
///
/// As long as it holds, the articles stay where it put them, and after a split or a move the two
/// stories stay apart. Articles that come later follow their likeness, as ever.
package struct StoryEdit: Report {
    /// What was decided.
    package enum Action: String, Report, CaseIterable {
        /// Two stories are one, under the older number.
        case merge
        /// Some articles are a story of their own.
        case split
        /// Some articles belong to another story.
        case move
    }

    /// Articles that are named; a merge has all of both stories and names none.
    package static let articlesNamed = 200

    /// Number of the edit, counted from 1.
    package var id: Int
    /// What was decided.
    package var action: Action
    /// The story that was joined to the other, or that the articles left.
    package var story: Int
    /// The story that goes on, or into which the articles came.
    package var other: Int
    /// Identifiers of the articles that left.
    package var articles: [String]
    /// When it was decided, in milliseconds since 1970 UTC.
    package var atMs: Int
    /// When it was undone.
    package var undoneAtMs: Int?
}

/// What was decided about stories, newest first.
package struct StoryEditReport: Report {
    /// Edits that a report tells at most.
    package static let editsMax = 1000

    /// The edits.
    package var edits: [StoryEdit]

    /// Tells some edits.
    package init(edits: [StoryEdit]) { self.edits = edits }
}
