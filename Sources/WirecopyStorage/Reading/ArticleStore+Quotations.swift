import WirecopyMessages

extension ArticleStore {
    /// Finds statements by speaker and by words; those of the newest day come first.
    ///
    /// What is quoted but not said by anyone is left out. A speaker's name also finds those whose
    /// names the user has merged into it.
    ///
    /// - Throws: `StorageFailure` with `queryEmpty` when a given speaker or subject has no word.
    package func quotations(
        _ query: QuotationQuery
    ) async throws(StorageFailure) -> QuotationReport {
        let wanted = try QuotationSelection(query)
        return try await read(to: "find statements") { db in
            try QuotationReader(db: db).report(wanted)
        }
    }
}

/// A query for statements, checked.
struct QuotationSelection: Sendable {
    /// What the speaker's words ask for.
    let speaker: SearchCondition?
    /// What the sentence's words ask for.
    let about: SearchCondition?
    /// Rows of entities that the speaker must be; `nil` for all.
    var entities: [Int64]?
    /// First and last instant of the articles, in milliseconds since 1970 UTC.
    let since: Int?
    let until: Int?
    /// Kinds of statements; empty for all.
    let kinds: [String]
    /// The story to which the articles must belong; `nil` for all.
    let story: Int?
    /// Whether each statement is told once.
    let isOnce: Bool
    /// Statements that are told.
    let limit: Int

    /// Checks a query.
    init(_ query: QuotationQuery) throws(StorageFailure) {
        speaker = try Self.condition(query.speaker)
        about = try Self.condition(query.about)
        since = query.since?.milliseconds
        until = query.until?.milliseconds
        kinds = query.kinds.map(\.rawValue)
        story = query.story
        isOnce = query.isOnce
        limit = min(max(query.limit, 1), QuotationQuery.limitMax)
    }

    private static func condition(
        _ words: String?
    ) throws(StorageFailure) -> SearchCondition? {
        guard let words else { return nil }
        guard let expression = SearchExpression(words) else { throw ArticleStore.queryEmpty }
        return expression.condition
    }
}

/// Reads statements by their numbers, which follow the days of their articles.
struct QuotationReader {
    let db: StoreDatabase

    /// Entities that are merged into those whose name has the words of a speaker.
    private static let membersMax = 50
    /// Rows that are read for a statement that is told, where each is told once: a statement that
    /// a hundred outlets carry stands in a hundred rows.
    private static let rowsOfStatement = 40

    /// The statements of a selection, newest day first.
    func report(_ wanted: QuotationSelection) throws -> QuotationReport {
        let words = try condition(wanted).map { db.dialect.text(of: $0) }
        var statements: [QuotationReport.Statement] = []
        var told: Set<Int64> = []
        let rowsMax = (wanted.limit + 1) * (wanted.isOnce ? Self.rowsOfStatement : 1)
        try db.forEachRow(
            sql(isMatched: words != nil),
            words,
            wanted.since.map { QuotationNumber.first(ofDay: Self.day($0)) } ?? 0,
            wanted.until.map { QuotationNumber.first(ofDay: Self.day($0) + 1) } ?? Int64.max,
            wanted.since ?? Int.min,
            wanted.until ?? Int.max,
            wanted.kinds.isEmpty ? nil : "," + wanted.kinds.joined(separator: ",") + ",",
            wanted.story,
            rowsMax
        ) { row in
            let head: Int64 = row["statement"]
            if told.insert(head).inserted || !wanted.isOnce {
                statements.append(try statement(row, countsArticles: wanted.isOnce))
            }
            return statements.count <= wanted.limit
        }
        return QuotationReport(
            hasMore: statements.count > wanted.limit,
            quotations: Self.sorted(Array(statements.prefix(wanted.limit)))
        )
    }

    private static func day(_ milliseconds: Int) -> Int {
        QuotationNumber.day(ofMilliseconds: milliseconds)
    }

    /// The latest first, also within a day; what stands in one article as it stands there.
    private static func sorted(
        _ statements: [QuotationReport.Statement]
    ) -> [QuotationReport.Statement] {
        statements.sorted { left, right in
            (-left.sortMs, left.article, left.start) < (-right.sortMs, right.article, right.start)
        }
    }

