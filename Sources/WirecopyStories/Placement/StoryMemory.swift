/// Stories in memory: for scoring, and for the tests of what keeps them elsewhere.
package struct StoryMemory: PlacementShelf, DecisionShelf {
    private var articles: [Int64: Entry] = [:]
    private var postings: [UInt32: [Int64]] = [:]
    private var episodeStories: [Int64: Int64] = [:]
    private var lastStory: Int64 = 0
    private var lastEpisode: Int64 = 0
    /// Articles that a person has put where they are.
    package var pinned: Set<Int64> = []
    /// Stories that a person told apart, in pairs.
    package var apart: Set<Set<Int64>> = []

    private struct Entry {
        var shelved: ShelvedArticle
        let features: ArticleFeatures
        let milliseconds: Int
    }

    /// Makes an empty shelf.
    package init() {}

    /// Where an article is.
    package func place(of article: Int64) -> (story: Int64, episode: Int64)? {
        articles[article].map { ($0.shelved.story, $0.shelved.episode) }
    }

    /// Articles that share keys; see `PlacementShelf`.
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

    /// What the stories know of an article.
    package mutating func features(of article: Int64) throws -> ArticleFeatures? {
        articles[article]?.features
    }

    /// Articles of a story, those nearest in time first.
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

    /// How many articles a story has.
    package mutating func size(of story: Int64) throws -> Int {
        articles.values.count { $0.shelved.story == story }
    }

    /// The episodes of a story, by number.
    package mutating func episodes(of story: Int64) throws -> [EpisodeSpan] {
        var spans: [Int64: ClosedRange<Int>?] = [:]
        for (episode, owner) in episodeStories where owner == story { spans[episode] = .some(nil) }
        for entry in articles.values where entry.shelved.story == story {
            guard let published = entry.features.publishedMilliseconds else { continue }
            let range = (spans[entry.shelved.episode] ?? nil) ?? published...published
            spans[entry.shelved.episode] =
                min(range.lowerBound, published)...max(range.upperBound, published)
        }
        return spans.sorted { $0.key < $1.key }
            .map { EpisodeSpan(episode: $0.key, publishedMilliseconds: $0.value) }
    }

    /// Opens a story.
    package mutating func makeStory() throws -> Int64 {
        lastStory += 1
        return lastStory
    }

    /// Opens a story for a part of another one.
    package mutating func split(_ story: Int64) throws -> Int64 { try makeStory() }

    /// Opens an episode.
    package mutating func makeEpisode(of story: Int64) throws -> Int64 {
        lastEpisode += 1
        episodeStories[lastEpisode] = story
        return lastEpisode
    }

    /// Puts an article into an episode.
    package mutating func place(_ article: PlacedArticle) throws {
        articles[article.article] = Entry(
            shelved: ShelvedArticle(
                article: article.article,
                story: article.story,
                episode: article.episode
            ),
            features: article.features,
            milliseconds: article.milliseconds
        )
        for key in article.keys { postings[key, default: []].append(article.article) }
    }

    /// Puts other features in place of those of an article.
    package mutating func renew(
        _ article: Int64,
        _ features: ArticleFeatures,
        keys: [UInt32],
        milliseconds: Int
    ) throws {
        guard let shelved = articles[article]?.shelved else { return }
        for key in postings.keys { postings[key]?.removeAll { $0 == article } }
        try place(
            PlacedArticle(
                article: article,
                milliseconds: milliseconds,
                story: shelved.story,
                episode: shelved.episode,
                features: features,
                keys: keys,
                evidence: nil
            )
        )
    }

    /// Takes an article to another story.
    package mutating func move(
        _ article: ShelvedArticle,
        to story: Int64,
        _ episode: Int64
    ) throws {
        relabel({ $0.article == article.article }) { _ in (story, episode) }
        forgetEmptyEpisodes()
    }

    /// Takes all of a story to another one.
    package mutating func merge(_ story: Int64, into other: Int64) throws {
        relabel({ $0.story == story }) { (other, $0.episode) }
        for (episode, owner) in episodeStories where owner == story {
            episodeStories[episode] = other
        }
        apart = Set(apart.map { Set($0.map { $0 == story ? other : $0 }) })
    }

    /// Takes an article to another episode.
    package mutating func assign(_ article: Int64, to episode: Int64, of story: Int64) throws {
        relabel({ $0.article == article }) { ($0.story, episode) }
        forgetEmptyEpisodes()
    }

    /// Takes articles of a story to an episode of another one.
    package mutating func shift(
        _ articles: [Int64],
        of story: Int64,
        to other: Int64,
        _ episode: Int64
    ) throws {
        relabel({ articles.contains($0.article) }) { _ in (other, episode) }
        forgetEmptyEpisodes()
    }

    /// Whether a person said where an article is.
    package mutating func isPinned(_ article: Int64) throws -> Bool { pinned.contains(article) }

    /// Whether a person told two stories apart.
    package mutating func areApart(_ story: Int64, _ other: Int64) throws -> Bool {
        apart.contains([story, other])
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
                episode: episode
            )
        }
    }

    private mutating func forgetEmptyEpisodes() {
        let used = Set(articles.values.map(\.shelved.episode))
        episodeStories = episodeStories.filter { used.contains($0.key) }
    }
}
