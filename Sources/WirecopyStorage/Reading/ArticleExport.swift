import GRDB
import WirecopyMessages

/// The articles of a store in the order in which they came, read one at a time.
///
/// Articles that come while it runs are left out, so that it ends; its memory is one article and
/// `batchSize` row numbers. No transaction stays open between two articles.
package struct ArticleExport: AsyncSequence, Sendable {
    package typealias Element = ArticleReport
    package typealias Failure = StorageFailure

    let store: ArticleStore
    let since: Instant?
    /// Row numbers that are read at once: 2 KB, and one more read for 256 articles.
    var batchSize = 256

    /// Starts at the first article.
    package func makeAsyncIterator() -> Iterator {
        Iterator(store: store, since: since, batchSize: batchSize)
    }

    /// Reads the articles one after the other.
    package struct Iterator: AsyncIteratorProtocol {
        let store: ArticleStore
        let since: Instant?
        let batchSize: Int
        private var batch: ArraySlice<Int64> = []
        private var position: Int64 = 0
        private var last: Int64?

        init(store: ArticleStore, since: Instant?, batchSize: Int) {
            self.store = store
            self.since = since
            self.batchSize = batchSize
        }

        /// The next article, or `nil` after the last.
        package mutating func next() async throws(StorageFailure) -> ArticleReport? {
            while true {
                if batch.isEmpty { try await fetchBatch() }
                guard let number = batch.popFirst() else { return nil }
                position = number
                let report = try await store.read(to: "export an article") { db in
                    try ArticleReader(db: db).report(of: number)
                }
                if let report { return report }
            }
        }

        private mutating func fetchBatch() async throws(StorageFailure) {
            let end = try await end()
            let (position, since) = (position, since?.milliseconds ?? Int.min)
            let batchSize = batchSize
            batch = try await store.read(to: "list its articles") { db in
                try Int64.fetchAll(
                    db,
                    sql: """
                        SELECT number FROM article
                        WHERE number > ? AND number <= ? AND sort_ms >= ?
                        ORDER BY number LIMIT ?
                        """,
                    arguments: [position, end, since, batchSize]
                )
            }[...]
        }

        private mutating func end() async throws(StorageFailure) -> Int64 {
            if let last { return last }
            let newest = try await store.read(to: "list its articles") { db in
                try Int64.fetchOne(db, sql: "SELECT max(number) FROM article") ?? 0
            }
            last = newest
            return newest
        }
    }
}
