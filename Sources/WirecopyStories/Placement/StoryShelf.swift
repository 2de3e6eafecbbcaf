/// An article with its place among the stories.
package struct ShelvedArticle: Sendable {
    /// Which article.
    package let article: Int64
    /// The story that it is in.
    package let story: Int64
    /// The episode of the story.
    package let episode: Int64

    /// Makes a shelved article.
    package init(article: Int64, story: Int64, episode: Int64) {
        self.article = article
        self.story = story
        self.episode = episode
    }
}

/// An episode of a story, as long as its articles tell.
package struct EpisodeSpan: Sendable, Equatable {
    /// Which episode.
    package let episode: Int64
    /// Publication of its first and last article; `nil` while none of them tells.
    package let publishedMilliseconds: ClosedRange<Int>?

    /// Makes a span.
    package init(episode: Int64, publishedMilliseconds: ClosedRange<Int>?) {
        self.episode = episode
        self.publishedMilliseconds = publishedMilliseconds
    }
}

/// A word by which articles are found, with what it weighs.
package struct StoryKey: Sendable, Equatable {
    /// Which word.
    package let key: UInt32
    /// How rare it is.
    package let weight: Float
}

/// An article that finds its place.
package struct PlacedArticle: Sendable {
    /// Which article.
    package let article: Int64
    /// When it was published, or else first seen.
    package let milliseconds: Int
    /// Its story.
    package let story: Int64
    /// The episode of the story.
    package let episode: Int64
    /// What the stories know of it.
    package let features: ArticleFeatures
    /// The words by which others find it.
    package let keys: [UInt32]
    /// What decided; `nil` for the first article of a story.
    package let evidence: PlacementEvidence?
}

/// Why an article is in a story.
package struct PlacementEvidence: Sendable, Equatable {
    /// Log-odds that it belongs to the story; above 0.
    package let logOdds: Float
    /// The article there that it resembles most.
    package let closest: Int64
    /// What the two have in common, in the order of `SimilarityNumbers.names`.
    package let numbers: [Float]

    /// Makes evidence.
    package init(logOdds: Float, closest: Int64, numbers: [Float]) {
        self.logOdds = logOdds
        self.closest = closest
        self.numbers = numbers
    }
}

/// Where stories are kept: a database's transaction, or memory.
///
/// One `StoryKeeper` at a time works on it.
package protocol StoryShelf {
    /// What the stories know of an article; `nil` when it has no place.
    mutating func features(of article: Int64) throws -> ArticleFeatures?

    /// Articles of a story, those nearest in time first.
    mutating func members(
        of story: Int64,
        near milliseconds: Int,
        limit: Int
    ) throws -> [ShelvedArticle]

    /// How many articles a story has.
    mutating func size(of story: Int64) throws -> Int

    /// The episodes of a story.
    mutating func episodes(of story: Int64) throws -> [EpisodeSpan]

    /// Opens a new story or episode, and gives its number.
    mutating func makeStory() throws -> Int64
    mutating func makeEpisode(of story: Int64) throws -> Int64

    /// Opens a story for articles that leave another one together, notes that and gives its number.
    mutating func split(_ story: Int64) throws -> Int64

    /// Takes an article to another story's episode, and notes it as a change of both stories.
    mutating func move(_ article: ShelvedArticle, to story: Int64, _ episode: Int64) throws

    /// Takes all episodes of a story to another one, whose number stays valid for both.
    mutating func merge(_ story: Int64, into other: Int64) throws

    /// Takes an article to another episode of its story; an episode that is empty then is no more.
    mutating func assign(_ article: Int64, to episode: Int64, of story: Int64) throws

    // Asked for the few that are about to change: others may decide in between.

    /// Whether a person said where an article is: it leaves that story with the whole of it only.
    mutating func isPinned(_ article: Int64) throws -> Bool

    /// Whether a person told two stories apart: they do not become one, and nothing goes from one
    /// to the other.
    mutating func areApart(_ story: Int64, _ other: Int64) throws -> Bool
}

/// Where articles find their place.
package protocol PlacementShelf: StoryShelf {
    /// Articles that share keys, those with the greatest sum of weights first; of each key the
    /// articles nearest in time are enough.
    mutating func neighbours(
        of keys: [StoryKey],
        near milliseconds: Int,
        limit: Int
    ) throws -> [ShelvedArticle]

    /// Puts an article that is nowhere into an episode.
    mutating func place(_ article: PlacedArticle) throws

    /// Puts other features and keys in place of those of an article that has a place.
    mutating func renew(
        _ article: Int64,
        _ features: ArticleFeatures,
        keys: [UInt32],
        milliseconds: Int
    ) throws
}

/// Where a person's decisions about stories are carried out.
package protocol DecisionShelf: StoryShelf {
    /// Takes articles of a story to an episode of another one, without noting each; one that loses
    /// all its articles leads to the other.
    mutating func shift(
        _ articles: [Int64],
        of story: Int64,
        to other: Int64,
        _ episode: Int64
    ) throws
}