    private func condition(_ wanted: QuotationSelection) throws -> SearchCondition? {
        var parts: [SearchCondition] = []
        if let speaker = wanted.speaker {
            let members = try members(of: speaker).map { SearchCondition.entity($0) }
            parts.append(.column(.speaker, .any([speaker] + members)))
        }
        if let entities = wanted.entities {
            parts.append(.column(.speaker, .any(entities.map { .entity($0) })))
        }
        if let about = wanted.about { parts.append(.column(.context, about)) }
        return parts.isEmpty ? nil : .all(parts)
    }

    /// Rows that the user has merged into entities whose name has these words.
    private func members(of speaker: SearchCondition) throws -> [Int64] {
        try db.all(
            Int64.self,
            """
            SELECT member.id FROM entity AS member
            WHERE member.canonical IN
                (SELECT rowid FROM entity_search WHERE \(db.dialect.matches(.entities, "?")))
                AND member.canonical IS NOT NULL
            LIMIT \(Self.membersMax)
            """,
            db.dialect.text(of: speaker)
        )
    }

    /// Walks statements backwards; with words those of the index, which gives them in this order.
    private func sql(isMatched: Bool) -> String {
        let source =
            isMatched
            ? """
            quotation_search CROSS JOIN quotation ON quotation.id = quotation_search.rowid
            CROSS JOIN article ON article.version = quotation.version
            """
            : "quotation CROSS JOIN article ON article.version = quotation.version"
        let row = isMatched ? "quotation_search.rowid" : "quotation.id"
        let matched =
            isMatched ? db.dialect.matches(.statements, "?1") : "CAST(?1 AS TEXT) IS NULL"
        return """
            SELECT article.id AS article, article.host, article.published, article.sort_ms,
                article.title, article.url, quotation.context, quotation.cue, quotation.document,
                quotation.end_byte, quotation.kind, quotation.listener, quotation.occasion,
                quotation.speaker, named.name AS speaker_entity, quotation.start_byte,
                quotation.text, coalesce(quotation.statement, quotation.id) AS statement
            FROM \(source)
            LEFT JOIN entity ON entity.id = quotation.speaker_entity
            LEFT JOIN entity AS named ON named.id = coalesce(entity.canonical, entity.id)
            WHERE \(matched)
                AND \(row) >= ?2 AND \(row) < ?3
                AND article.sort_ms BETWEEN ?4 AND ?5
                AND quotation.kind <> 'not_speech'
                AND (CAST(?6 AS TEXT) IS NULL OR instr(?6, ',' || quotation.kind || ',') > 0)
                AND (CAST(?7 AS BIGINT) IS NULL OR (SELECT story FROM story_article
                    WHERE story_article.article = article.number) = ?7)
            ORDER BY \(row) DESC LIMIT ?8
            """
    }

    private func statement(
        _ row: StoreRow,
        countsArticles: Bool
    ) throws -> QuotationReport.Statement {
        let counts = countsArticles ? try counts(row["statement"]) : nil
        return QuotationReport.Statement(
            article: row["article"],
            articles: counts?.articles,
            context: row["context"],
            cue: row["cue"],
            document: row["document"],
            end: row["end_byte"],
            firstMs: counts?.first,
            host: row["host"],
            kind: row["kind"],
            listener: row["listener"],
            occasion: row["occasion"],
            origins: counts?.origins,
            published: row["published"],
            sortMs: row["sort_ms"],
            speaker: row["speaker"],
            speakerEntity: row["speaker_entity"],
            start: row["start_byte"],
            statement: row["statement"],
            text: row["text"],
            title: row["title"],
            url: row["url"]
        )
    }

    private func counts(_ statement: Int64) throws -> (articles: Int, origins: Int, first: Int)? {
        let row = try db.row(
            """
            SELECT count(DISTINCT article.number),
                count(DISTINCT coalesce(near_duplicate.original, article.number)),
                min(article.sort_ms)
            FROM (
                SELECT version FROM quotation WHERE id = ?1
                UNION ALL SELECT version FROM quotation WHERE statement = ?1
            ) AS said
            CROSS JOIN article ON article.version = said.version
            LEFT JOIN near_duplicate ON near_duplicate.article = article.number
            """,
            statement
        )
        return row.map { ($0[0], $0[1], $0[2]) }
    }
}
