import GRDB
package import WirecopyMessages

/// Reads a store while others write it: search, articles, statements, export, counts.
///
/// Every answer is bounded. A reader sees the store as of the last commit before it asked.
package struct ArticleStore: Sendable {
    let pool: DatabasePool

    /// Opens a store for reading.
    ///
    /// - Throws: `StorageFailure` when there is no store at the path, or one of another version.
    package init(path: String) throws(StorageFailure) {
        pool = try StoreConnection.openForReading(path)
    }

    /// Counts what the store holds.
    package func counts() async throws(StorageFailure) -> StoreCounts {
        try await read(to: "count its articles") { db in
            func count(_ rows: String) throws -> Int {
                try Int.fetchOne(db, sql: "SELECT count(*) FROM \(rows)") ?? 0
            }
            return StoreCounts(
                articles: try count("article"),
                duplicates: try count("article_copy"),
                entities: try count("entity"),
                mentions: try count("article JOIN mention USING (version)"),
                quotations: try count(
                    "article JOIN quotation USING (version) WHERE kind <> 'not_speech'"
                ),
                citations: try count("article JOIN citation USING (version)"),
                versions: try count("article_version")
            )
        }
    }

    /// Finds an article.
    ///
    /// - Parameter reference: a URL under which it was met, its identifier, or the beginning of it
    ///   (at least `ArticleReference.prefixMin` digits).
    /// - Returns: `nil` when the store has no such article.
    /// - Throws: `StorageFailure` with `referenceAmbiguous` when a beginning fits several articles.
    package func article(_ reference: String) async throws(StorageFailure) -> ArticleReport? {
        try await read(to: "show \(reference.prefix(200))") { db in
            try ArticleReference(reference).number(db).flatMap {
                try ArticleReader(db: db).report(of: $0)
            }
        }
    }

    /// All articles in the order in which they came, one at a time.
    ///
    /// - Parameters:
    ///   - since: only articles published, or first seen, at or after this instant.
    ///   - usageLeftOut: signals such as `no_ai`; articles with one of them are left out.
    /// - Returns: a sequence that reads as it is walked.
    package func export(
        since: Instant? = nil,
        usageLeftOut: [String] = []
    ) -> ArticleExport {
        ArticleExport(store: self, since: since, usageLeftOut: usageLeftOut)
    }

    /// Runs a read in a transaction of its own; `attempt` is a verb phrase for the failure.
    func read<Answer: Sendable>(
        to attempt: String,
        _ body: @escaping @Sendable (Database) throws -> Answer
    ) async throws(StorageFailure) -> Answer {
        do {
            return try await pool.read(body)
        } catch {
            throw StorageFailure(error, attempt: attempt)
        }
    }
}
