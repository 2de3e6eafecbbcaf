extension PostgreSQLSchema {
    /// Functions of SQLite that the store's SQL uses, and comparing without case.
    static let functions = """
        CREATE COLLATION nocase
            (provider = icu, locale = 'und-u-ks-level2', deterministic = false);

        CREATE FUNCTION text_digest(written TEXT) RETURNS BYTEA LANGUAGE sql IMMUTABLE STRICT
            AS 'SELECT sha256(convert_to($1, ''UTF8''))';

        CREATE FUNCTION min(a BIGINT, b BIGINT) RETURNS BIGINT LANGUAGE sql IMMUTABLE STRICT
            AS 'SELECT least($1, $2)';
        CREATE FUNCTION max(a BIGINT, b BIGINT) RETURNS BIGINT LANGUAGE sql IMMUTABLE STRICT
            AS 'SELECT greatest($1, $2)';
        CREATE FUNCTION instr(whole TEXT, part TEXT) RETURNS BIGINT LANGUAGE sql IMMUTABLE STRICT
            AS 'SELECT CAST(strpos($1, $2) AS BIGINT)';

        CREATE FUNCTION json_each(document TEXT) RETURNS TABLE (key BIGINT, value TEXT)
            LANGUAGE sql IMMUTABLE STRICT AS $$
                SELECT place - 1, element FROM
                    json_array_elements_text(CAST(replace($1, '\\u0000', ' ') AS JSON))
                    WITH ORDINALITY AS listed (element, place)
            $$;
        CREATE FUNCTION json_extract(document TEXT, path TEXT) RETURNS TEXT
            LANGUAGE sql IMMUTABLE STRICT AS $$
                SELECT jsonb_path_query_first(
                    CAST(replace($1, '\\u0000', ' ') AS JSONB), CAST($2 AS JSONPATH)) #>> '{}'
            $$;

        CREATE FUNCTION decimal_number(digits TEXT) RETURNS DOUBLE PRECISION
            LANGUAGE sql IMMUTABLE STRICT AS $$
                SELECT CASE WHEN $1 ~ '^[-+]?[0-9]{1,200}([.][0-9]{1,200})?$'
                    THEN CAST($1 AS DOUBLE PRECISION) END
            $$
        """

    /// The same functions in words that the server puts in the place of their calls, which it does
    /// only where an empty argument makes each part of them empty, and each part is immutable. A
    /// call of its own takes ten times as long.
    static let functionsOfVersion2 = #"""
        CREATE OR REPLACE FUNCTION text_digest(written TEXT) RETURNS BYTEA
            LANGUAGE sql IMMUTABLE STRICT
            AS 'SELECT sha256(decode(replace($1, E''\\'', E''\\\\''), ''escape''))';
        CREATE OR REPLACE FUNCTION min(a BIGINT, b BIGINT) RETURNS BIGINT LANGUAGE sql IMMUTABLE
            AS 'SELECT CASE WHEN $1 <= $2 THEN $1 WHEN $1 > $2 THEN $2 END';
        CREATE OR REPLACE FUNCTION max(a BIGINT, b BIGINT) RETURNS BIGINT LANGUAGE sql IMMUTABLE
            AS 'SELECT CASE WHEN $1 >= $2 THEN $1 WHEN $1 < $2 THEN $2 END'
        """#

    /// Full-text indexes over the current versions, and the views that say what is in them; in the
    /// words of a statement `eN` stands for the entity N.
    static let searchTables = """
        CREATE VIEW article_text AS
            SELECT article.number, article_version.title, article_version.text, article.authors
            FROM article JOIN article_version ON article_version.id = article.version;

        CREATE VIEW quotation_text AS
            SELECT quotation.id, article.number AS article, quotation.context,
                coalesce(quotation.speaker || ' ', '') || coalesce(entity.name, '')
                    || coalesce(' e' || entity.id, '') AS speaker
            FROM article
            JOIN quotation ON quotation.version = article.version
            LEFT JOIN entity ON entity.id = quotation.speaker_entity
            WHERE quotation.kind <> 'not_speech';

        CREATE TABLE article_search (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
        CREATE INDEX article_search_words ON article_search USING gin (words);

        CREATE TABLE quotation_search (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
        CREATE INDEX quotation_search_words ON quotation_search USING gin (words);

        CREATE TABLE entity_search (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
        CREATE INDEX entity_search_words ON entity_search USING gin (words)
        """
}
