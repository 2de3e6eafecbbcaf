import GRDB
import WirecopyMessages

extension ArticleStore {
    /// Finds statements by speaker and by words; those of the newest articles come first.
    ///
    /// What is quoted but not said by anyone is left out.
    ///
    /// - Throws: `StorageFailure` with `queryEmpty` when a given speaker or subject has no word.
    package func quotations(
        _ query: QuotationQuery
    ) async throws(StorageFailure) -> QuotationReport {
        let expression = try Self.expression(query)
        let limit = min(max(query.limit, 1), QuotationQuery.limitMax)
        return try await read(to: "find statements") { db in
            let rows = try Row.fetchAll(
                db,
                sql: Self.statements(isMatched: expression != nil),
                arguments: [expression, query.since?.milliseconds ?? Int.min, limit + 1]
            )
            return QuotationReport(
                hasMore: rows.count > limit,
                quotations: rows.prefix(limit).map(Self.statement)
            )
        }
    }

    private static func expression(
        _ query: QuotationQuery
    ) throws(StorageFailure) -> String? {
        var parts: [String] = []
        for (column, words) in [("speaker", query.speaker), ("context", query.about)] {
            guard let words else { continue }
            guard let expression = SearchExpression(words) else { throw queryEmpty }
            parts.append("(\(expression.inColumn(column)))")
        }
        return parts.isEmpty ? nil : parts.joined(separator: " AND ")
    }

    /// Without words the newest articles are walked, with words the index of the statements.
    private static func statements(isMatched: Bool) -> String {
        let source = """
            quotation_search JOIN quotation ON quotation.id = quotation_search.rowid
            JOIN article ON article.version = quotation.version
            """
        return """
            SELECT article.id AS article, article.host, article.published, article.title,
                article.url, quotation.context, quotation.cue, quotation.end_byte, quotation.kind,
                quotation.speaker, entity.name AS speaker_entity, quotation.start_byte,
                quotation.text
            FROM \(isMatched ? source : "article JOIN quotation USING (version)")
            LEFT JOIN entity ON entity.id = quotation.speaker_entity
            WHERE \(isMatched ? "quotation_search MATCH ?1" : "?1 IS NULL")
                AND article.sort_ms >= ?2 AND quotation.kind <> 'not_speech'
            ORDER BY article.sort_ms DESC, article.number, quotation.ordinal
            LIMIT ?3
            """
    }

    private static func statement(_ row: Row) -> QuotationReport.Statement {
        QuotationReport.Statement(
            article: row["article"],
            context: row["context"],
            cue: row["cue"],
            end: row["end_byte"],
            host: row["host"],
            kind: row["kind"],
            published: row["published"],
            speaker: row["speaker"],
            speakerEntity: row["speaker_entity"],
            start: row["start_byte"],
            text: row["text"],
            title: row["title"],
            url: row["url"]
        )
    }
}
