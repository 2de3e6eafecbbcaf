// Ranges are half-open UTF-8 byte offsets into the version's text. Instants of our machines are
// milliseconds since 1970-01-01 UTC.
extension StoreSchema {
    /// Articles, their contents, addresses and copies, and what has been handled.
    static let articleTables = """
        CREATE TABLE article (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            url TEXT NOT NULL,
            final_url TEXT NOT NULL,
            canonical_url TEXT,
            host TEXT NOT NULL,
            site_name TEXT,
            title TEXT,
            section TEXT,
            language TEXT,
            lead_image TEXT,
            authors TEXT NOT NULL,
            published TEXT,
            published_precision TEXT,
            published_is_inferred INTEGER,
            modified TEXT,
            modified_precision TEXT,
            sort_ms INTEGER NOT NULL,
            first_seen_ms INTEGER NOT NULL,
            last_seen_ms INTEGER NOT NULL,
            version INTEGER UNIQUE REFERENCES article_version(id)
        ) STRICT;
        CREATE INDEX article_sort ON article(sort_ms);
        CREATE INDEX article_host ON article(host, sort_ms);

        CREATE TABLE article_version (
            id INTEGER PRIMARY KEY,
            article INTEGER NOT NULL REFERENCES article(number),
            n INTEGER NOT NULL,
            digest TEXT NOT NULL UNIQUE,
            fingerprint INTEGER NOT NULL,
            annotations_digest TEXT NOT NULL,
            extractor_version TEXT,
            fetched_at_ms INTEGER NOT NULL,
            origin TEXT NOT NULL,
            encoding TEXT NOT NULL,
            title TEXT,
            fields TEXT NOT NULL,
            warnings TEXT NOT NULL,
            dropped TEXT NOT NULL,
            paragraphs TEXT NOT NULL,
            text TEXT NOT NULL,
            UNIQUE (article, n)
        ) STRICT;
        CREATE INDEX article_version_fingerprint ON article_version(fingerprint);

        CREATE TABLE article_address (
            url TEXT NOT NULL,
            article INTEGER NOT NULL REFERENCES article(number),
            first_seen_ms INTEGER NOT NULL,
            last_seen_ms INTEGER NOT NULL,
            PRIMARY KEY (url, article)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX article_address_article ON article_address(article);

        CREATE TABLE article_copy (
            id TEXT NOT NULL,
            article INTEGER NOT NULL REFERENCES article(number),
            url TEXT NOT NULL,
            host TEXT NOT NULL,
            site_name TEXT,
            published TEXT,
            first_seen_ms INTEGER NOT NULL,
            last_seen_ms INTEGER NOT NULL,
            PRIMARY KEY (id, article)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX article_copy_article ON article_copy(article);

        CREATE TABLE handled_message (
            message TEXT PRIMARY KEY,
            outcome TEXT NOT NULL,
            at_ms INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX handled_message_at ON handled_message(at_ms);
        """

    /// What the extractor found in a version.
    static let annotationTables = """
        CREATE TABLE entity (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            type TEXT NOT NULL,
            UNIQUE (name, type)
        ) STRICT;

        CREATE TABLE version_entity (
            version INTEGER NOT NULL REFERENCES article_version(id),
            entity INTEGER NOT NULL REFERENCES entity(id),
            PRIMARY KEY (version, entity)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX version_entity_entity ON version_entity(entity);

        CREATE TABLE mention (
            version INTEGER NOT NULL REFERENCES article_version(id),
            ordinal INTEGER NOT NULL,
            entity INTEGER NOT NULL REFERENCES entity(id),
            start_byte INTEGER NOT NULL,
            end_byte INTEGER NOT NULL,
            type TEXT NOT NULL,
            surface TEXT NOT NULL,
            PRIMARY KEY (version, ordinal)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE quotation (
            id INTEGER PRIMARY KEY,
            version INTEGER NOT NULL REFERENCES article_version(id),
            ordinal INTEGER NOT NULL,
            kind TEXT NOT NULL,
            start_byte INTEGER NOT NULL,
            end_byte INTEGER NOT NULL,
            text TEXT NOT NULL,
            context TEXT NOT NULL,
            speaker_entity INTEGER REFERENCES entity(id),
            speaker TEXT,
            cue TEXT,
            UNIQUE (version, ordinal)
        ) STRICT;
        CREATE INDEX quotation_speaker ON quotation(speaker_entity);

        CREATE TABLE citation (
            version INTEGER NOT NULL REFERENCES article_version(id),
            ordinal INTEGER NOT NULL,
            entity INTEGER REFERENCES entity(id),
            name TEXT NOT NULL,
            start_byte INTEGER NOT NULL,
            end_byte INTEGER NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (version, ordinal)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX citation_entity ON citation(entity);
        """

    /// Full-text indexes over the current versions; the views give FTS5 its external content.
    static let searchTables = """
        CREATE VIEW article_text AS
            SELECT article.number, article_version.title, article_version.text, article.authors
            FROM article JOIN article_version ON article_version.id = article.version;

        CREATE VIEW quotation_text AS
            SELECT quotation.id, article.number AS article, quotation.context,
                coalesce(quotation.speaker || ' ', '') || coalesce(entity.name, '') AS speaker
            FROM article
            JOIN quotation ON quotation.version = article.version
            LEFT JOIN entity ON entity.id = quotation.speaker_entity;

        CREATE VIRTUAL TABLE article_search USING fts5(
            title, text, authors,
            content = 'article_text', content_rowid = 'number',
            tokenize = 'unicode61 remove_diacritics 2'
        );

        CREATE VIRTUAL TABLE quotation_search USING fts5(
            context, speaker,
            content = 'quotation_text', content_rowid = 'id',
            tokenize = 'unicode61 remove_diacritics 2'
        );
        """
}
