/// What the recorder needs to know of an article that the store holds.
struct StoredArticle {
    let number: Int64
    let id: String
    let firstSeen: Int
    let lastSeen: Int
    /// The instant by which it is sorted.
    let sort: Int
    /// The version that readers see; `nil` until the first is written.
    let version: Int64?

    static func fetch(id: String, _ db: StoreDatabase) throws -> StoredArticle? {
        try fetch("FROM article WHERE id = ?", id, db)
    }

    /// The article that has this address but, since it was stored before addresses of one page
    /// shared an identity, another identifier; it keeps that.
    ///
    /// Addresses of copies lead to the article that holds their content: they do not count.
    static func fetch(formerURL url: String, _ db: StoreDatabase) throws -> StoredArticle? {
        try fetch(
            """
            FROM article_address JOIN article ON article.number = article_address.article
            WHERE article_address.url = ?1 AND article.url = ?1
            """,
            url,
            db
        )
    }

    private static func fetch(
        _ source: String,
        _ argument: String,
        _ db: StoreDatabase
    ) throws -> StoredArticle? {
        var statement = try RowStatement(
            """
            SELECT number, id, article.first_seen_ms, article.last_seen_ms, sort_ms, version
            \(source)
            """,
            db
        )
        statement.add(argument)
        var article: StoredArticle?
        try statement.forEachRow { row in
            article = StoredArticle(
                number: row.integer(0),
                id: row.text(1) ?? "",
                firstSeen: Int(row.integer(2)),
                lastSeen: Int(row.integer(3)),
                sort: Int(row.integer(4)),
                version: row.optionalInteger(5)
            )
        }
        return article
    }
}

/// What the recorder needs to know of a content that the store holds.
struct StoredVersion {
    let id: Int64
    let article: Int64
    let articleID: String
    let annotationsDigest: String
    let fields: String
    let paragraphs: String

    static func fetch(digest: String, _ db: StoreDatabase) throws -> StoredVersion? {
        var statement = try RowStatement(
            """
            SELECT article_version.id, article, article.id, annotations_digest, fields, paragraphs
            FROM article_version JOIN article ON article.number = article_version.article
            WHERE digest = ?
            """,
            db
        )
        statement.add(digest)
        var version: StoredVersion?
        try statement.forEachRow { row in
            version = StoredVersion(
                id: row.integer(0),
                article: row.integer(1),
                articleID: row.text(2) ?? "",
                annotationsDigest: row.text(3) ?? "",
                fields: row.text(4) ?? "",
                paragraphs: row.text(5) ?? ""
            )
        }
        return version
    }
}
