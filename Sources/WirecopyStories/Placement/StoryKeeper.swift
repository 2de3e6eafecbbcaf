/// Places articles among stories as they come.
///
/// Single-pass clustering (Allan, Papka and Lavrenko 1998) over a learned similarity of articles,
/// with two repairs that make the outcome depend little on the order of arrival: an article's
/// closest neighbours move to its story when they fit better there than where they are, and two
/// stories become one when their articles belong together on average. Neither undoes what a person
/// decided.
package struct StoryKeeper: Sendable {
    /// What was learned.
    let model: StoryModel
    /// How frequent words are at this time.
    package var frequencies: WordFrequencies
    private var lately = WeightedArticles()

    /// Words by which an article is looked for, and those by which it is found later. With all
    /// words on both sides stories come out no better; with half as many, a tenth falls apart.
    static let soughtKeys = 48
    static let postedKeys = 32
    /// Neighbours that are compared, stories of theirs that are weighed, articles of each.
    static let neighboursMax = 24
    static let storiesMax = 4
    static let membersMax = 24
    /// Neighbours that may move.
    static let movesMax = 6
    /// A story's fit is the mean over so many of its articles, or over the closest half when it has
    /// more: what happens late or at the edge of a long story resembles a part of it. With all of
    /// them a fifth of a story of 26 articles fell off, with fewer strangers came in.
    static let fitMembersMin = 10
    /// The best of these articles counts for this part beside the mean.
    static let bestShare: Float = 0.2
    /// Log-odds that two stories must have on average to become one: more than an article needs,
    /// since it cannot be undone by later articles.
    static let mergeLogOdds: Float = 1
    /// Articles of a story that becomes part of another one, each of which is written anew. Two that
    /// are larger stay two: their articles went on for long without coming together.
    static let mergedMax = 1000

    /// How much better another story must fit an article that was read anew.
    static let renewedMargin: Float = 2

    /// Takes what ships.
    package init(_ knowledge: StoryKnowledge) {
        model = knowledge.model
        frequencies = WordFrequencies(knowledge.background)
    }

    /// Finds the place of an article that is in no story yet, and puts it there.
    ///
    /// - Parameters:
    ///   - article: its number; numbers are never used again.
    ///   - features: what is known of it.
    ///   - milliseconds: when it was published, or else first seen.
    ///   - shelf: where the stories are kept.
    /// - Returns: the story.
    /// - Throws: the shelf's errors.
    @discardableResult
    package mutating func place(
        _ article: Int64,
        _ features: ArticleFeatures,
        milliseconds: Int,
        on shelf: inout some PlacementShelf
    ) throws -> Int64 {
        let weighted = WeightedArticle(features, frequencies)
        let keys = weighted.keys(Self.soughtKeys)
        var scene = try scene(of: weighted, keys, milliseconds, &shelf)
        let choice = scene.best()
        let story = try choice?.story ?? shelf.makeStory()
        let episode = try episode(for: features, of: story, &shelf)
        try shelf.place(
            PlacedArticle(
                article: article,
                milliseconds: milliseconds,
                story: story,
                episode: episode,
                features: features,
                keys: keys.prefix(Self.postedKeys).map(\.key),
                evidence: choice?.evidence
            )
        )
        lately.keep(article, weighted)
        let former = try moveNeighbours(to: story, &scene, &shelf)
        let merged = try mergeStories(with: story, scene, &shelf)
        frequencies.add(features)
        for concerned in former + [merged ?? story] {
            try settleEpisodes(of: concerned, near: milliseconds, &shelf)
        }
        return merged ?? story
    }

    /// Takes other features of an article that has its place, as after a correction of its page or
    /// a better extraction. It stays where it is unless another story fits it clearly better.
    ///
    /// - Throws: the shelf's errors.
    package mutating func renew(
        _ place: ShelvedArticle,
        _ features: ArticleFeatures,
        milliseconds: Int,
        on shelf: inout some PlacementShelf
    ) throws {
        let weighted = WeightedArticle(features, frequencies)
        let keys = weighted.keys(Self.soughtKeys)
        try shelf.renew(
            place.article,
            features,
            keys: keys.prefix(Self.postedKeys).map(\.key),
            milliseconds: milliseconds
        )
        lately.keep(place.article, weighted)
        var scene = try scene(of: weighted, keys, milliseconds, &shelf)
        scene.forget(place.article)
        guard let own = scene.fit(in: place.story), let choice = scene.best(),
            choice.story != place.story, choice.evidence.logOdds > own + Self.renewedMargin,
            try Self.mayMove(place, to: choice.story, &shelf)
        else { return }
        let episode = try episode(for: features, of: choice.story, &shelf)
        try shelf.move(place, to: choice.story, episode)
        for concerned in [place.story, choice.story] {
            try settleEpisodes(of: concerned, near: milliseconds, &shelf)
        }
    }

    /// Forgets what it remembers of articles, after somebody else may have changed them.
    package mutating func forgetArticles() { lately.forgetAll() }

    /// The stories around an article, with how well it fits each.
    private mutating func scene(
        of article: WeightedArticle,
        _ keys: [StoryKey],
        _ milliseconds: Int,
        _ shelf: inout some PlacementShelf
    ) throws -> StoryScene {
        let found = try shelf.neighbours(
            of: keys,
            near: milliseconds,
            limit: Self.neighboursMax
        )
        var scene = StoryScene(article, model)
        for neighbour in found { try meet(neighbour, &scene, &shelf) }
        scene.rank()
        for story in scene.nearestStories(Self.storiesMax) {
            let members = try shelf.members(of: story, near: milliseconds, limit: Self.membersMax)
            for member in members { try meet(member, &scene, &shelf) }
        }
        scene.rank()
        return scene
    }

    private mutating func meet(
        _ shelved: ShelvedArticle,
        _ scene: inout StoryScene,
        _ shelf: inout some StoryShelf
    ) throws {
        guard !scene.has(shelved.article),
            let weighted = try weighted(shelved.article, &shelf)
        else { return }
        scene.meet(shelved, weighted)
    }

    /// An article of the shelf, weighed now or lately.
    mutating func weighted(
        _ article: Int64,
        _ shelf: inout some StoryShelf
    ) throws -> WeightedArticle? {
        try lately.article(article) {
            try shelf.features(of: article).map { WeightedArticle($0, frequencies) }
        }
    }

    /// - Returns: the stories that lost an article.
    private func moveNeighbours(
        to story: Int64,
        _ scene: inout StoryScene,
        _ shelf: inout some StoryShelf
    ) throws -> [Int64] {
        var former: [Int64] = []
        for neighbour in scene.movers(to: story, limit: Self.movesMax) {
            let moved = neighbour.shelved
            guard try Self.mayMove(moved, to: story, &shelf) else { continue }
            let episode = try episode(for: neighbour.weighted.features, of: story, &shelf)
            try shelf.move(moved, to: story, episode)
            scene.note(moved.article, movedTo: story, episode)
            if !former.contains(moved.story) { former.append(moved.story) }
        }
        return former
    }

    /// Whether no person has decided otherwise.
    private static func mayMove(
        _ article: ShelvedArticle,
        to story: Int64,
        _ shelf: inout some StoryShelf
    ) throws -> Bool {
        let (isPinned, areApart) = try (
            shelf.isPinned(article.article), shelf.areApart(article.story, story)
        )
        return !isPinned && !areApart
    }

    /// - Returns: the number under which both stories go on, when they became one.
    private func mergeStories(
        with story: Int64,
        _ scene: StoryScene,
        _ shelf: inout some StoryShelf
    ) throws -> Int64? {
        let twin = try scene.twin(of: story, above: Self.mergeLogOdds) { other in
            try !shelf.areApart(story, other)
        }
        guard let other = twin else { return nil }
        // The older number stays: more people know it. But a large story does not move.
        var (kept, merged) = (min(story, other), max(story, other))
        if try shelf.size(of: merged) > Self.mergedMax { swap(&kept, &merged) }
        guard try shelf.size(of: merged) <= Self.mergedMax else { return nil }
        try shelf.merge(merged, into: kept)
        return kept
    }
}
