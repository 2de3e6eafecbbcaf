// Dates, sums and quantities that the texts state.
extension StoreSchema {
    /// Articles that were stored before have none until they are extracted again.
    static let valueTable = """
        CREATE TABLE stated_value (
            version INTEGER NOT NULL REFERENCES article_version(id),
            ordinal INTEGER NOT NULL,
            kind TEXT NOT NULL,
            start_byte INTEGER NOT NULL,
            end_byte INTEGER NOT NULL,
            text TEXT NOT NULL,
            date TEXT,
            date_end TEXT,
            date_precision TEXT,
            amount TEXT,
            min TEXT,
            max TEXT,
            total TEXT,
            approximation TEXT,
            unit TEXT,
            currency TEXT,
            subject TEXT,
            predicate TEXT,
            PRIMARY KEY (version, ordinal)
        ) STRICT, WITHOUT ROWID;
        """

    /// The values of current versions; `number` is for sorting and sums.
    static let valueView = """
        CREATE VIEW v_value AS
            SELECT article.id AS article, article.title, article.host, article.published,
                article.sort_ms, stated_value.kind, stated_value.text,
                CAST(coalesce(stated_value.amount, stated_value.min) AS REAL) AS number,
                stated_value.amount, stated_value.min, stated_value.max, stated_value.total,
                stated_value.approximation, stated_value.unit, stated_value.currency,
                stated_value.subject, stated_value.predicate, stated_value.date,
                stated_value.date_end, stated_value.date_precision, stated_value.start_byte,
                stated_value.end_byte
            FROM article
            JOIN stated_value ON stated_value.version = article.version;
        """
}
