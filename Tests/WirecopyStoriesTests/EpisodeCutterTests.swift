import Testing
import WirecopyMessages

@testable import WirecopyStories

@Suite struct EpisodeCutterTests {
    private static let day = ArticleFeatures.millisecondsOfDay

    private static func member(
        _ article: Int64,
        day: Int? = nil,
        _ change: (inout ArticleFeatures) -> Void = { _ in }
    ) throws -> StoryScene.Member {
        var features = ArticleFeatures()
        features.publishedMilliseconds = day.map { (19_860 + $0) * Self.day }
        change(&features)
        let frequencies = WordFrequencies(BackgroundWords(texts: 10, counts: [:]))
        return StoryScene.Member(
            shelved: ShelvedArticle(article: article, story: 1, episode: 1),
            weighted: WeightedArticle(features, frequencies)
        )
    }

    private static func numbers(_ members: [StoryScene.Member]) -> [[Int64]] {
        EpisodeCutter.cut(members).map { $0.map(\.shelved.article) }
    }

    @Test func `a pause ends an episode`() throws {
        let members = try [
            Self.member(1, day: 0), Self.member(2, day: 9), Self.member(3, day: 4),
            Self.member(4, day: 13),
        ]
        #expect(Self.numbers(members) == [[1, 3], [2, 4]])
    }

    @Test func `an article without a date goes by the day that it names`() throws {
        // Day 19,860 is 17 May 2024.
        let members = try [
            Self.member(1, day: 0), Self.member(2, day: 30),
            Self.member(3) { $0.yearlessDays = [618] }, Self.member(4) { $0.yearlessDays = [901] },
        ]
        #expect(Self.numbers(members) == [[1], [2, 3], [4]])
    }

    @Test func `an article with weekdays of its own is an episode of its own`() throws {
        let members = try [
            Self.member(1, day: 0) { $0.shingles = [1, 2, 3] },
            Self.member(2) { $0.hasOwnDays = true },
            Self.member(3) {
                $0.hasOwnDays = true
                $0.shingles = [2, 3]
            },
        ]
        #expect(Self.numbers(members) == [[1, 3], [2]])
    }

    @Test func `an article that names no day goes to what it resembles`() throws {
        let words = { (keys: [UInt32]) in keys.map { ArticleFeatures.Word(key: $0, count: 1) } }
        let members = try [
            Self.member(1, day: 0) { $0.words = words([1, 2]) },
            Self.member(2, day: 30) { $0.words = words([3, 4]) },
            Self.member(3) { $0.words = words([3, 4]) },
        ]
        #expect(Self.numbers(members) == [[1], [2, 3]])
    }

    @Test func `without any day there is one episode`() throws {
        #expect(Self.numbers([try Self.member(1), try Self.member(2)]) == [[1, 2]])
    }
}
