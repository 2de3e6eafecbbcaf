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

    /// Adds a dropped block while there is room.
    mutating func drop(_ label: BoilerplateLabel, _ text: String) {
        guard dropped.count < ParsedArticle.droppedMax else { return }
        dropped.append(DroppedBlock(label, NormalText.prefix(text, bytes: Self.droppedBytesMax)))
    }

    /// Bytes of a dropped block that are kept, as `DroppedBlock` says.
    private static let droppedBytesMax = 500
}
