/// One of the newsroom's invented outlets: its name, staff and the HTML it wraps articles in.
package struct Publisher: Sendable {
    /// Folder name and first path part, `harbour-post`.
    package let key: String
    /// The name in its masthead, `The Harbour Post`.
    package let name: String
    /// One sentence about it, for feeds.
    package let tagline: String
    /// `rss` or `atom`.
    let feed: Feed
    /// Biographies by author, shown under articles.
    let biographies: [String: String]
    /// `article.html`: the page with `{{placeholders}}`.
    let template: PageTemplate
    /// `print.html`, where the publisher has a print version.
    let printTemplate: PageTemplate?
    /// HTML to put after the n-th block of an article, by n: newsletter forms and the like.
    let inserts: [Int: PageTemplate]
    let markup: BlockMarkup

    enum Feed: String {
        case rss
        case atom

        var fileName: String { self == .rss ? "rss.xml" : "atom.xml" }
    }

    /// How a publisher wraps the blocks of an article; each has `{{text}}`, captions `{{credit}}`.
    struct BlockMarkup {
        let paragraph: PageTemplate
        let heading: PageTemplate
        let bullet: PageTemplate
        let caption: PageTemplate
        let note: PageTemplate
        /// One entry of the lists of related headlines: `{{title}}`, `{{path}}`, `{{date}}`.
        let related: PageTemplate
        /// `{{author}}` and `{{text}}`.
        let biography: PageTemplate
    }

    /// Path of the feed.
    package var feedPath: String { "/\(key)/\(feed.fileName)" }
}

extension Publisher {
    private static let keys: Set<String> = [
        "name", "tagline", "feed", "paragraph", "heading", "bullet", "caption", "note", "related",
        "biography",
    ]

    /// Reads the `.publisher` file and the templates that `template` finds by name.
    static func read(
        key: String,
        source: String,
        path: String,
        template: (String) throws(NewsroomFailure) -> PageTemplate?
    ) throws(NewsroomFailure) -> Publisher {
        var header = SourceHeader()
        let feed: Feed
        let markup: BlockMarkup
        let name: String
        let tagline: String
        do throws(SourceFault) {
            _ = try header.read(source.lines, keys: keys, repeatable: ["staff"])
            name = try header.required("name")
            tagline = try header.required("tagline")
            guard let kind = Feed(rawValue: try header.required("feed")) else {
                throw SourceFault("'feed' is rss or atom")
            }
            feed = kind
            markup = BlockMarkup(
                paragraph: try PageTemplate(try header.required("paragraph")),
                heading: try PageTemplate(try header.required("heading")),
                bullet: try PageTemplate(try header.required("bullet")),
                caption: try PageTemplate(try header.required("caption")),
                note: try PageTemplate(try header.required("note")),
                related: try PageTemplate(try header.required("related")),
                biography: try PageTemplate(try header.required("biography"))
            )
        } catch {
            throw .badSource(path: path, line: error.line ?? 1, reason: error.reason)
        }
        guard let page = try template("article") else {
            throw .inconsistent("the publisher \(key) has no article.html")
        }
        var inserts: [Int: PageTemplate] = [:]
        for position in 1...12 { inserts[position] = try template("after-\(position)") }
        let staff = header.all("staff").map { $0.cut(at: "|") }
        return Publisher(
            key: key,
            name: name,
            tagline: tagline,
            feed: feed,
            biographies: Dictionary(staff, uniquingKeysWith: { first, _ in first }),
            template: page,
            printTemplate: try template("print"),
            inserts: inserts,
            markup: markup
        )
    }
}
