/// Counts by a word of a closed list, such as an error code.
package struct CountTable<Word>: Sendable, Equatable
where Word: CaseIterable & Hashable & Sendable & RawRepresentable<String> {
    private var counts: [Word: Int] = [:]

    /// Makes a table of zeros.
    package init() {}

    /// The count of a word.
    package subscript(word: Word) -> Int {
        get { counts[word, default: 0] }
        _modify { yield &counts[word, default: 0] }
    }

    /// The sum over all words.
    package var total: Int { counts.values.reduce(0, +) }

    /// One sample a word, zeros included, so that a rate is known from the first event on; `labels`
    /// are the values of the labels that stand before the word's.
    package func samples(_ labels: [String] = []) -> [MetricPage.Sample] {
        Word.allCases.map { MetricPage.Sample(labels + [$0.rawValue], self[$0]) }
    }
}
