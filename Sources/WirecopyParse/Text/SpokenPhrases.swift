/// Which lists of phrases have one that occurs in a line; all are looked for in one pass.
struct SpokenPhrases: OptionSet, Sendable {
    let rawValue: UInt32

    static let captionEnd = SpokenPhrases(rawValue: 1 << 0)
    static let newsletter = SpokenPhrases(rawValue: 1 << 1)
    static let membership = SpokenPhrases(rawValue: 1 << 2)
    static let consent = SpokenPhrases(rawValue: 1 << 3)
    static let footer = SpokenPhrases(rawValue: 1 << 4)
    static let biography = SpokenPhrases(rawValue: 1 << 5)
    static let sourceNote = SpokenPhrases(rawValue: 1 << 6)
    static let address = SpokenPhrases(rawValue: 1 << 7)

    private static let index = PhraseIndex(
        [
            (SpokenPhrases.captionEnd, PhraseLists.captionEnds),
            (.newsletter, PhraseLists.newsletters), (.membership, PhraseLists.memberships),
            (.consent, PhraseLists.consents), (.footer, PhraseLists.footers),
            (.biography, PhraseLists.biographies), (.sourceNote, PhraseLists.sourceNotes),
            (.address, PhraseLists.addresses),
        ].map { (mark: $0.0.rawValue, list: $0.1) }
    )

    init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Looks through a line.
    init(in line: FoldedLine) { rawValue = Self.index.occurring(in: line) }
}
