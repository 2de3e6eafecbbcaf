extension StoreSchema {
    /// The views over what version 5 of the schema brought; names are those that the user's rules
    /// give. These are SQLite's: PostgreSQL has truth values and JSON of its own.
    static let readerViewsOfVersion5 = """
        CREATE VIEW v_version AS
            SELECT article.id AS article, article_version.n AS version, article_version.digest,
                article_version.fetched_at_ms, article_version.extractor_version,
                article_version.id = article.version AS is_current,
                article_version.title, article_version.text, article_version.fields,
                article_version.dropped, article_version.warnings, article_version.corrections
            FROM article_version JOIN article ON article.number = article_version.article;

        CREATE VIEW v_role AS
            SELECT article.id AS article, article.host, article.published, article.sort_ms,
                named.id AS entity_id, named.name AS entity,
                json_extract(role.value, '$.role') AS role,
                json_extract(role.value, '$.start') AS start_byte,
                json_extract(role.value, '$.end') AS end_byte
            FROM article
            JOIN version_entity ON version_entity.version = article.version
            JOIN json_each(version_entity.roles) AS role
            JOIN entity ON entity.id = version_entity.entity
            JOIN entity AS named ON named.id = coalesce(entity.canonical, entity.id);
        """

    /// The other views of version 5, which both databases take as they are.
    static let commonViewsOfVersion5 = """
        CREATE VIEW v_entity AS
            SELECT named.id, named.name, named.type,
                count(DISTINCT article.number) AS articles,
                min(article.sort_ms) AS first_ms, max(article.sort_ms) AS last_ms
            FROM entity
            JOIN entity AS named ON named.id = coalesce(entity.canonical, entity.id)
            JOIN version_entity ON version_entity.entity = entity.id
            JOIN article ON article.version = version_entity.version
            GROUP BY named.id;

        CREATE VIEW v_mention AS
            SELECT article.id AS article, named.id AS entity_id, named.name AS entity,
                mention.type, mention.surface, mention.start_byte, mention.end_byte,
                mention.evidence, mention.stands_for
            FROM article
            JOIN mention ON mention.version = article.version
            JOIN entity ON entity.id = mention.entity
            JOIN entity AS named ON named.id = coalesce(entity.canonical, entity.id);

        CREATE VIEW v_quotation AS
            SELECT article.id AS article, article.title, article.host, article.published,
                article.sort_ms, quotation.kind, quotation.text, quotation.context,
                quotation.speaker, named.id AS speaker_entity_id, named.name AS speaker_entity,
                quotation.cue, quotation.start_byte, quotation.end_byte, quotation.listener,
                quotation.occasion, quotation.document,
                coalesce(quotation.statement, quotation.id) AS statement
            FROM article
            JOIN quotation ON quotation.version = article.version
            LEFT JOIN entity ON entity.id = quotation.speaker_entity
            LEFT JOIN entity AS named ON named.id = coalesce(entity.canonical, entity.id);

        CREATE VIEW v_citation AS
            SELECT article.id AS article, article.title, article.host, article.published,
                article.sort_ms, citation.name, named.id AS entity_id, named.name AS entity,
                citation.text, citation.start_byte, citation.end_byte, citation.citing
            FROM article
            JOIN citation ON citation.version = article.version
            LEFT JOIN entity ON entity.id = citation.entity
            LEFT JOIN entity AS named ON named.id = coalesce(entity.canonical, entity.id);

        CREATE VIEW v_near_duplicate AS
            SELECT article.id AS article, article.host, article.published, article.sort_ms,
                original.id AS original, original.host AS original_host,
                near_duplicate.similarity, near_duplicate.shared, near_duplicate.agency
            FROM near_duplicate
            JOIN article ON article.number = near_duplicate.article
            JOIN article AS original ON original.number = near_duplicate.original;

        CREATE VIEW v_statement AS
            SELECT coalesce(quotation.statement, quotation.id) AS statement,
                count(*) AS variants, count(DISTINCT article.number) AS articles,
                count(DISTINCT article.host) AS hosts,
                count(DISTINCT coalesce(near_duplicate.original, article.number)) AS origins,
                min(article.sort_ms) AS first_ms, max(article.sort_ms) AS last_ms
            FROM article
            JOIN quotation ON quotation.version = article.version
            LEFT JOIN near_duplicate ON near_duplicate.article = article.number
            WHERE quotation.kind <> 'not_speech'
            GROUP BY 1;
        """
}
