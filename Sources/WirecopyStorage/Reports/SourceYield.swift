import WirecopyMessages

/// What a source has brought into the store.
package struct SourceYield: Report {
    /// Articles that it named first, over all time.
    package var articles: Int
    /// Those of the last days by the day on which they were first seen, oldest first.
    package var days: [Day]

    /// Six weeks, a last one to look at and five to compare it with.
    package static let daysMax = 42
    /// Bytes from which a text is more than the teaser in front of a wall, which has two or three
    /// sentences.
    package static let fullTextBytesMin = 500

    /// Makes a yield.
    package init(articles: Int, days: [Day]) {
        self.articles = articles
        self.days = days
    }

    /// The articles of one day, UTC.
    package struct Day: Report {
        /// Articles.
        package var articles: Int
        /// Days since 1970-01-01.
        package var day: Int
        /// Articles with an author.
        package var withAuthor: Int
        /// Articles with a date of publication.
        package var withDate: Int
        /// Articles with a text of `fullTextBytesMin` bytes or more.
        package var withText: Int
        /// Articles with a headline.
        package var withTitle: Int

        /// Makes a day.
        package init(day: Int, articles: Int) {
            self.articles = articles
            self.day = day
            (withAuthor, withDate, withText, withTitle) = (0, 0, 0, 0)
        }
    }
}
