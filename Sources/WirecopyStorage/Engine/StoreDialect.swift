/// Where the databases of stores differ: searching for words, and looking for damage.
protocol StoreDialect: Sendable {
    /// A condition as `matches` takes it in a parameter.
    func text(of condition: SearchCondition) -> String

    /// Whether a question travels to another process and back, so that it pays to put those of many
    /// articles as one.
    var costsRoundTrips: Bool { get }

    /// SQL that is true for the rows of an index that fit the text in a parameter, such as `?1`.
    func matches(_ index: SearchTable, _ parameter: String) -> String

    /// Called before a transaction looks for words.
    func beginSearch(_ db: StoreDatabase) throws

    /// SQL by which articles that match are sorted, the best first.
    func rank(_ condition: SearchCondition, _ db: StoreDatabase) throws -> String

    /// Some words of an article, at most `words`, around what was looked for, marked as
    /// `SearchReport` says; `nil` when the index does not have the article.
    func snippet(
        ofArticle article: Int64,
        _ condition: SearchCondition,
        words: Int,
        _ db: StoreDatabase
    ) throws -> String?

    /// Puts a row into its index; what concerns one row comes in order.
    func add(_ row: Int64, _ text: IndexedText, to db: StoreDatabase) throws

    /// Takes a row out of its index, with the very text with which it was put in.
    func remove(_ row: Int64, _ text: IndexedText, from db: StoreDatabase) throws

    /// Whether an index holds the very words of the texts; on a large store that takes minutes.
    func isSound(_ index: SearchTable, _ db: StoreDatabase) throws -> Bool

    /// What the database itself finds wrong with its files; some of it.
    func damages(_ db: StoreDatabase) throws -> [String]
}
