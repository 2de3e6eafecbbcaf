import SplitMix

/// What the articles of one story have in common: names, words, statements.
struct ImaginedStory {
    /// Articles of a story; the mean of news is lower, for most events are reported once or twice.
    static let articles = 12
    /// Days over which a story is told.
    static let days = 9

    /// Numbers of persons, most important first.
    let persons: [Int]
    /// Numbers of organisations and places.
    let others: [Int]
    /// Ranks of words that its articles have more often than others.
    let topic: [Int]
    /// Statements, each of a person of the story, as ranks of words.
    let statements: [(person: Int, words: [Int])]

    /// Imagines the story of a number.
    init(_ number: Int) {
        var random = SplitMix64(seed: UInt64(number) &* 0x9E37_79B9)
        persons = (0..<8).map { _ in Self.name(number, &random) }
        others = (0..<10).map { _ in Self.name(number, &random) }
        topic = (0..<50).map { _ in ImaginedWords.rank(below: ImaginedWords.count, &random) }
        let persons = persons
        statements = (0..<10).map { _ in
            let person = persons[ImaginedWords.rank(below: persons.count, &random)]
            let words = (0..<(6 + random.below(16))).map { _ in
                ImaginedWords.rank(below: ImaginedWords.count, &random)
            }
            return (person, words)
        }
    }

    /// A third of the names of a story were never in the news before, the others as often as the
    /// rank-frequency law has it.
    private static func name(_ story: Int, _ random: inout SplitMix64) -> Int {
        random.happens(0.33)
            ? ImaginedWords.names + story * 32 + random.below(32)
            : ImaginedWords.rank(below: ImaginedWords.names, &random)
    }
}
