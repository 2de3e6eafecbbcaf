package import WirecopyMessages

extension ArticleStore {
    /// Most articles that one call gives; a message of each is held in memory.
    package static let annotatedMax = 1000

    /// The message from which an article's current version was stored, put together again.
    ///
    /// Equal to what was stored, but for these: `fetchedAt` is that of the first message with this
    /// content; an entity that the message listed twice is one; what was stored before version 5 of
    /// the schema lacks sentences, roles, listeners, occasions, documents and chains of sources.
    ///
    /// - Parameter reference: as in `article(_:)`.
    /// - Returns: `nil` when the store has no such article.
    /// - Throws: `StorageFailure` with `referenceAmbiguous` when a beginning fits several articles.
    package func annotatedArticle(
        _ reference: String
    ) async throws(StorageFailure) -> AnnotatedArticle? {
        try await read(to: "read \(reference.prefix(200))") { db in
            try ArticleReference(reference).number(db).flatMap {
                try AnnotatedArticleReader(db: db).article($0)
            }
        }
    }

    /// The messages of several articles, read in one transaction.
    ///
    /// - Parameter ids: identifiers of articles, at most `annotatedMax`; the rest is not read.
    /// - Returns: the messages by identifier; articles that the store does not have are not there.
    /// - Throws: `StorageFailure` when the store cannot be read.
    package func annotatedArticles(
        _ ids: [String]
    ) async throws(StorageFailure) -> [String: AnnotatedArticle] {
        try await read(to: "read \(ids.count) articles") { db in
            let reader = AnnotatedArticleReader(db: db)
            var articles: [String: AnnotatedArticle] = [:]
            for id in ids.prefix(Self.annotatedMax) {
                let row = try db.row("SELECT number FROM article WHERE id = ?", id)
                if let row { articles[id] = try reader.article(row[0]) }
            }
            return articles
        }
    }
}
