import WirecopyMessages

/// Decides on a date among what a page offers.
struct DateDecision {
    /// A text that may hold the date.
    struct Witness {
        /// As `Evidenced.source` names it.
        let source: String
        let text: String
        /// From 0 to 1.
        let confidence: Double
    }

    /// The day on which the page was read; a date further ahead is wrong.
    let readOn: CalendarDate?
    /// Which number of an ambiguous date is the day.
    let order: DateReader.NumericOrder

    /// The date of the first witness that has one, taken at its most precise.
    ///
    /// A witness of the same day with a time of day makes a bare day more precise.
    func decided(_ witnesses: [Witness]) -> PublicationDate? {
        let findings = witnesses.compactMap { witness in
            date(witness.text).map { (witness: witness, date: $0) }
        }
        guard let first = findings.first else { return nil }
        let finer = findings.first {
            $0.date.precision.rank > first.date.precision.rank
                && first.date.precision.rank >= DatePrecision.month.rank
                && Self.isSame($0.date, first.date)
        }
        let best = finer ?? first
        let value = best.date.rfc3339
        return PublicationDate(
            Evidenced(
                value,
                source: best.witness.source,
                confidence: best.witness.confidence,
                evidence: best.witness.text == value
                    ? nil : NormalText.prefix(best.witness.text, bytes: 200)
            ),
            precision: best.date.precision
        )
    }

    private func date(_ text: String) -> CalendarDate? {
        let date =
            DateReader.machineDate(text) == nil
            ? nil : compact(text) ?? DateReader(order: order).firstDate(in: text)?.date
        guard let date else { return nil }
        // A clock may be a day ahead in another time zone.
        if let readOn, date.dayNumber > readOn.dayNumber + 1 { return nil }
        return date
    }

    private func compact(_ text: String) -> CalendarDate? {
        text.utf8.allSatisfy(\.isDigit) ? DateReader.machineDate(text) : nil
    }

    private static func isSame(_ fine: CalendarDate, _ coarse: CalendarDate) -> Bool {
        fine.year == coarse.year && fine.month == coarse.month
            && (coarse.day == nil || fine.day == coarse.day)
    }
}

extension DatePrecision {
    /// 0 for a year, larger for finer.
    var rank: Int {
        switch self {
        case .year: 0
        case .month: 1
        case .day: 2
        case .minute: 3
        case .second: 4
        }
    }
}
