/// How long a text is for its reader.
package struct ReadingMeasure: Sendable, Equatable {
    /// Words; in Chinese and Japanese, characters.
    package let words: Int
    /// Seconds that an adult needs to read it silently, rounded up.
    package let seconds: Int

    /// Measures a text.
    ///
    /// - Parameter text: UTF-8.
    package init(of text: [UInt8]) {
        var (runs, characters) = (0, 0)
        TextWords.forEach(in: text) { _, form in
            switch form {
            case .run: runs += 1
            case .character: characters += 1
            }
        }
        words = runs + characters
        let minutes = Double(runs) / Self.wordsPerMinute + Double(characters) / Self.signsPerMinute
        seconds = Int((minutes * 60).rounded(.up))
    }

    /// Silent reading of English non-fiction (Brysbaert 2019, a review of 190 studies).
    private static let wordsPerMinute = 238.0
    /// The same review's 260 Chinese words a minute, at 1.5 characters a word.
    private static let signsPerMinute = 390.0
}
