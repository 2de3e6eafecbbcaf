import WirecopyMessages

/// The article's own text as found on a page, and what was left out around it.
struct MainText: Sendable, Equatable {
    /// What was kept, in order.
    var paragraphs: [Paragraph] = []
    /// What was left out, in order.
    var dropped: [DroppedBlock] = []
    /// Blocks of the outline among which the text lies.
    var blocks: Range<Int> = 0..<0

    /// Bytes of the kept text.
    var bytes: Int { paragraphs.reduce(0) { $0 + $1.text.utf8.count } }

    /// Adds a dropped block, behind what was kept so far, while there is room.
    mutating func drop(_ label: BoilerplateLabel, _ text: String, because source: LabelSource) {
        guard dropped.count < ParsedArticle.droppedMax else { return }
        let start = NormalText.prefix(text, bytes: Self.droppedBytesMax)
        dropped.append(
            DroppedBlock(label, start, source: source.rawValue, after: paragraphs.count)
        )
    }

    /// Bytes of a dropped block that are kept, as `DroppedBlock` says.
    private static let droppedBytesMax = 500
}

/// What the label of a dropped block rests on, as `DroppedBlock.source` has it.
enum LabelSource: String, Sendable {
    /// It repeats the headline.
    case title
    /// The elements around it say so by their names.
    case element
    /// Its own words say so.
    case words
    /// It consists of links.
    case links
    /// Its form is that of a byline or date.
    case form
    /// It stands among others of its kind, or where articles have ended; or the trained model took
    /// it for none of the text and nothing says more.
    case place
    /// A rule for the site strips it.
    case siteRule = "site-rule"
}
