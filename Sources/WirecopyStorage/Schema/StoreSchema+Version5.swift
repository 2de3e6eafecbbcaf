// What the extractor gives beside version 3: roles, governments, listeners, occasions, documents,
// chains of sources, bounds of sentences. Statements over several articles, the user's names,
// near-duplicates. Statements are numbered by the day of their article, see `QuotationNumber`.
extension StoreSchema {
    /// Columns of versions. Those that were stored before have none until they are parsed again.
    static let versionColumnsOfVersion5 = """
        ALTER TABLE article_version ADD COLUMN sentences TEXT NOT NULL DEFAULT '[]';
        ALTER TABLE article_version ADD COLUMN page TEXT NOT NULL DEFAULT '{}';
        ALTER TABLE article_version ADD COLUMN corrections TEXT NOT NULL DEFAULT '[]';
        DROP INDEX article_version_fingerprint;
        """

    /// What is replaced below, and the views over it.
    static let viewsDroppedInVersion5 = """
        DROP VIEW v_entity;
        DROP VIEW v_mention;
        DROP VIEW v_quotation;
        DROP VIEW v_citation;
        DROP VIEW v_version;
        DROP VIEW quotation_text;
        """

    /// Mentions, citations and the entities of a version, in the message's order.
    static let annotationTablesOfVersion5 = """
        ALTER TABLE mention ADD COLUMN evidence TEXT;
        ALTER TABLE mention ADD COLUMN stands_for TEXT;
        ALTER TABLE mention ADD COLUMN stands_for_entity INTEGER;
        ALTER TABLE citation ADD COLUMN citing TEXT;
        DROP INDEX citation_entity;
        CREATE INDEX citation_name ON citation(name COLLATE NOCASE);

        CREATE TABLE ordered_entity (
            version INTEGER NOT NULL,
            ordinal INTEGER NOT NULL,
            entity INTEGER NOT NULL,
            roles TEXT,
            PRIMARY KEY (version, ordinal)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO ordered_entity (version, ordinal, entity)
            SELECT version, row_number() OVER (PARTITION BY version ORDER BY entity) - 1, entity
            FROM version_entity;
        DROP TABLE version_entity;
        ALTER TABLE ordered_entity RENAME TO version_entity;
        CREATE INDEX version_entity_entity ON version_entity(entity);
        """

    /// Statements with numbers that follow their days, so that those of a speaker are read newest
    /// first without being sorted, and the same statement elsewhere.
    static let quotationTableOfVersion5 = """
        CREATE TABLE dated_quotation (
            id INTEGER PRIMARY KEY,
            version INTEGER NOT NULL,
            ordinal INTEGER NOT NULL,
            kind TEXT NOT NULL,
            start_byte INTEGER NOT NULL,
            end_byte INTEGER NOT NULL,
            text TEXT NOT NULL,
            context TEXT NOT NULL,
            speaker_entity INTEGER,
            speaker TEXT,
            cue TEXT,
            listener TEXT,
            occasion TEXT,
            document TEXT,
            statement INTEGER,
            UNIQUE (version, ordinal)
        ) STRICT;
        INSERT INTO dated_quotation (id, version, ordinal, kind, start_byte, end_byte, text,
            context, speaker_entity, speaker, cue)
            SELECT (day << \(QuotationNumber.placeBits))
                + row_number() OVER (PARTITION BY day ORDER BY id),
                version, ordinal, kind, start_byte, end_byte, text, context, speaker_entity,
                speaker, cue
            FROM (
                SELECT quotation.*,
                    max(0, article.sort_ms / \(QuotationNumber.dayMilliseconds)
                        + \(QuotationNumber.daysBefore1970)) AS day
                FROM quotation
                JOIN article_version ON article_version.id = quotation.version
                JOIN article ON article.number = article_version.article
            );
        DROP TABLE quotation;
        ALTER TABLE dated_quotation RENAME TO quotation;
        CREATE INDEX quotation_statement ON quotation(statement) WHERE statement IS NOT NULL;

        CREATE TABLE statement_key (
            key INTEGER NOT NULL,
            quotation INTEGER NOT NULL,
            PRIMARY KEY (key, quotation)
        ) STRICT, WITHOUT ROWID;
        """

