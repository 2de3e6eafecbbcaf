package import DecisionForest
package import WirecopyMessages

/// One text page on its way from lines to an article: each step asks a forest, and the next knows
/// what it said.
///
/// A first look says how likely each line is text; then the headline is looked for, then the text
/// again beside the headline, then authors and dates. Training takes the same steps with forests
/// that have not seen the page's site.
package struct TextReading: Sendable {
    let page: TextLines
    private let reader: DateReader
    private let readOn: CalendarDate?
    /// What the page's address says.
    let address: AddressWitness
    /// What is asked about each line at first.
    package private(set) var features = NumberRows(width: LineFeatures.count)
    private(set) var odds: LineOdds
    /// The line that is the headline, if one is.
    package private(set) var title: Int?
    private var titleChances: [Int: Float] = [:]
    /// Log-odds of its being the headline; 0 without one.
    var titleLogOdds: Float { title.flatMap { titleChances[$0] } ?? 0 }

    /// Numbers of one line at the second look.
    static let textCount = LineFeatures.count + LineOdds.count + 5

    init(_ page: TextLines, of source: PageSource) {
        self.page = page
        reader = page.dateReader(for: source)
        readOn = CalendarDate(source.fetchedAt)
        address = AddressWitness(source.url)
        odds = LineOdds(logOdds: page.lines.map { _ in 0 }, page)
    }

    /// Cuts a page into lines.
    package init(text: String, url: String, readAt: Instant) {
        let source = PageSource(url: url, contentType: nil, body: [], fetchedAt: readAt)
        self.init(TextLines(TextLine.lines(of: text)), of: source)
    }

    /// Texts of the lines.
    package var texts: [String] { page.lines.map(\.text) }

    /// Numbers of the lines in the page, counted from 1.
    package var lineNumbers: [Int] { page.lines.map(\.number) }

    /// Words of each line's own text.
    package var words: [[String]] {
        page.lines.map { line in
            WordWeights.words(of: line.folded).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    // MARK: - Steps

    /// Asks about each line, with what single words say.
    package mutating func begin(words: TextWords) {
        features = LineFeatures.rows(of: page, words.weights)
    }

    /// Takes the log-odds of each line's being text.
    package mutating func look(_ logOdds: [Float]) { odds = LineOdds(logOdds: logOdds, page) }

    /// What is asked about lines that may be the headline.
    package var titleQuestions: (lines: [Int], rows: NumberRows) {
        let titles = TitleLines(page, features, odds, address)
        return (titles.lines, titles.rows)
    }

    /// Of lines that may be the headline, the likeliest, with what is asked when each of them
    /// stands beside the others.
    package func finalists(_ lines: [Int], _ rows: NumberRows, _ logOdds: [Float]) -> Finalists {
        Finalists(lines, rows, logOdds, page)
    }

    /// Takes the log-odds of the finalists: the best is the headline when it is good enough.
    package mutating func settleTitle(_ lines: [Int], _ logOdds: [Float]) {
        titleChances = Dictionary(zip(lines, logOdds), uniquingKeysWith: { first, _ in first })
        let best = zip(lines, logOdds).max { $0.1 < $1.1 }
        title = best.flatMap { line, logOdds in
            let isFar = odds.region.lowerBound - line > Self.nearTitleLines
            let isStrange = isFar && page.shares[line].shared == 0
            let least = isStrange ? Self.strangeTitleOddsMin : Self.titleOddsMin
            return logOdds >= least ? line : nil
        }
    }

    /// A page may have been copied without its headline, and then it is left open.
    private static let titleOddsMin: Float = -1.4
    /// For a line that has no word in common with the text and stands further away from it than
    /// `nearTitleLines`.
    private static let strangeTitleOddsMin: Float = 0.5
    private static let nearTitleLines = 8

    /// What is asked about each line at the second look.
    package var textRows: NumberRows {
        var rows = NumberRows(width: Self.textCount)
        let titleStems = title.map { page.stems[$0] } ?? []
        for index in page.lines.indices {
            var row = NumberRow()
            row.add(features[index])
            row.add(odds.numbers(of: index))
            row.addAway(title.map { index - $0 } ?? NumberRow.far)
            row.add(title.map { page.lines[index].text == page.lines[$0].text } ?? false)
            let shared = page.stems[index].count { titleStems.contains($0) }
            row.add(min(shared, 20))
            row.add(Float(shared) / Float(max(1, min(titleStems.count, page.stems[index].count))))
            row.add(titleChances[index] ?? -10)
            rows.append(row.numbers)
        }
        return rows
    }

    var authors: AuthorLines { AuthorLines(page, features, odds, title: title) }

    var dates: DateLines { DateLines(self, reader: reader, readOn: readOn) }

    /// Names that may be authors, with what is asked about each.
    package var authorQuestions: (names: [String], rows: NumberRows) {
        let authors = authors
        return (authors.places.map(\.name), authors.rows)
    }

    /// Days on which the article may have been published, with what is asked about each.
    package var dateQuestions: (days: [String], rows: NumberRows) {
        let dates = dates
        return (dates.places.map(\.day), dates.rows)
    }
}

/// What single words of a line say of its being text.
package struct TextWords: Sendable {
    let weights: WordWeights

    init(weights: WordWeights) { self.weights = weights }

    /// Takes log-odds by word.
    package init(_ weights: [String: Float]) { self.weights = WordWeights(weights) }
}

extension NumberRows {
    /// What a forest says to each question.
    package func logOdds(_ forest: DecisionForest) -> [Float] {
        count == 0 ? [] : forest.logOdds(ofAll: numbers)
    }
}
