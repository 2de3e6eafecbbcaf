/// A date, a sum of money or a quantity that the main text states.
package struct StatedValue: JSONRepresentable, Equatable {
    /// What kind of value it is.
    package enum Kind: String, Sendable, CaseIterable {
        case date, money, quantity
    }

    /// The value.
    package enum Content: Sendable, Equatable {
        case date(StatedDate)
        /// A sum, with its currency (ISO 4217) when the text tells which: "pesos" alone does not.
        case money(StatedAmount, currency: String?)
        case quantity(StatedAmount)
    }

    /// What it is.
    package var content: Content
    /// The words that state it: number, unit and what says how exact it is; not the subject.
    package var range: TextRange

    /// Makes a value.
    package init(_ range: TextRange, _ content: Content) {
        self.range = range
        self.content = content
    }

    /// What kind of value it is.
    package var kind: Kind {
        switch content {
        case .date: .date
        case .money: .money
        case .quantity: .quantity
        }
    }

    /// The amount of money or of a quantity.
    package var amount: StatedAmount? {
        switch content {
        case .date: nil
        case .money(let amount, _), .quantity(let amount): amount
        }
    }

    /// The date, when it is one.
    package var date: StatedDate? {
        guard case .date(let date) = content else { return nil }
        return date
    }

    /// The currency of money, when the text tells which.
    package var currency: String? {
        guard case .money(_, let code) = content else { return nil }
        return code
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var amount = StatedAmount.Fields()
        var date: String?
        var dateEnd: String?
        var precision: StatedDate.Precision?
        var end: Int?
        var kind: Kind?
        var start: Int?
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "date": date = try Self.date(&reader)
            case "date_end": dateEnd = try Self.date(&reader)
            case "date_precision": precision = try reader.word()
            case "end": end = try reader.integer()
            case "kind": kind = try reader.word()
            case "start": start = try reader.integer()
            default: if try !amount.read(key, &reader) { try reader.skip() }
            }
        }
        range = try reader.range(start, end)
        switch try reader.required(kind, "kind") {
        case .date:
            let precision = try reader.required(precision, "date_precision")
            content = .date(StatedDate(date, precision: precision, end: dateEnd))
        case .money: content = .money(try amount.amount(reader), currency: amount.currency)
        case .quantity: content = .quantity(try amount.amount(reader))
        }
    }

    private static func date(_ reader: inout JSONReader) throws(JSONFailure) -> String {
        let text = try reader.string()
        guard StatedDate.isDate(text) else {
            throw reader.invalid("The text \(text.prefix(80)) is no date like 2024-05-29.")
        }
        return text
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("amount", amount?.exact)
            writer.field("approximation", amount?.approximation?.rawValue)
            writer.field("currency", currency)
            writer.field("date", date?.date)
            writer.field("date_end", date?.end)
            writer.field("date_precision", date?.precision.rawValue)
            writer.field("end", range.end)
            writer.field("kind", kind.rawValue)
            writer.field("max", amount?.bounds.to)
            writer.field("min", amount?.bounds.from)
            writer.field("predicate", amount?.predicate)
            writer.field("start", range.start)
            writer.field("subject", amount?.subject)
            writer.field("total", amount?.total)
            writer.field("unit", amount?.unit)
        }
    }
}
