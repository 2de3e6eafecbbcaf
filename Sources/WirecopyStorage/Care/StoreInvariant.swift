/// A rule that holds for every store, with the query for the rows for which it does not.
struct StoreInvariant: Sendable {
    /// The rule, as a sentence.
    let rule: String
    /// A query whose column `breach` names each row that breaks it.
    let breaches: String

    /// All rules that rows keep among each other; foreign keys are not enforced while writing.
    static let all = articles + annotations + statements + copies + names + stories

    private static let articles = [
        StoreInvariant(
            rule: "Each article shows a version of its own.",
            breaches: """
                SELECT article.id AS breach FROM article
                LEFT JOIN article_version ON article_version.id = article.version
                WHERE article_version.article IS DISTINCT FROM article.number
                """
        ),
        StoreInvariant(
            rule: "Each version belongs to an article.",
            breaches: orphans("article_version", "article", of: "article", "number")
        ),
        StoreInvariant(
            rule: "Versions of an article are counted from 1.",
            breaches: """
                SELECT article AS breach FROM article_version GROUP BY article
                HAVING min(n) <> 1 OR max(n) <> count(*)
                """
        ),
        StoreInvariant(
            rule: "Each address belongs to an article.",
            breaches: orphans("article_address", "article", of: "article", "number")
        ),
        StoreInvariant(
            rule: "Each copy belongs to an article.",
            breaches: orphans("article_copy", "article", of: "article", "number")
        ),
    ]

    private static let annotations =
        ["version_entity", "mention", "quotation", "citation", "stated_value"].map { table in
            StoreInvariant(
                rule: "Each row of \(table) belongs to a version.",
                breaches: orphans(table, "version", of: "article_version", "id")
            )
        }
        + [
            ("version_entity", "entity"), ("mention", "entity"), ("quotation", "speaker_entity"),
            ("citation", "entity"),
        ].map { table, column in
            StoreInvariant(
                rule: "Each \(column) in \(table) is there.",
                breaches: orphans(table, column, of: "entity", "id")
            )
        }

    private static let statements = [
        StoreInvariant(
            rule: "A variant names a statement that is none itself.",
            breaches: """
                SELECT variant.id AS breach FROM quotation AS variant
                LEFT JOIN quotation AS head ON head.id = variant.statement
                WHERE variant.statement IS NOT NULL
                    AND (head.id IS NULL OR head.statement IS NOT NULL)
                """
        ),
        StoreInvariant(
            rule: "Only statements of versions that are shown belong together.",
            breaches: """
                SELECT quotation.id AS breach FROM quotation
                LEFT JOIN article ON article.version = quotation.version
                WHERE quotation.statement IS NOT NULL AND article.number IS NULL
                """
        ),
        StoreInvariant(
            rule: "Only statements of versions that are shown have keys.",
            breaches: """
                SELECT child.quotation AS breach FROM (
                    SELECT DISTINCT quotation FROM statement_key
                ) AS child
                LEFT JOIN quotation ON quotation.id = child.quotation
                LEFT JOIN article ON article.version = quotation.version
                WHERE article.number IS NULL
                """
        ),
        StoreInvariant(
            rule: "A statement that is shown has the number of its article's day.",
            breaches: """
                SELECT quotation.id AS breach FROM article
                JOIN quotation ON quotation.version = article.version
                WHERE quotation.id >> \(QuotationNumber.placeBits)
                    <> max(0, \(QuotationNumber.daysBefore1970)
                        + CAST(floor(article.sort_ms / \(QuotationNumber.dayMilliseconds).0)
                            AS BIGINT))
                """
        ),
    ]

    private static let copies = [
        StoreInvariant(
            rule: "A near copy names an original that is none itself.",
            breaches: """
                SELECT near_duplicate.article AS breach FROM near_duplicate
                LEFT JOIN article ON article.number = near_duplicate.original
                LEFT JOIN near_duplicate AS other ON other.article = near_duplicate.original
                WHERE article.number IS NULL OR other.article IS NOT NULL
                """
        ),
        StoreInvariant(
            rule: "Each key of a text belongs to an article.",
            breaches: orphans("text_key", "article", of: "article", "number")
        ),
    ]

    private static let names = [
        StoreInvariant(
            rule: "A name that is merged means one that is not.",
            breaches: """
                SELECT entity.name AS breach FROM entity
                LEFT JOIN entity AS named ON named.id = entity.canonical
                WHERE entity.canonical IS NOT NULL
                    AND (named.id IS NULL OR named.canonical IS NOT NULL)
                """
        ),
        StoreInvariant(
            rule: "A name that is split off belongs to one that is there.",
            breaches: orphans("entity", "split_of", of: "entity", "id")
        ),
    ]

    private static func orphans(
        _ table: String,
        _ column: String,
        of parent: String,
        _ key: String
    ) -> String {
        // What many rows name is looked up once, in the order of an index.
        """
        SELECT child.named AS breach FROM (
            SELECT DISTINCT \(column) AS named FROM \(table) WHERE \(column) IS NOT NULL
        ) AS child
        LEFT JOIN \(parent) AS parent ON parent.\(key) = child.named
        WHERE parent.\(key) IS NULL
        """
    }
}
