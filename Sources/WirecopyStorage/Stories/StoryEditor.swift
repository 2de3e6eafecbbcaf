package import WirecopyMessages
import WirecopyStories

/// Changes stories as a person says; storage workers may write meanwhile.
///
/// A story is named by its number (`7` or `#7`) or by an article of it, an article by its
/// identifier, the beginning of one, or a URL.
package struct StoryEditor: Sendable {
    /// Edits that hold at the same time: what is kept apart is worked out anew with each.
    package static let editsMax = 10_000
    /// Articles that one edit names: what a person looks at.
    package static let articlesMax = 200
    /// Articles of two stories that become one, each of which is noted: seconds of work.
    package static let mergedMax = 100_000

    private let connection: any WritingConnection
    private let knowledge: StoryKnowledge

    /// Opens a store for editing.
    ///
    /// - Parameters:
    ///   - path: the database.
    ///   - busyTimeout: how long to wait for storage workers.
    /// - Throws: `StorageFailure` when there is none, or when it cannot be written.
    package init(path: String, busyTimeout: Duration = .seconds(10)) throws(StorageFailure) {
        _ = try StoreConnection.openForReading(path)
        let configuration = StoreConfiguration(path: path, busyTimeout: busyTimeout)
        connection = try StoreConnection.openForWriting(configuration)
        do throws(StoryFailure) {
            knowledge = try .shipped()
        } catch {
            throw StorageFailure(.notOpened, error.message)
        }
    }

    /// Makes two stories one, under the older number; the other one leads to it.
    ///
    /// - Returns: the edit.
    /// - Throws: `StorageFailure` with `nameUnknown` for a story that the store does not have, and
    ///   `ruleRefused` when they are one already or have more than `mergedMax` articles.
    package func merge(
        _ story: String,
        with other: String,
        now: Instant
    ) async throws(StorageFailure) -> StoryEdit {
        try await write(to: "merge the stories \(story) and \(other)") { editing in
            try editing.merge(editing.story(story), editing.story(other), now)
        }
    }

    /// Gives some articles of a story one of their own, which stays apart from it.
    ///
    /// - Returns: the edit; its `other` is the new story.
    /// - Throws: `StorageFailure` with `nameUnknown` for a story or an article that the store does
    ///   not have, and `ruleRefused` for articles of another story, or all of the story.
    package func split(
        _ story: String,
        _ articles: [String],
        now: Instant
    ) async throws(StorageFailure) -> StoryEdit {
        try await write(to: "split the story \(story)") { editing in
            try editing.split(editing.story(story), editing.articles(articles), now)
        }
    }

    /// Takes articles to another story, which stays apart from those that they left.
    ///
    /// - Returns: an edit for each story that they left.
    /// - Throws: as `split(_:_:now:)`, and `ruleRefused` for an article that is there already.
    package func move(
        _ articles: [String],
        to story: String,
        now: Instant
    ) async throws(StorageFailure) -> [StoryEdit] {
        try await write(to: "move articles to the story \(story)") { editing in
            try editing.move(editing.articles(articles), to: editing.story(story), now)
        }
    }

    /// Takes an edit back: its articles return to where they were, unless a later edit that holds
    /// put them elsewhere. What came since goes along with the article that it resembled most.
    ///
    /// - Parameters:
    ///   - id: number of the edit; without it the newest that holds.
    ///   - now: when it is taken back.
    /// - Returns: the edit.
    /// - Throws: `StorageFailure` with `ruleRefused` when there is none.
    package func undo(_ id: Int?, now: Instant) async throws(StorageFailure) -> StoryEdit {
        try await write(to: "undo an edit of stories") { try $0.undo(id, now) }
    }

    private func write<Answer: Sendable>(
        to attempt: String,
        _ body: @escaping @Sendable (inout StoryEditing) throws -> Answer
    ) async throws(StorageFailure) -> Answer {
        do {
            return try await connection.write { [knowledge] db in
                var editing = try StoryEditing(db, knowledge)
                return try body(&editing)
            }
        } catch {
            throw StorageFailure(error, attempt: attempt)
        }
    }
}

extension ArticleStore {
    /// What persons decided about stories, newest first, what was undone too.
    ///
    /// - Throws: `StorageFailure` when the store cannot be read.
    package func storyEdits() async throws(StorageFailure) -> StoryEditReport {
        try await read(to: "list the edits of stories") { db in
            StoryEditReport(edits: try StoryEdits(db: db).newest(StoryEditReport.editsMax))
        }
    }
}
