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
    /// Articles whose publisher asks one of these are left out.
    let usageLeftOut: [String]
    /// Row numbers that are read at once: 2 KB, and one more read for 256 articles.
    var batchSize = 256

    /// Starts at the first article.
    package func makeAsyncIterator() -> Iterator {
        Iterator(store: store, since: since, usageLeftOut: usageLeftOut, batchSize: batchSize)
    }

    /// Reads the articles one after the other.
    package struct Iterator: AsyncIteratorProtocol {
        let store: ArticleStore
        let since: Instant?
        let usageLeftOut: [String]
        let batchSize: Int
        private var batch: ArraySlice<Int64> = []
        private var position: Int64 = 0
        private var last: Int64?

        init(store: ArticleStore, since: Instant?, usageLeftOut: [String], batchSize: Int) {
            self.store = store
            self.since = since
            self.usageLeftOut = usageLeftOut
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
            let leftOut = Self.list(usageLeftOut)
            batch = try await store.read(to: "list its articles") { db in
                try Int64.fetchAll(
                    db,
                    sql: """
                        SELECT number FROM article
                        WHERE number > ? AND number <= ? AND sort_ms >= ?
                            AND NOT EXISTS (
                                SELECT 1 FROM json_each(article.usage) AS said
                                JOIN json_each(?) AS unwanted ON said.value = unwanted.value)
                        ORDER BY number LIMIT ?
                        """,
                    arguments: [position, end, since, leftOut, batchSize]
                )
            }[...]
        }

        private static func list(_ words: [String]) -> String {
            var writer = JSONWriter()
            writer.array(words) { $0.string($1) }
            return String(decoding: writer.bytes, as: UTF8.self)
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
