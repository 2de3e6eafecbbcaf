import GRDB

/// Keeps the full-text indexes equal to the articles' current versions.
///
/// FTS5 with external content must be told the very text that it forgets, so the indexes are
/// changed around each change of an article. An article without a current version has no rows in
/// the views and thus none in the indexes.
struct SearchIndex {
    let db: Database

    /// Changes an article between its removal from the indexes and its return as it is then.
    func update(_ article: Int64, change: () throws -> Void) throws {
        try remove(article)
        try change()
        try add(article)
    }

    /// Takes an article and its quotations, as they are now, out of the indexes.
    private func remove(_ article: Int64) throws {
        try db.run(
            """
            INSERT INTO article_search (article_search, rowid, title, text, authors)
            SELECT 'delete', number, title, text, authors FROM article_text WHERE number = ?
            """,
            article
        )
        try db.run(
            """
            INSERT INTO quotation_search (quotation_search, rowid, context, speaker)
            SELECT 'delete', id, context, speaker FROM quotation_text WHERE article = ?
            """,
            article
        )
    }

    /// Puts an article and its quotations, as they are now, into the indexes.
    private func add(_ article: Int64) throws {
        try db.run(
            """
            INSERT INTO article_search (rowid, title, text, authors)
            SELECT number, title, text, authors FROM article_text WHERE number = ?
            """,
            article
        )
        try db.run(
            """
            INSERT INTO quotation_search (rowid, context, speaker)
            SELECT id, context, speaker FROM quotation_text WHERE article = ?
            """,
            article
        )
    }
}
