/// One article of the newsroom with everything that is true about it.
///
/// The page a reader gets and the truth a test compares with are both made from this value, so
/// they cannot drift apart.
package struct NewsArticle: Sendable, Equatable {
    /// Path and query on the newsroom, `/harbour-post/2026/03/04/ferry-aground`; unique a version.
    package let path: String
    /// Folder name of the publisher, `harbour-post`.
    package let publisher: String
    /// The running story, `ferry`; nil for a single article.
    package let story: String?
    /// Position of the reported event in its story, counted from 1; nil for a single article.
    package let episode: Int?
    /// 1 as first published, 2 after the correction.
    package let version: Int
    /// The headline.
    package let title: String
    /// Lines between headline and text that say what follows; not part of the main text.
    package let standfirst: String?
    /// Names in the byline, in order; empty for unsigned articles.
    package let authors: [String]
    /// When it was first published, with the offset of the publisher's city.
    package let published: Timestamp
    /// When it was last changed, where the page says so.
    package let modified: Timestamp?
    /// The publisher's own section name.
    package let section: String
    /// Everything between headline and end in page order, captions and notes included.
    package let blocks: [Block]
    /// Direct speech in text order.
    package let quotations: [Quotation]
    /// Texts in quotation marks that nobody said: titles, names, words used at a distance.
    package let notSpeech: [String]
    /// Named entities of the main text, in the order of their first mention.
    package let entities: [NamedEntity]
    /// Canonical names of the outlets the text names as its source.
    package let cites: [String]
    /// Path of the agency article that this one carries with small edits.
    package let syndicatedFrom: String?

    /// A piece of the page between headline and end.
    package struct Block: Sendable, Equatable {
        /// Whether the text belongs to the main text, and how it looks.
        package enum Kind: String, Sendable {
            case paragraph
            case heading
            case bullet
            /// Text under a picture, with its credit after ` | `; not main text.
            case caption
            /// Reporting credits, corrections and the like; not main text.
            case note
            /// Where a copied text page has its headline; not main text.
            case headline
            /// What a copied text page has of the site around it; not main text.
            case boilerplate

            /// True for what a perfect parser returns as main text.
            package var isMainText: Bool {
                self == .paragraph || self == .heading || self == .bullet
            }
        }
        /// What the block is.
        package let kind: Kind
        /// Plain text with the quotation marks the page shows and without markers.
        package let text: String
        /// Half-open UTF-8 ranges of `text` set in italics.
        let italics: [Range<Int>]
    }

    /// The main text as a perfect parser returns it, one string a paragraph, heading or bullet.
    package var mainText: [String] {
        blocks.filter(\.kind.isMainText).map(\.text)
    }
}

/// Words between quotation marks that a person or an institution is said to have said.
package struct Quotation: Sendable, Equatable, Codable {
    /// The words between the marks, exactly as the main text has them.
    package let text: String
    /// Canonical name of the speaker; nil where the text does not name one.
    package let speaker: String?
    /// The text's own words for a speaker without a name, `a senior official`.
    package let unnamedSpeaker: String?
    /// The verb that introduces the speech, where there is one.
    package let cue: String?
    /// Index of the paragraph in the main text, counted from 0.
    package let paragraph: Int
    /// True for the later parts of a speech that runs over several paragraphs.
    package let isContinuation: Bool

    enum CodingKeys: String, CodingKey {
        case text, speaker, cue, paragraph
        case unnamedSpeaker = "unnamed_speaker"
        case isContinuation = "is_continuation"
    }
}

/// Somebody or something with a name.
package struct NamedEntity: Sendable, Equatable, Hashable, Codable {
    /// The name under which all its aliases are counted.
    package let name: String
    /// PER, ORG, GPE, LOC, FAC, EVENT, PRODUCT, WEAPON or WORK.
    package let type: String
    /// The names and aliases by which an article calls it, in the order of their first use.
    package var forms: [String] = []
}

/// What should become of an address of the newsroom that is read once.
package enum ExpectedOutcome: Sendable, Equatable {
    /// Becomes an article of its own.
    case stored
    /// Is the article at another path under a second address.
    case duplicate(of: String)
    /// Can never be read; the reason is a snake_case word.
    case dead(reason: String)
}
