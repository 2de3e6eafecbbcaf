/// Stories in memory: for scoring, and for the tests of what keeps them elsewhere.
package struct StoryMemory: StoryShelf {
    private var articles: [Int64: Entry] = [:]
    private var postings: [UInt32: [Int64]] = [:]
    private var episodeStories: [Int64: Int64] = [:]
    private var lastStory: Int64 = 0
    private var lastEpisode: Int64 = 0

    private struct Entry {
        var shelved: ShelvedArticle
        let milliseconds: Int
    }

    /// Makes an empty shelf.
    package init() {}

    /// Where an article is.
    package func place(of article: Int64) -> (story: Int64, episode: Int64)? {
        articles[article].map { ($0.shelved.story, $0.shelved.episode) }
    }

    package mutating func neighbours(
        of keys: [StoryKey],
        near milliseconds: Int,
        limit: Int
    ) throws -> [ShelvedArticle] {
        var sums: [Int64: Float] = [:]
        for key in keys {
            for article in postings[key.key] ?? [] { sums[article, default: 0] += key.weight }
        }
        let ranked = sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return ranked.prefix(limit).compactMap { articles[$0.key]?.shelved }
    }

    package mutating func members(
        of story: Int64,
        near milliseconds: Int,
        limit: Int
    ) throws -> [ShelvedArticle] {
        let members = articles.values.filter { $0.shelved.story == story }
        let ranked = members.sorted {
            (abs($0.milliseconds - milliseconds), $0.shelved.article)
                < (abs($1.milliseconds - milliseconds), $1.shelved.article)
        }
        return ranked.prefix(limit).map(\.shelved)
    }

    package mutating func episodes(of story: Int64) throws -> [EpisodeSpan] {
        var spans: [Int64: ClosedRange<Int>?] = [:]
        for (episode, owner) in episodeStories where owner == story { spans[episode] = .some(nil) }
        for entry in articles.values where entry.shelved.story == story {
            guard let published = entry.shelved.features.publishedMilliseconds else { continue }
            let range = (spans[entry.shelved.episode] ?? nil) ?? published...published
            spans[entry.shelved.episode] =
                min(range.lowerBound, published)...max(range.upperBound, published)
        }
        return spans.sorted { $0.key < $1.key }
            .map { EpisodeSpan(episode: $0.key, publishedMilliseconds: $0.value) }
    }

    package mutating func makeStory() throws -> Int64 {
        lastStory += 1
        return lastStory
    }

    package mutating func makeEpisode(of story: Int64) throws -> Int64 {
        lastEpisode += 1
        episodeStories[lastEpisode] = story
        return lastEpisode
    }

    package mutating func place(_ article: PlacedArticle) throws {
        articles[article.article] = Entry(
            shelved: ShelvedArticle(
                article: article.article,
                story: article.story,
                episode: article.episode,
                features: article.features
            ),
            milliseconds: article.milliseconds
        )
        for key in article.keys { postings[key, default: []].append(article.article) }
    }

    package mutating func move(
        _ article: ShelvedArticle,
        to story: Int64,
        _ episode: Int64
    ) throws {
        relabel({ $0.article == article.article }) { _ in (story, episode) }
        forgetEmptyEpisodes()
    }

    package mutating func merge(_ story: Int64, into other: Int64) throws {
        relabel({ $0.story == story }) { (other, $0.episode) }
        for (episode, owner) in episodeStories where owner == story {
            episodeStories[episode] = other
        }
    }

    package mutating func join(_ episode: Int64, into other: Int64) throws {
        relabel({ $0.episode == episode }) { ($0.story, other) }
        forgetEmptyEpisodes()
    }

    private mutating func relabel(
        _ isConcerned: (ShelvedArticle) -> Bool,
        _ place: (ShelvedArticle) -> (Int64, Int64)
    ) {
        for (number, entry) in articles where isConcerned(entry.shelved) {
            let (story, episode) = place(entry.shelved)
            articles[number]?.shelved = ShelvedArticle(
                article: number,
                story: story,
                episode: episode,
                features: entry.shelved.features
            )
        }
    }

    private mutating func forgetEmptyEpisodes() {
        let used = Set(articles.values.map(\.shelved.episode))
        episodeStories = episodeStories.filter { used.contains($0.key) }
    }
}
