extension StoreSchema {
    /// The views that readers may rely on; docs/guides/sql-views.md describes each column.
    ///
    /// They show current versions only, except `v_version`.
    static let readerViews = """
        CREATE VIEW v_article AS
            SELECT article.id, article.url, article.final_url, article.canonical_url,
                article.host, article.site_name, article.title, article.section,
                article.language, article.authors, article.published,
                article.published_precision, article.published_is_inferred, article.modified,
                article.sort_ms, article.first_seen_ms, article.last_seen_ms,
                article_version.n AS version, article_version.text
            FROM article JOIN article_version ON article_version.id = article.version;

        CREATE VIEW v_version AS
            SELECT article.id AS article, article_version.n AS version, article_version.digest,
                article_version.fetched_at_ms, article_version.extractor_version,
                article_version.id = article.version AS is_current,
                article_version.title, article_version.text, article_version.fields,
                article_version.dropped, article_version.warnings
            FROM article_version JOIN article ON article.number = article_version.article;

        CREATE VIEW v_entity AS
            SELECT entity.id, entity.name, entity.type, count(*) AS articles
            FROM entity
            JOIN version_entity ON version_entity.entity = entity.id
            JOIN article ON article.version = version_entity.version
            GROUP BY entity.id;

        CREATE VIEW v_mention AS
            SELECT article.id AS article, mention.entity AS entity_id, entity.name AS entity,
                mention.type, mention.surface, mention.start_byte, mention.end_byte
            FROM article
            JOIN mention ON mention.version = article.version
            JOIN entity ON entity.id = mention.entity;

        CREATE VIEW v_quotation AS
            SELECT article.id AS article, article.title, article.host, article.published,
                article.sort_ms, quotation.kind, quotation.text, quotation.context,
                quotation.speaker, quotation.speaker_entity AS speaker_entity_id,
                entity.name AS speaker_entity, quotation.cue, quotation.start_byte,
                quotation.end_byte
            FROM article
            JOIN quotation ON quotation.version = article.version
            LEFT JOIN entity ON entity.id = quotation.speaker_entity;

        CREATE VIEW v_citation AS
            SELECT article.id AS article, article.title, article.host, article.published,
                article.sort_ms, citation.name, citation.entity AS entity_id,
                entity.name AS entity, citation.text, citation.start_byte, citation.end_byte
            FROM article
            JOIN citation ON citation.version = article.version
            LEFT JOIN entity ON entity.id = citation.entity;
        """

    /// The views of addresses and copies, which both databases take as they are.
    static let addressViews = """
        CREATE VIEW v_address AS
            SELECT article.id AS article, article_address.url, article_address.first_seen_ms,
                article_address.last_seen_ms
            FROM article_address JOIN article ON article.number = article_address.article;

        CREATE VIEW v_copy AS
            SELECT article.id AS article, article_copy.id AS copy, article_copy.url,
                article_copy.host, article_copy.site_name, article_copy.published,
                article_copy.first_seen_ms, article_copy.last_seen_ms
            FROM article_copy JOIN article ON article.number = article_copy.article;
        """
}
