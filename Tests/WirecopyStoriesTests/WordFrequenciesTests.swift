import Testing

@testable import WirecopyStories

@Suite struct WordFrequenciesTests {
    @Test func `the order of shipped words does not show in their weights`() {
        let counter = UInt32(WordFrequencies.counters)
        let keys = (0..<12).flatMap { word in (0..<40).map { UInt32(word) + $0 * counter } }
        var wide: [UInt32: Int] = [:]
        wide.reserveCapacity(100_000)
        for (count, key) in keys.enumerated() { wide[key] = count % 97 + 1 }
        var narrow: [UInt32: Int] = [:]
        for (count, key) in keys.enumerated().reversed() { narrow[key] = count % 97 + 1 }
        let shares = [wide, narrow].map {
            BackgroundWords(texts: 1721, counts: $0).shares(counters: WordFrequencies.counters)
        }
        #expect(shares[0] == shares[1])
    }

    @Test func `a word becomes common when the store is full of it`() throws {
        let key = try #require(FeatureWords.key(of: "volcano"))
        var frequencies = WordFrequencies(BackgroundWords(texts: 1000, counts: [key: 2]))
        let before = frequencies.weight(of: key)
        var article = ArticleFeatures()
        article.words = [ArticleFeatures.Word(key: key, count: 1)]
        for _ in 0..<600 { frequencies.add(article) }
        #expect(frequencies.weight(of: key) < before / 4)
    }
}
