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

    private static let index = PhraseIndex([
        PhraseLists.captionEnds, PhraseLists.newsletters, PhraseLists.memberships,
        PhraseLists.consents, PhraseLists.footers, PhraseLists.biographies,
        PhraseLists.sourceNotes, PhraseLists.addresses,
    ])

    init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Looks through a line.
    init(in line: FoldedLine) { rawValue = Self.index.occurring(in: line) }
}
