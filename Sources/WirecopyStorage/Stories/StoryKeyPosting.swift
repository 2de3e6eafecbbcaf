/// An article in the list of a word, in the order of its publication: its hour, then its number.
///
/// Both are kept in 32 bits: hours up to the year 246,000 and as many before 1970, and four billion
/// articles; articles beyond are not posted.
struct StoryKeyPosting: Comparable {
    /// The hour in the higher half, the article in the lower one.
    let bits: UInt64

    /// Hours before 1970 come before the others.
    private static let firstHour: UInt32 = 0x8000_0000

    /// Takes an article; `nil` when its number is too large.
    init?(article: Int64, hour: Int) {
        guard let number = UInt32(exactly: article) else { return nil }
        bits = UInt64(Self.biased(hour)) << 32 | UInt64(number)
    }

    /// Takes what `words` gives.
    init(hour: UInt32, article: UInt32) {
        bits = UInt64(hour) << 32 | UInt64(article)
    }

    /// The article's number.
    var article: UInt32 { UInt32(truncatingIfNeeded: bits) }

    /// The two numbers that are stored.
    var words: (hour: UInt32, article: UInt32) { (UInt32(bits >> 32), article) }

    /// Whether the article was published at most in an hour.
    func isUp(to hour: Int) -> Bool { words.hour <= Self.biased(hour) }

    private static func biased(_ hour: Int) -> UInt32 {
        UInt32(bitPattern: Int32(clamping: hour)) ^ firstHour
    }

    static func < (left: StoryKeyPosting, right: StoryKeyPosting) -> Bool {
        left.bits < right.bits
    }
}
