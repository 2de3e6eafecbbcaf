package import WirecopyMessages

/// Reads a store while others write it: search, articles, statements, export, counts.
///
/// Every answer is bounded. A reader sees the store as of the last commit before it asked.
package struct ArticleStore: Sendable {
    let connections: any ReadingConnections

    /// Opens a store for reading.
    ///
    /// - Parameter path: path of its file, or connection string of its PostgreSQL database.
    /// - Throws: `StorageFailure` when there is no store at the path, or one of another version.
    package init(path: String) throws(StorageFailure) {
        connections = try StoreConnection.openForReading(path)
    }

    /// Counts what the store holds.
    package func counts() async throws(StorageFailure) -> StoreCounts {
        try await read(to: "count its articles") { db in
            func count(_ rows: String) throws -> Int {
                try db.first(Int.self, "SELECT count(*) FROM \(rows)") ?? 0
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
    /// - Throws: `StorageFailure` as for other selections.
    package func export(
        since: Instant? = nil,
        usageLeftOut: [String] = []
    ) throws(StorageFailure) -> ArticleExport {
        var selection = ArticleSelection()
        selection.since = since
        selection.usageLeftOut = usageLeftOut
        return try export(selection)
    }

    /// Some articles in the order in which they came, one at a time.
    ///
    /// - Parameter selection: which articles.
    /// - Returns: a sequence that reads as it is walked.
    /// - Throws: `StorageFailure` with `queryEmpty` for words that have none to look for.
    package func export(
        _ selection: ArticleSelection
    ) throws(StorageFailure) -> ArticleExport {
        ArticleExport(store: self, selection: try CheckedSelection(selection))
    }

    /// The newest articles of a selection, by the instant by which they are sorted.
    ///
    /// Of articles with words those are looked at that came last, up to `newestReadMax`.
    ///
    /// - Parameter selection: which articles, `newestMax` at most.
    /// - Returns: the articles, newest first.
    /// - Throws: `StorageFailure` with `queryEmpty` for words that have none to look for.
    package func newest(
        _ selection: ArticleSelection
    ) async throws(StorageFailure) -> [ArticleReport] {
        let wanted = try CheckedSelection(selection)
        let limit = min(selection.limit ?? Self.newestMax, Self.newestMax)
        return try await read(to: "list its newest articles") { db in
            let (tables, condition) = wanted.source(db.dialect)
            let order = wanted.words == nil ? "article.sort_ms" : "article_search.rowid"
            let numbers = try db.all(
                Int64.self,
                """
                SELECT number FROM (
                    SELECT article.number, article.sort_ms FROM \(tables)
                    WHERE \(condition) AND \(CheckedSelection.conditions)
                    ORDER BY \(order) DESC
                    LIMIT \(wanted.words == nil ? limit : Self.newestReadMax)
                ) AS latest ORDER BY sort_ms DESC, number DESC LIMIT ?6
                """,
                wanted.words.map { db.dialect.text(of: $0) },
                selection.since?.milliseconds ?? Int.min,
                selection.until?.milliseconds ?? Int.max,
                selection.host?.lowercased(),
                wanted.leftOut,
                limit
            )
            return try numbers.compactMap { try ArticleReader(db: db).report(of: $0) }
        }
    }

    /// Most articles that `newest` gives.
    package static let newestMax = 200
    /// Articles with words among which `newest` looks for the newest.
    package static let newestReadMax = 5000

    /// Runs a read in a transaction of its own; `attempt` is a verb phrase for the failure.
    func read<Answer: Sendable>(
        to attempt: String,
        _ body: @escaping @Sendable (StoreDatabase) throws -> Answer
    ) async throws(StorageFailure) -> Answer {
        do {
            return try await connections.read(body)
        } catch {
            throw StorageFailure(error, attempt: attempt)
        }
    }
}
