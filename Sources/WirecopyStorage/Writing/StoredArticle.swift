import GRDB

/// What the recorder needs to know of an article that the store holds.
struct StoredArticle {
    let number: Int64
    let firstSeen: Int
    let lastSeen: Int
    /// The version that readers see; `nil` until the first is written.
    let version: Int64?

    static func fetch(id: String, _ db: Database) throws -> StoredArticle? {
        let row = try db.row(
            "SELECT number, first_seen_ms, last_seen_ms, version FROM article WHERE id = ?",
            id
        )
        return row.map {
            StoredArticle(number: $0[0], firstSeen: $0[1], lastSeen: $0[2], version: $0[3])
        }
    }
}

/// What the recorder needs to know of a content that the store holds.
struct StoredVersion {
    let id: Int64
    let article: Int64
    let articleID: String
    let annotationsDigest: String
    let fields: String

    static func fetch(digest: String, _ db: Database) throws -> StoredVersion? {
        let row = try db.row(
            """
            SELECT article_version.id, article, article.id, annotations_digest, fields
            FROM article_version JOIN article ON article.number = article_version.article
            WHERE digest = ?
            """,
            digest
        )
        return row.map {
            StoredVersion(
                id: $0[0],
                article: $0[1],
                articleID: $0[2],
                annotationsDigest: $0[3],
                fields: $0[4]
            )
        }
    }
}