    /// Texts that are nearly those of an earlier article.
    static let copyTablesOfVersion5 = """
        CREATE TABLE text_key (
            key INTEGER NOT NULL,
            article INTEGER NOT NULL,
            PRIMARY KEY (key, article)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE near_duplicate (
            article INTEGER PRIMARY KEY,
            original INTEGER NOT NULL,
            similarity REAL NOT NULL,
            shared REAL NOT NULL,
            agency TEXT
        ) STRICT;
        CREATE INDEX near_duplicate_original ON near_duplicate(original);
        """

    /// What the user says about names; rules that were undone stay, so that they can be told.
    static let nameTablesOfVersion5 = """
        ALTER TABLE entity ADD COLUMN canonical INTEGER;
        ALTER TABLE entity ADD COLUMN split_of INTEGER;
        CREATE INDEX entity_canonical ON entity(canonical) WHERE canonical IS NOT NULL;
        CREATE INDEX entity_split_of ON entity(split_of) WHERE split_of IS NOT NULL;

        CREATE TABLE name_rule (
            id INTEGER PRIMARY KEY,
            action TEXT NOT NULL,
            name TEXT NOT NULL,
            type TEXT NOT NULL,
            target_name TEXT NOT NULL,
            target_type TEXT NOT NULL,
            article TEXT,
            at_ms INTEGER NOT NULL,
            undone_at_ms INTEGER
        ) STRICT;
        CREATE INDEX name_rule_name ON name_rule(name, type) WHERE undone_at_ms IS NULL;

        CREATE VIRTUAL TABLE entity_search USING fts5(
            name,
            content = 'entity', content_rowid = 'id', columnsize = 0,
            tokenize = 'unicode61 remove_diacritics 2'
        );
        INSERT INTO entity_search (entity_search, rank) VALUES ('automerge', 8);
        INSERT INTO entity_search (entity_search) VALUES ('rebuild');
        """

    /// Memory in which the words of one transaction are gathered before they are written: those of
    /// 256 long articles.
    private static let hashBytes = 8 << 20

    /// The statements' search index anew; in its content `eN` stands for the entity N.
    ///
    /// Nothing is ranked by it, so it keeps no sizes. 8 segments are merged at a time where FTS5
    /// merges 4, which costs a fifth of the time of storing; looking a word up in a few more
    /// segments takes microseconds. From 16 on FTS5 would merge all at once, in one transaction.
    static let quotationIndexOfVersion5 = """
        CREATE VIEW quotation_text AS
            SELECT quotation.id, article.number AS article, quotation.context,
                coalesce(quotation.speaker || ' ', '') || coalesce(entity.name, '')
                    || coalesce(' e' || entity.id, '') AS speaker
            FROM article
            JOIN quotation ON quotation.version = article.version
            LEFT JOIN entity ON entity.id = quotation.speaker_entity
            WHERE quotation.kind <> 'not_speech';

        DROP TABLE quotation_search;
        CREATE VIRTUAL TABLE quotation_search USING fts5(
            context, speaker,
            content = 'quotation_text', content_rowid = 'id', columnsize = 0,
            tokenize = 'unicode61 remove_diacritics 2'
        );
        INSERT INTO quotation_search (quotation_search, rank) VALUES ('automerge', 8);
        INSERT INTO quotation_search (quotation_search) VALUES ('rebuild');
        INSERT INTO article_search (article_search, rank) VALUES ('automerge', 8);
        INSERT INTO article_search (article_search, rank) VALUES ('hashsize', \(hashBytes));
        """
}
