import Testing
import WirecopyMessages

@testable import WirecopyStories

@Suite struct ArticleFeaturesTests {
    private static func features(_ text: String, published: String? = nil) -> ArticleFeatures {
        let text = BatchText(
            id: "a",
            title: "Harbour of Rye",
            text: text,
            published: published,
            story: nil
        )
        return ArticleFeatures(AnnotatedArticle(article: text.parsed))
    }

    @Test func `features are read back as they were written`() {
        var features = Self.features(
            "The harbour opened again after 12 weeks.",
            published: "2024-05-29T14:03:00Z"
        )
        features.days = [-3, 19_000]
        features.yearlessDays = [522]
        features.hasOwnDays = true
        features.latestYearless = 800
        features.shingles = [1, UInt32.max]
        #expect(ArticleFeatures(bytes: features.bytes) == features)
        #expect(features.publishedMilliseconds == 1_716_991_380_000)
    }

    @Test func `damaged features are none`() {
        let bytes = Self.features("The harbour opened again.").bytes
        for end in bytes.indices { #expect(ArticleFeatures(bytes: Array(bytes[..<end])) == nil) }
        #expect(ArticleFeatures(bytes: bytes + [0]) == nil)
        #expect(ArticleFeatures(bytes: [2] + bytes.dropFirst()) == nil)
    }

    @Test func `a month is no publication`() {
        var text = BatchText(id: "a", title: "", text: "x", published: "2024-05", story: nil).parsed
        text.published?.precision = .month
        #expect(ArticleFeatures(AnnotatedArticle(article: text)).publishedMilliseconds == nil)
    }

    @Test func `lists are bounded`() {
        let words = (0..<5000).map { "word\($0)x \($0)" }.joined(separator: " ")
        let features = Self.features(words)
        #expect(features.words.count == ArticleFeatures.wordsMax)
        #expect(features.numbers.count == ArticleFeatures.numbersMax)
        #expect(features.words.map(\.key) == features.words.map(\.key).sorted())
        #expect(ArticleFeatures(bytes: features.bytes) == features)
    }

    @Test func `the words that are used most are kept, and of equal ones the lower keys`() {
        let twice = (0..<150).map { "twice\($0)x" }
        let once = (0..<500).map { "once\($0)x" }
        let opening = String(repeating: "the ", count: 100)
        let text = opening + (twice + once + twice).joined(separator: " ")
        let often = twice.compactMap { FeatureWords.key(of: $0) }
        let seldom = once.compactMap { FeatureWords.key(of: $0) }.sorted()
        let kept = often + seldom.prefix(ArticleFeatures.wordsMax - often.count - 2)
        let keys = Self.features(text).words.map(\.key)
        let title = ["harbour", "rye"].compactMap { FeatureWords.key(of: $0) }
        #expect(keys == (kept + title).sorted())
    }

    @Test(
        arguments: [
            ("May 22", 522), ("22 May", 522), ("Sept. 3rd", 903), ("Tuesday", nil), ("May", nil),
            ("May 41", nil), ("", nil),
        ] as [(String, UInt32?)]
    )
    func `days without a year are read`(day: (String, UInt32?)) {
        let bytes = Array(day.0.utf8)
        #expect(YearlessDay.read(bytes, TextRange(0, bytes.count)) == day.1)
    }

    @Test func `days of the year are told from instants`() {
        #expect(YearlessDay.of(milliseconds: 0) == 101)
        #expect(YearlessDay.of(milliseconds: 1_709_164_800_000) == 229)
        #expect(YearlessDay.of(milliseconds: 1_735_603_200_000) == 1231)
        #expect(YearlessDay.distance(1231, 101) == 1)
        #expect(YearlessDay.distance(101, 1230) == 2)
    }
}
