import WirecopyMessages

/// How much a store holds.
package struct StoreCounts: Report {
    /// Articles.
    package var articles: Int
    /// Pages that showed the text of another page's article.
    package var duplicates: Int
    /// Persons, organisations, places, ... by name and type.
    package var entities: Int
    /// Mentions in current versions.
    package var mentions: Int
    /// Statements in current versions, without what is quoted but not said.
    package var quotations: Int
    /// Citations in current versions.
    package var citations: Int
    /// Contents of articles, each counted once.
    package var versions: Int
}
