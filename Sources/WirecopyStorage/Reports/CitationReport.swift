import WirecopyMessages

/// Who cites an outlet, and whom it cites itself.
package struct CitationReport: Report {
    /// Outlets and sources of each kind that a report tells.
    package static let sourcesMax = 50
    /// Articles that are told by themselves.
    package static let newestMax = 20
    /// Citations that came last, among which those articles are looked for.
    package static let newestReadMax = 1000
    /// Articles whose citations are counted, the newest ones.
    package static let articlesMax = 20_000

    /// Outlets that cite it, most articles first.
    package var citedBy: [Outlet]
    /// Sources that it cites, most articles first.
    package var cites: [Source]
    /// Hosts of the outlet; empty for a source that is no outlet of the store.
    package var hosts: [String]
    /// Names under which it is cited.
    package var names: [String]
    /// The newest articles that cite it, newest first.
    package var newest: [Article]

    /// An article that cites it.
    package struct Article: Report {
        /// Name by which it does.
        package var cited: String
        /// Host of its URL.
        package var host: String
        /// Its identifier.
        package var id: String
        /// Date of publication as the page gave it.
        package var published: String?
        /// Name of its outlet.
        package var siteName: String?
        /// When it was published, or first seen, in milliseconds since 1970 UTC.
        package var sortMs: Int
        /// Its headline.
        package var title: String?
    }

    /// An outlet that cites it.
    package struct Outlet: Report {
        /// Articles that do.
        package var articles: Int
        /// When first, in milliseconds since 1970 UTC.
        package var firstMs: Int
        /// Host of the outlet.
        package var host: String
        /// When last.
        package var lastMs: Int
        /// Those of `articles` that are no copies of another article.
        package var origins: Int
        /// Name of the outlet, as its newest page gives it.
        package var siteName: String?
    }

    /// A source that it cites.
    package struct Source: Report {
        /// Articles that do.
        package var articles: Int
        /// On what that source rests itself, in the words of the newest article that says so.
        package var citing: String?
        /// When first, in milliseconds since 1970 UTC.
        package var firstMs: Int
        /// When last.
        package var lastMs: Int
        /// Name of the source.
        package var name: String
        /// Those of `articles` that are no copies of another article.
        package var origins: Int
    }
}
