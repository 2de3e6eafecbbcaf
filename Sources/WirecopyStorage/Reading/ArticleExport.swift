import WirecopyMessages

/// The articles of a store in the order in which they came, read one at a time.
///
/// Articles that come while it runs are left out, so that it ends; its memory is one article and
/// `batchSize` row numbers. No transaction stays open between two articles.
package struct ArticleExport: AsyncSequence, Sendable {
    package typealias Element = ArticleReport
    package typealias Failure = StorageFailure

    let store: ArticleStore
    let selection: CheckedSelection
    /// Row numbers that are read at once: 2 KB, and one more read for 256 articles.
    var batchSize = 256

    /// Starts at the first article.
    package func makeAsyncIterator() -> Iterator {
        Iterator(store: store, selection: selection, batchSize: batchSize)
    }

    /// Reads the articles one after the other.
    package struct Iterator: AsyncIteratorProtocol {
        let store: ArticleStore
        let selection: CheckedSelection
        let batchSize: Int
        private var batch: ArraySlice<Int64> = []
        private var position: Int64 = 0
        private var last: Int64?
        private var left: Int

        init(store: ArticleStore, selection: CheckedSelection, batchSize: Int) {
            self.store = store
            self.selection = selection
            self.batchSize = batchSize
            left = selection.selection.limit ?? Int.max
        }

        /// The next article, or `nil` after the last.
        package mutating func next() async throws(StorageFailure) -> ArticleReport? {
            while left > 0 {
                if batch.isEmpty { try await fetchBatch() }
                guard let number = batch.popFirst() else { return nil }
                position = number
                let report = try await store.read(to: "export an article") { db in
                    try ArticleReader(db: db).report(of: number)
                }
                guard let report else { continue }
                left -= 1
                return report
            }
            return nil
        }

        private mutating func fetchBatch() async throws(StorageFailure) {
            let end = try await end()
            let (position, wanted, batchSize) = (position, selection, batchSize)
            batch = try await store.read(to: "list its articles") { db in
                let (tables, condition) = wanted.source(db.dialect)
                return try db.all(
                    Int64.self,
                    """
                    SELECT article.number FROM \(tables)
                    WHERE \(condition) AND \(CheckedSelection.conditions)
                        AND article.number > ?6 AND article.number <= ?7
                    ORDER BY article.number LIMIT ?8
                    """,
                    wanted.words.map { db.dialect.text(of: $0) },
                    wanted.selection.since?.milliseconds ?? Int.min,
                    wanted.selection.until?.milliseconds ?? Int.max,
                    wanted.selection.host?.lowercased(),
                    wanted.leftOut,
                    position,
                    end,
                    batchSize
                )
            }[...]
        }

        private mutating func end() async throws(StorageFailure) -> Int64 {
            if let last { return last }
            let newest = try await store.read(to: "list its articles") { db in
                try db.first(Int64.self, "SELECT max(number) FROM article") ?? 0
            }
            last = newest
            return newest
        }
    }
}
