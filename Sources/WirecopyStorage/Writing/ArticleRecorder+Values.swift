import WirecopyMessages

extension ArticleRecorder {
    /// Stores the dates, sums and quantities of a version.
    func insertValues(of record: ArticleRecord, version: Int64) throws {
        var row = try RowStatement(
            """
            INSERT INTO stated_value
                (version, ordinal, kind, start_byte, end_byte, text, date, date_end,
                 date_precision, amount, min, max, total, approximation, unit, currency,
                 subject, predicate)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            db
        )
        for (ordinal, value) in record.annotated.values.enumerated() {
            row.add(version)
            row.add(ordinal)
            row.add(value.kind.rawValue)
            row.add(value.range.start)
            row.add(value.range.end)
            row.add(record.slice(value.range))
            row.add(value.date?.date)
            row.add(value.date?.end)
            row.add(value.date?.precision.rawValue)
            row.add(value.amount?.exact)
            row.add(value.amount?.bounds.from)
            row.add(value.amount?.bounds.to)
            row.add(value.amount?.total)
            row.add(value.amount?.approximation?.rawValue)
            row.add(value.amount?.unit)
            row.add(value.currency)
            row.add(value.amount?.subject)
            row.add(value.amount?.predicate)
            try row.run()
        }
    }
}
