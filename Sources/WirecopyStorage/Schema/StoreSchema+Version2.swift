// What the parser reads of an article beside its text since then: subtitle, tags, caption and
// credit of the lead image, access, syndication.
extension StoreSchema {
    /// Columns for them. Articles that were stored before have none until they are parsed again.
    static let articleColumnsOfVersion2 = """
        ALTER TABLE article ADD COLUMN subtitle TEXT;
        ALTER TABLE article ADD COLUMN lead_image_caption TEXT;
        ALTER TABLE article ADD COLUMN lead_image_credit TEXT;
        ALTER TABLE article ADD COLUMN access TEXT;
        ALTER TABLE article ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
        ALTER TABLE article ADD COLUMN syndication TEXT NOT NULL DEFAULT '[]';
        """

    /// The view of articles with them, behind the columns that it had.
    static let articleViewOfVersion2 = """
        DROP VIEW v_article;
        CREATE VIEW v_article AS
            SELECT article.id, article.url, article.final_url, article.canonical_url,
                article.host, article.site_name, article.title, article.section,
                article.language, article.authors, article.published,
                article.published_precision, article.published_is_inferred, article.modified,
                article.sort_ms, article.first_seen_ms, article.last_seen_ms,
                article_version.n AS version, article_version.text,
                article.subtitle, article.tags, article.lead_image, article.lead_image_caption,
                article.lead_image_credit, article.access, article.syndication
            FROM article JOIN article_version ON article_version.id = article.version;
        """
}
