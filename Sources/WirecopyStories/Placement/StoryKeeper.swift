/// Places articles among stories as they come.
///
/// Single-pass clustering (Allan, Papka and Lavrenko 1998) over a learned similarity of articles,
/// with two repairs that make the outcome depend little on the order of arrival: an article's
/// closest neighbours move to its story when they fit better there than where they are, and two
/// stories become one when their articles belong together on average.
package struct StoryKeeper: Sendable {
    /// What was learned.
    let model: StoryModel
    /// How frequent words are at this time.
    package var frequencies: WordFrequencies

    /// Words by which an article is looked for, and those by which it is found later. With all words
    /// on both sides stories come out no better; with half as many, a tenth of them falls apart.
    static let soughtKeys = 48
    static let postedKeys = 32
    /// Neighbours that are compared, stories of theirs that are weighed, articles of each.
    static let neighboursMax = 40
    static let storiesMax = 4
    static let membersMax = 24
    /// Neighbours that may move.
    static let movesMax = 6
    /// A story's fit is the mean over its articles and, for this part, the best of them.
    static let bestShare: Float = 0.2
    /// Log-odds that two stories must have on average to become one: more than an article needs,
    /// since it cannot be undone by later articles.
    static let mergeLogOdds: Float = 1

    /// Takes what ships.
    package init(_ knowledge: StoryKnowledge) {
        model = knowledge.model
        frequencies = WordFrequencies(knowledge.background)
    }

    /// Finds the place of an article that is in no story yet, and puts it there.
    ///
    /// - Parameters:
    ///   - article: its number; numbers are never used again.
    ///   - milliseconds: when it was published, or else first seen.
    /// - Returns: the story.
    /// - Throws: the shelf's errors.
    @discardableResult
    package mutating func place(
        _ article: Int64,
        _ features: ArticleFeatures,
        milliseconds: Int,
        on shelf: inout some StoryShelf
    ) throws -> Int64 {
        let weighted = WeightedArticle(features, frequencies)
        var scene = try scene(of: weighted, milliseconds, &shelf)
        let choice = scene.best(above: 0)
        let story = try choice?.story ?? shelf.makeStory()
        let episode = try chooseEpisode(weighted, milliseconds, story, scene, &shelf)
        try shelf.place(
            PlacedArticle(
                article: article,
                milliseconds: milliseconds,
                story: story,
                episode: episode,
                features: features,
                keys: weighted.keys(Self.postedKeys).map(\.key),
                evidence: choice?.evidence
            )
        )
        try moveNeighbours(to: story, weighted, milliseconds, &scene, &shelf)
        try mergeStories(with: story, scene, &shelf)
        frequencies.add(features)
        return story
    }

    /// The stories around an article, with how well it fits each.
    private func scene(
        of article: WeightedArticle,
        _ milliseconds: Int,
        _ shelf: inout some StoryShelf
    ) throws -> StoryScene {
        let found = try shelf.neighbours(
            of: article.keys(Self.soughtKeys),
            near: milliseconds,
            limit: Self.neighboursMax
        )
        var scene = StoryScene(article, model)
        for neighbour in found { scene.meet(neighbour, frequencies) }
        for story in scene.nearestStories(Self.storiesMax) {
            let members = try shelf.members(of: story, near: milliseconds, limit: Self.membersMax)
            scene.fill(story, members, frequencies)
        }
        return scene
    }

    private func moveNeighbours(
        to story: Int64,
        _ article: WeightedArticle,
        _ milliseconds: Int,
        _ scene: inout StoryScene,
        _ shelf: inout some StoryShelf
    ) throws {
        for neighbour in scene.movers(to: story, limit: Self.movesMax) {
            let moved = neighbour.shelved
            let at = moved.features.publishedMilliseconds ?? milliseconds
            let episode = try chooseEpisode(neighbour.weighted, at, story, scene, &shelf)
            try shelf.move(moved, to: story, episode)
            scene.note(moved.article, movedTo: story, episode)
        }
    }

    private func mergeStories(
        with story: Int64,
        _ scene: StoryScene,
        _ shelf: inout some StoryShelf
    ) throws {
        guard let other = scene.twin(of: story, above: Self.mergeLogOdds) else { return }
        // The older number stays: more people know it.
        let (kept, merged) = (min(story, other), max(story, other))
        try shelf.merge(merged, into: kept)
        for (episode, into) in EpisodeChooser.overlaps(try shelf.episodes(of: kept)) {
            try shelf.join(episode, into: into)
        }
    }

    private func chooseEpisode(
        _ article: WeightedArticle,
        _ milliseconds: Int,
        _ story: Int64,
        _ scene: StoryScene,
        _ shelf: inout some StoryShelf
    ) throws -> Int64 {
        let spans = try shelf.episodes(of: story)
        let choice = EpisodeChooser.choose(
            published: article.features.publishedMilliseconds,
            spans,
            fits: scene.episodeFits(of: article, in: story)
        )
        for joined in choice.joined { try shelf.join(joined, into: choice.episode ?? joined) }
        return try choice.episode ?? shelf.makeEpisode(of: story)
    }
}
