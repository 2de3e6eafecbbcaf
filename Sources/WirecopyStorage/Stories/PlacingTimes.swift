package import WirecopyMessages
import WirecopyStories

/// How long articles take to find their place among those of a store, which stays as it is.
package enum PlacingTimes {
    private struct Measured: Error {}

    /// Places articles in a transaction that is not committed, and tells the time of each.
    ///
    /// - Parameters:
    ///   - articles: articles that the store does not have, in the order in which they come. The
    ///     first ones find nothing in memory, as after a start.
    ///   - path: the store; nobody else can write it meanwhile.
    ///   - clock: what tells the time.
    /// - Returns: a time for each article.
    /// - Throws: `StorageFailure` when the store cannot be written.
    package static func measure(
        _ articles: [AnnotatedArticle],
        in path: String,
        _ clock: some Clock<Duration>
    ) throws(StorageFailure) -> [Duration] {
        var times: [Duration] = []
        do {
            let connection = try StoreConnection.openForWriting(StoreConfiguration(path: path))
            let knowledge = try StoryKnowledge.shipped()
            try connection.writeWaiting { db in
                let desk = try StoryDesk(knowledge, db)
                try desk.begin(db)
                let last = try db.first(Int64.self, "SELECT max(number) FROM article") ?? 0
                for (index, article) in articles.enumerated() {
                    let features = ArticleFeatures(article)
                    let at =
                        features.publishedMilliseconds ?? article.article.fetchedAt.milliseconds
                    let number = last + Int64(index) + 1
                    let arrival = StoryArrival(
                        article: number,
                        features: features,
                        sort: at,
                        isKnown: false
                    )
                    let time = try clock.measure { try desk.enter(arrival, db) }
                    times.append(time)
                }
                throw Measured()
            }
        } catch is Measured {
            return times
        } catch {
            throw StorageFailure(error, attempt: "measure how articles are placed")
        }
        return times
    }
}
