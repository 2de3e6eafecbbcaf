import Glibc

/// Ranks the matches of a search in PostgreSQL: the sum of `ts_rank` of each word, weighed by how
/// rare it is, which `ts_rank` of a whole query does not know.
///
/// Rarity is that of BM25 (Robertson and Zaragoza 2009). As `SearchRank` does with SQLite, those
/// articles with a word that came first are counted, up to a bound, and the rest is taken to have
/// it as often.
struct PostgreSQLRank {
    /// Articles with a word that are counted.
    private static let countedMax = 1000
    /// Words whose rarity is looked up; what is behind them counts as an average word.
    private static let wordsMax = 12
    /// Words in more than half of all articles tell nearly nothing, but are not held against one.
    private static let rarityMin = 1e-6
    /// A word in the title counts five times one in the text, one in the authors twice, as with
    /// SQLite: for D, C, B and A.
    private static let columnWeights = "'{0.2, 0.2, 0.4, 1.0}'"
    /// A long text counts less: by the logarithm of its length.
    private static let lengthShare = 1

    private let db: StoreDatabase

    /// Ranks articles of a store.
    init(_ db: StoreDatabase) { self.db = db }

    /// SQL by which articles with some words are sorted, the best first.
    ///
    /// - Parameter words: each a `tsquery`, of letters, digits and its signs alone.
    /// - Returns: what stands behind `ORDER BY`.
    /// - Throws: the engine's errors.
    func order(_ words: [String]) throws -> String {
        let words = words.reduce(into: [String]()) { found, word in
            if !found.contains(word) { found.append(word) }
        }
        guard words.count > 1 else { return words.first.map { Self.rank($0) + " DESC" } ?? "1" }
        let articles = try db.first(Double.self, Self.articles) ?? 0
        var rarities = try words.prefix(Self.wordsMax).map { try rarity(of: $0, among: articles) }
        let average = rarities.reduce(0, +) / Double(rarities.count)
        rarities += words.dropFirst(Self.wordsMax).map { _ in average }
        let terms = zip(rarities, words).map { "\($0) * " + Self.rank($1) }
        return "(" + terms.joined(separator: " + ") + ") DESC"
    }

    private static let articles =
        "SELECT CAST(coalesce(max(rowid), 0) AS DOUBLE PRECISION) FROM article_search"
    private static let counted = """
        SELECT CAST(count(*) AS DOUBLE PRECISION), CAST(max(rowid) AS DOUBLE PRECISION) FROM (
            SELECT rowid FROM article_search WHERE words @@ CAST(? AS tsquery) LIMIT \(countedMax)
        ) AS counted
        """

    private func rarity(of word: String, among articles: Double) throws -> Double {
        guard let row = try db.row(Self.counted, word) else { return 1 }
        var (count, last): (Double, Double) = (row[0], row[1] as Double? ?? 0)
        if count >= Double(Self.countedMax), last > 0 { count = min(1, count / last) * articles }
        return max(Self.rarityMin, log((articles - count + 0.5) / (count + 0.5)))
    }

    private static func rank(_ word: String) -> String {
        // A quotation mark of a `tsquery` is doubled inside a string of SQL.
        let text = word.replacing("'", with: "''")
        return "ts_rank(\(columnWeights), article_search.words, CAST('\(text)' AS tsquery), "
            + "\(lengthShare))"
    }
}
