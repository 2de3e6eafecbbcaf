/// What the stories know of one article: small, sorted, and independent of all other articles.
///
/// Invariant: every list ascends without repetitions and is bounded, so that two articles are
/// compared in one pass.
package struct ArticleFeatures: Sendable, Equatable {
    /// A word of the article.
    package struct Word: Sendable, Equatable {
        /// Which word: `FeatureWords`.
        package var key: UInt32
        /// How often it stands in the text, more for the headline and the beginning; up to 255.
        package var count: UInt8
        /// How often the text names something with it; 0 for words of no name.
        package var salience: UInt8
        /// Whether headline or beginning have it.
        package var isLeading: Bool

        /// Makes a word.
        package init(key: UInt32, count: UInt8, salience: UInt8 = 0, isLeading: Bool = false) {
            self.key = key
            self.count = count
            self.salience = salience
            self.isLeading = isLeading
        }
    }

    /// Words that say what the article is about.
    package var words: [Word] = []
    /// Numbers in the text.
    package var numbers: [UInt32] = []
    /// Days that the text names, counted from 1970-01-01.
    package var days: [Int32] = []
    /// Days that the text names without their year, as `100 · month + day`, where the day of
    /// publication is not known.
    package var yearlessDays: [UInt32] = []
    /// The latest day or month (`100 · month`) of the year that the text names so, 0 for none: an
    /// article comes after what it tells of.
    package var latestYearless: UInt32 = 0
    /// Whether the text tells its news by days ("on Tuesday") that nobody can date.
    package var hasOwnDays = false
    /// Runs of four words within quotations: the smallest of their hashes, which makes any two
    /// articles keep the same ones (bottom-k sketch, Cohen and Kaplan 2007).
    package var shingles: [UInt32] = []
    /// Words of the text that are not common ones.
    package var length = 0
    /// When it was published; `nil` when the page does not tell.
    package var publishedMilliseconds: Int?

    /// The most words that are kept; an article of 1,000 words has about 250 different ones, and
    /// those that it uses least go first.
    package static let wordsMax = 160
    /// The most numbers that are kept.
    package static let numbersMax = 48
    /// The most days of each kind that are kept.
    package static let daysMax = 16
    /// The most shingles that are kept.
    package static let shinglesMax = 64

    /// Milliseconds of a day without leap seconds.
    package static let millisecondsOfDay = 86_400_000

    /// Makes features of nothing.
    package init() {}
}
