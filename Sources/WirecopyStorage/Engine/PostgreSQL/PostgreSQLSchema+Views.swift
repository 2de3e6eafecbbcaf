extension PostgreSQLSchema {
    /// The views that PostgreSQL says in other words than SQLite, with the same columns;
    /// docs/guides/sql-views.md describes each for both databases.
    static let ownViews = """
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

        CREATE VIEW v_version AS
            SELECT article.id AS article, article_version.n AS version, article_version.digest,
                article_version.fetched_at_ms, article_version.extractor_version,
                CAST(CAST(article_version.id = article.version AS INTEGER) AS BIGINT) AS is_current,
                article_version.title, article_version.text, article_version.fields,
                article_version.dropped, article_version.warnings, article_version.corrections
            FROM article_version JOIN article ON article.number = article_version.article;

        CREATE VIEW v_role AS
            SELECT article.id AS article, article.host, article.published, article.sort_ms,
                named.id AS entity_id, named.name AS entity,
                json_extract(role.value, '$.role') AS role,
                CAST(json_extract(role.value, '$.start') AS BIGINT) AS start_byte,
                CAST(json_extract(role.value, '$.end') AS BIGINT) AS end_byte
            FROM article
            JOIN version_entity ON version_entity.version = article.version
            CROSS JOIN LATERAL json_each(version_entity.roles) AS role
            JOIN entity ON entity.id = version_entity.entity
            JOIN entity AS named ON named.id = coalesce(entity.canonical, entity.id);

        CREATE VIEW v_value AS
            SELECT article.id AS article, article.title, article.host, article.published,
                article.sort_ms, stated_value.kind, stated_value.text,
                decimal_number(coalesce(stated_value.amount, stated_value.min)) AS number,
                stated_value.amount, stated_value.min, stated_value.max, stated_value.total,
                stated_value.approximation, stated_value.unit, stated_value.currency,
                stated_value.subject, stated_value.predicate, stated_value.date,
                stated_value.date_end, stated_value.date_precision, stated_value.start_byte,
                stated_value.end_byte
            FROM article
            JOIN stated_value ON stated_value.version = article.version;
        """
}
