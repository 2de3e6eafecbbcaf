import WirecopyMessages

/// What changed between two versions of an article.
package struct VersionDiff: Report {
    /// Identifier of the article.
    package var article: String
    /// The earlier version.
    package var from: Version
    /// Paragraphs in the order of the later version, removed ones where they stood.
    package var paragraphs: [Paragraph]
    /// The headline.
    package var title: [Piece]
    /// The later version.
    package var to: Version
    /// The URL that identifies the article.
    package var url: String
    /// Versions that the store has of the article.
    package var versions: Int

    /// A version that is compared.
    package struct Version: Report {
        /// Notes by which it says that it was corrected or brought up to date.
        package var corrections: [String]
        /// When the page was received, in milliseconds since 1970 UTC.
        package var fetchedAtMs: Int
        /// Its number, counted from 1 in the order in which they were stored.
        package var n: Int
    }

    /// What happened to some words.
    package enum Kind: String, Report {
        /// Both versions have them.
        case kept
        /// The earlier version alone has them.
        case removed
        /// The later version alone has them.
        case added
    }

    /// Some words in a row.
    package struct Piece: Report {
        /// What happened to them.
        package var kind: Kind
        /// The words.
        package var text: String
    }

    /// A paragraph.
    package struct Paragraph: Report {
        /// Its words.
        package var pieces: [Piece]

        /// Whether anything in it changed.
        package var isChanged: Bool { pieces.contains { $0.kind != .kept } }
    }
}
