/// A day, week, month, year or decade that a text names.
package struct StatedDate: Sendable, Equatable {
    /// How long the time is that the text names.
    package enum Precision: String, Sendable, CaseIterable {
        case day, week, month, year, decade
    }

    /// Where it begins: `2024-05-29`; of a week its Monday; of a month `2024-05`; of a year or a
    /// decade `2024`. `nil` when it hangs on a publication date that is not known.
    package var date: String?
    /// The last day, month or year of a time from `date` on: "May 3-5".
    package var end: String?
    /// How long it is.
    package var precision: Precision

    /// Makes a date.
    package init(_ date: String?, precision: Precision, end: String? = nil) {
        self.date = date
        self.precision = precision
        self.end = end
    }

    /// Whether a text is a date as `date` has it: digits and hyphens, year first.
    static func isDate(_ text: String) -> Bool {
        let counts = text.split(separator: "-", omittingEmptySubsequences: false).map(\.utf8.count)
        return [[4], [4, 2], [4, 2, 2]].contains(counts)
            && text.utf8.allSatisfy { $0 == UInt8(ascii: "-") || $0 &- UInt8(ascii: "0") < 10 }
    }
}
