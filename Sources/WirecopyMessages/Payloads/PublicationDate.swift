/// How much of a date is known.
package enum DatePrecision: String, Sendable, CaseIterable {
    case year, month, day, minute, second
}

/// A date read from a page: RFC 3339 text as far as it is known, with its precision.
package struct PublicationDate: JSONRepresentable, Equatable {
    /// Where the date came from; its `value` is the date: `2024-05-29`, or
    /// `2024-05-29T14:03:00+02:00`, without an offset when none is known.
    package var date: Evidenced
    /// True when a part, such as the year, was concluded and not read.
    package var isInferred: Bool
    /// How much of `date.value` the page said.
    package var precision: DatePrecision

    /// Makes a date.
    package init(_ date: Evidenced, precision: DatePrecision, isInferred: Bool = false) {
        self.date = date
        self.precision = precision
        self.isInferred = isInferred
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var date: Evidenced?
        var isInferred: Bool?
        var precision: DatePrecision?
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "date": date = try reader.value()
            case "date_precision": precision = try reader.word()
            case "is_inferred": isInferred = try reader.boolean()
            default: try reader.skip()
            }
        }
        self.date = try reader.required(date, "date")
        self.precision = try reader.required(precision, "date_precision")
        self.isInferred = isInferred ?? false
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("date", date)
            writer.field("date_precision", precision.rawValue)
            writer.field("is_inferred", isInferred)
        }
    }
}
