/// Counts the transactions that write articles or change stories, whoever makes them: by it a
/// process knows whether what it remembers of the store still holds.
///
/// A transaction that was rolled back has not counted, so that the next one finds another number
/// than it left. Where several processes write one store, the row makes the second wait until the
/// first has committed.
struct StoryRevision {
    /// The number that the last transaction of this process left.
    private var own: Int64?

    /// Counts a transaction; called before anything is read or changed.
    ///
    /// - Returns: whether nobody has changed the store since the last call, whose transaction was
    ///   committed.
    mutating func raise(_ db: StoreDatabase) throws -> Bool {
        var current: Int64 = 0
        var statement = try RowStatement(
            "UPDATE story_revision SET revision = revision + 1 WHERE id = 1 RETURNING revision",
            db
        )
        try statement.forEachRow { current = $0.integer(0) }
        defer { own = current }
        return own.map { $0 + 1 == current } ?? false
    }
}
