import Dispatch
import Synchronization
import WirecopyStories

/// Places articles among the stories of a store, for the process that writes it.
///
/// It is used within the writer's transactions only, one at a time, and there by one thread. What
/// it remembers of the store is dropped when the store is not as the last transaction left it: that
/// was rolled back, or somebody else changed stories. The words of articles that were rolled back
/// stay counted, which makes them a little less rare.
final class StoryDesk: Sendable {
    private struct State: Sendable {
        var keeper: StoryKeeper
        /// `nil` when nothing is.
        var recall: StoryRecall?
        var revision = StoryRevision()
    }

    private let state: Mutex<State>
    /// Where articles are placed beside the writing of their rows.
    let thread = DispatchQueue(label: "wirecopy.placing")

    /// Takes what ships, and what a store has counted of words.
    init(_ knowledge: StoryKnowledge, _ db: StoreDatabase) throws {
        var keeper = StoryKeeper(knowledge)
        keeper.frequencies.take(kept: try FrequencyTable(db: db).counts())
        state = Mutex(State(keeper: keeper))
    }

    /// Begins a transaction; called before anything is read or changed.
    ///
    /// - Returns: whether the store is as the last transaction left it, so that what was learned
    ///   then still holds.
    /// - Throws: the engine's errors.
    @discardableResult
    func begin(_ db: StoreDatabase) throws -> Bool {
        try state.withLock { state in
            let isSame = try state.revision.raise(db)
            if !isSame {
                state.recall = nil
                state.keeper.forgetArticles()
            }
            return isSame
        }
    }

    /// Forgets what was learned of the store; called after a transaction that failed, or of which
    /// nobody knows whether it was committed.
    func forget() { state.withLock { $0.revision = StoryRevision() } }

    /// Finds the place of an article whose version readers see now.
    ///
    /// - Throws: the engine's errors.
    func enter(_ arrival: StoryArrival, _ db: StoreDatabase) throws {
        let (article, features) = (arrival.article, arrival.features)
        try state.withLock { state in
            // Taken, not copied; should this throw, nothing is remembered.
            var stories = RecalledStories(StoryTables(db: db), state.recall.take() ?? StoryRecall())
            if arrival.isKnown, let place = try stories.place(of: article) {
                try state.keeper.renew(place, features, milliseconds: arrival.sort, on: &stories)
            } else {
                try state.keeper.place(article, features, milliseconds: arrival.sort, on: &stories)
                state.keeper.frequencies.add(features)
            }
            state.recall = stories.recall
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
        try begin(db)
        let reader = AnnotatedArticleReader(db: db)
        let rows = try db.rows(
            "SELECT number, sort_ms FROM article WHERE version IS NOT NULL ORDER BY sort_ms, 1"
        )
        for row in rows {
            guard let annotated = try reader.article(row[0]) else { continue }
            let features = ArticleFeatures(annotated)
            let arrival = StoryArrival(
                article: row[0],
                features: features,
                sort: row[1],
                isKnown: false
            )
            try enter(arrival, db)
        }
        try finish(db)
    }

    /// Ends a transaction: keeps what was counted of words, when it is enough.
    ///
    /// - Throws: the engine's errors.
    func finish(_ db: StoreDatabase) throws {
        try state.withLock { state in
            guard state.keeper.frequencies.isKeepingDue else { return }
            let table = FrequencyTable(db: db)
            try table.add(state.keeper.frequencies.unkept)
            state.keeper.frequencies.take(kept: try table.counts())
        }
    }
}
