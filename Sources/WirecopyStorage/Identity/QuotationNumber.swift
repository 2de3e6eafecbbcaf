/// Numbers of statements: those of a later day are greater.
///
/// The full-text index gives rows in the order of their numbers, so the newest statements of a
/// speaker are read first, without those of all years being sorted. Within a day the order is that
/// in which they came.
enum QuotationNumber {
    /// Bits for the place within a day: 67 million statements.
    static let placeBits = 26
    /// Milliseconds of a day.
    static let dayMilliseconds = 86_400_000
    /// Days from the beginning of the year 0 to 1970, so that no number is negative.
    static let daysBefore1970 = 719_528

    /// The day, counted from the year 0, of an instant in milliseconds since 1970-01-01 UTC.
    static func day(ofMilliseconds milliseconds: Int) -> Int {
        let days = Int((Double(milliseconds) / Double(dayMilliseconds)).rounded(.down))
        return min(max(days + daysBefore1970, 0), dayMax)
    }

    /// The smallest number of a day; all of earlier days are smaller.
    static func first(ofDay day: Int) -> Int64 { Int64(day) << Int64(placeBits) }

    /// The day of a number.
    static func day(of number: Int64) -> Int { Int(number >> Int64(placeBits)) }

    /// About the year 9999; no date that is read lies behind it.
    private static let dayMax = 3_660_000
}
