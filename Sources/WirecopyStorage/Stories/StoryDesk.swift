import Synchronization
import WirecopyStories

/// Places articles among the stories of a store, for the process that writes it.
///
/// It is used within the writer's transactions only, one at a time. Should one be rolled back, the
/// words of its articles stay counted, which makes them a little less rare; places are the
/// database's alone.
final class StoryDesk: Sendable {
    private let keeper: Mutex<StoryKeeper>

    /// Takes what ships, and what a store has counted of words.
    init(_ knowledge: StoryKnowledge, _ db: StoreDatabase) throws {
        var keeper = StoryKeeper(knowledge)
        keeper.frequencies.take(kept: try FrequencyTable(db: db).counts())
        self.keeper = Mutex(keeper)
    }

    /// Finds the place of an article whose version readers see now.
    ///
    /// - Throws: the engine's errors.
    func enter(article: Int64, _ features: ArticleFeatures, sort: Int, _ db: StoreDatabase) throws {
        var tables = StoryTables(db: db)
        let place = try tables.shelved(article)
        try keeper.withLock { keeper in
            if let place {
                try keeper.renew(place, features, milliseconds: sort, on: &tables)
            } else {
                try keeper.place(article, features, milliseconds: sort, on: &tables)
            }
        }
    }

    /// Places the articles of a store that had no stories yet, in the order of their publication.
    ///
    /// - Throws: the engine's errors; then the transaction must be rolled back.
    func placeAll(_ db: StoreDatabase) throws {
        let isDue = try db.first(
            Bool.self,
            """
            SELECT EXISTS (SELECT 1 FROM article) AND NOT EXISTS (SELECT 1 FROM story_article)
            """
        )
        guard isDue == true else { return }
        let reader = AnnotatedArticleReader(db: db)
        let rows = try db.rows(
            "SELECT number, sort_ms FROM article WHERE version IS NOT NULL ORDER BY sort_ms, 1"
        )
        for row in rows {
            guard let annotated = try reader.article(row[0]) else { continue }
            try enter(article: row[0], ArticleFeatures(annotated), sort: row[1], db)
        }
        try finish(db)
    }

    /// Ends a transaction: keeps what was counted of words, when it is enough.
    ///
    /// - Throws: the engine's errors.
    func finish(_ db: StoreDatabase) throws {
        try keeper.withLock { keeper in
            guard keeper.frequencies.isKeepingDue else { return }
            let table = FrequencyTable(db: db)
            try table.add(keeper.frequencies.unkept)
            keeper.frequencies.take(kept: try table.counts())
        }
    }
}
