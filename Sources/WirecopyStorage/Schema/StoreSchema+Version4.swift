// Which source named an article, what its publisher asks of those who use it, how long it is.
extension StoreSchema {
    /// Columns for them. Articles that were stored before have none until they are parsed again.
    static let articleColumnsOfVersion4 = """
        ALTER TABLE article ADD COLUMN source TEXT;
        ALTER TABLE article ADD COLUMN usage TEXT NOT NULL DEFAULT '[]';
        ALTER TABLE article ADD COLUMN text_bytes INTEGER;
        CREATE INDEX article_source ON article(source, first_seen_ms) WHERE source IS NOT NULL;
        """

    /// The view of articles with them, behind the columns that it had.
    static let articleViewOfVersion4 = """
        DROP VIEW v_article;
        CREATE VIEW v_article AS
            SELECT article.id, article.url, article.final_url, article.canonical_url,
                article.host, article.site_name, article.title, article.section,
                article.language, article.authors, article.published,
                article.published_precision, article.published_is_inferred, article.modified,
                article.sort_ms, article.first_seen_ms, article.last_seen_ms,
                article_version.n AS version, article_version.text,
                article.subtitle, article.tags, article.lead_image, article.lead_image_caption,
                article.lead_image_credit, article.access, article.syndication,
                article.source, article.usage, article.text_bytes
            FROM article JOIN article_version ON article_version.id = article.version;
        """
}
