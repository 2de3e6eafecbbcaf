import WirecopyMessages

/// What the store knows of a person, organisation, place, ... over all articles.
package struct EntityReport: Report {
    /// Newest articles over which surfaces, roles and company are counted.
    package static let articlesReadMax = 400
    /// Articles that are counted where not all were read.
    package static let articlesCountedMax = 100_000
    /// Articles and statements that a report tells.
    package static let newestMax = 10
    /// Surfaces, roles and companions that a report tells.
    package static let countedMax = 20

    /// Number of articles that name it; of more than `articlesReadMax`, versions of articles, up to
    /// `articlesCountedMax`.
    package var articles: Int
    /// Who is named in the same articles, most often first.
    package var company: [Companion]
    /// Whether surfaces, roles, company and first and last times were counted over the newest
    /// `articlesReadMax` articles only.
    package var isPartial: Bool
    /// When it was named first, in milliseconds since 1970 UTC.
    package var firstMs: Int?
    /// Identifier in the store.
    package var id: Int
    /// When it was named last.
    package var lastMs: Int?
    /// Its name.
    package var name: String
    /// Other names that the user has merged into it.
    package var merged: [String]
    /// The newest articles that name it.
    package var newest: [Article]
    /// Other entities that the name may mean.
    package var others: [Summary]
    /// What articles call it by what it is, the role that was used last first.
    package var roles: [Role]
    /// Its statements, newest first.
    package var statements: [QuotationReport.Statement]
    /// The words that name it, most often first.
    package var surfaces: [Surface]
    /// What it is: `PER`, `ORG`, ...
    package var type: String

    /// An article that names it.
    package struct Article: Report {
        /// Host of the article.
        package var host: String
        /// Its identifier.
        package var id: String
        /// Date of publication as the page gave it.
        package var published: String?
        /// Its headline.
        package var title: String?
        /// The URL that identifies it.
        package var url: String
    }

    /// Somebody named in the same articles.
    package struct Companion: Report {
        /// Articles that name both.
        package var articles: Int
        /// Identifier in the store.
        package var id: Int
        /// Name.
        package var name: String
        /// What it is.
        package var type: String
    }

    /// What articles call it by what it is.
    package struct Role: Report {
        /// Articles that do.
        package var articles: Int
        /// When first.
        package var firstMs: Int
        /// When last.
        package var lastMs: Int
        /// The words, as the latest article has them.
        package var role: String
    }

    /// Another entity.
    package struct Summary: Report {
        /// Versions of articles that name it, counted up to 10,000.
        package var articles: Int
        /// Identifier in the store.
        package var id: Int
        /// Name.
        package var name: String
        /// What it is.
        package var type: String
    }

    /// Words that name it.
    package struct Surface: Report {
        /// Mentions with these words.
        package var mentions: Int
        /// The words.
        package var surface: String
    }
}
