import GRDB
import WirecopyMessages

extension ArticleRecorder {
    /// Stores the dates, sums and quantities of a version.
    func insertValues(of record: ArticleRecord, version: Int64) throws {
        for (ordinal, value) in record.annotated.values.enumerated() {
            try db.run(
                """
                INSERT INTO stated_value
                    (version, ordinal, kind, start_byte, end_byte, text, date, date_end,
                     date_precision, amount, min, max, total, approximation, unit, currency,
                     subject, predicate)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                version,
                ordinal,
                value.kind.rawValue,
                value.range.start,
                value.range.end,
                record.slice(value.range),
                value.date?.date,
                value.date?.end,
                value.date?.precision.rawValue,
                value.amount?.exact,
                value.amount?.bounds.from,
                value.amount?.bounds.to,
                value.amount?.total,
                value.amount?.approximation?.rawValue,
                value.amount?.unit,
                value.currency,
                value.amount?.subject,
                value.amount?.predicate
            )
        }
    }
}
