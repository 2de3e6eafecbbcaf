/// Places articles among stories as they come.
///
/// Single-pass clustering (Allan, Papka and Lavrenko 1998) over a learned similarity of articles,
/// with a repair that makes the outcome depend little on the order of arrival: each article that
/// comes has the stories around it settled as a whole (`StorySettling`), whereby articles move, and
/// stories become one or come apart. None of this undoes what a person decided.
package struct StoryKeeper: Sendable {
    /// What was learned.
    let model: StoryModel
    /// How frequent words are at this time; whoever places an article counts its words.
    package var frequencies: WordFrequencies
    private var lately = WeightedArticles()
    private var pairs = PairOdds()
    private var lastSerial: UInt32 = 0
    /// Articles with a lower serial weigh what they did no more.
    private var firstSerial: UInt32 = 0
    /// Articles that were counted when those of `lately` began to be weighed.
    private var weighedAt = 0

    /// Words by which an article is looked for, and those by which it is found later. With all
    /// words on both sides stories come out no better; with half as many, a tenth falls apart.
    private static let soughtKeys = 48
    private static let postedKeys = 32
    /// Neighbours that are compared, stories of theirs that are settled, articles of each.
    private static let neighboursMax = 24
    private static let storiesMax = 4
    private static let membersMax = 24
    /// Below these log-odds a neighbour's story is left alone; a little below 0, since its other
    /// articles may be closer.
    private static let hopeless: Float = -1

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
        forgetOldWeights()
        let weighted = weigh(features)
        let keys = weighted.keys(Self.soughtKeys)
        let scene = try scene(around: weighted, at: nil, keys, milliseconds, &shelf)
        let odds = scene.odds(model, &pairs)
        let plan = StoryPlan(labels: StorySettling.labels(odds), places: scene.places)
        let settled = try settle(scene, plan, &shelf)
        let story = try settled.own ?? shelf.makeStory()
        try shelf.place(
            PlacedArticle(
                article: article,
                milliseconds: milliseconds,
                story: story,
                episode: try episode(for: features, of: story, &shelf),
                features: features,
                keys: keys.prefix(Self.postedKeys).map(\.key),
                evidence: scene.evidence(plan.companions, odds)
            )
        )
        lately.keep(article, weighted)
        for concerned in settled.concerned.union([story]).sorted() {
            try settleEpisodes(of: concerned, near: milliseconds, &shelf)
        }
        return story
    }

    /// Takes other features of an article that has its place, as after a correction of its page or
    /// a better extraction; it goes elsewhere when it settles elsewhere now.
    ///
    /// - Throws: the shelf's errors.
    package mutating func renew(
        _ place: ShelvedArticle,
        _ features: ArticleFeatures,
        milliseconds: Int,
        on shelf: inout some PlacementShelf
    ) throws {
        let weighted = weigh(features)
        let keys = weighted.keys(Self.soughtKeys)
        let isRead = try shelf.features(of: place.article) != features
        try shelf.renew(
            place.article,
            features,
            keys: keys.prefix(Self.postedKeys).map(\.key),
            milliseconds: milliseconds
        )
        // A replay of what is known already moves nothing.
        guard isRead else { return }
        lately.keep(place.article, weighted)
        let scene = try scene(around: weighted, at: place, keys, milliseconds, &shelf)
        let labels = StorySettling.labels(scene.odds(model, &pairs))
        let plan = StoryPlan(labels: labels, places: scene.places)
        for concerned in try settle(scene, plan, &shelf).concerned.sorted() {
            try settleEpisodes(of: concerned, near: milliseconds, &shelf)
        }
    }

    /// Forgets what it remembers of articles, after somebody else may have changed them.
    package mutating func forgetArticles() { lately.forgetAll() }

    /// Has articles weighed anew when the words of an eighth more were counted: a small store soon
    /// learns which names are in all that its outlets write.
    private mutating func forgetOldWeights() {
        guard frequencies.articles > weighedAt + weighedAt / Self.growthShare else { return }
        weighedAt = frequencies.articles
        firstSerial = lastSerial &+ 1
    }

    private static let growthShare = 8

    /// An article of the shelf, weighed now or lately.
    mutating func weighted(
        _ article: Int64,
        _ shelf: inout some StoryShelf
    ) throws -> WeightedArticle? {
        let known = lately.article(article)
        if let known, known.serial >= firstSerial { return known }
        guard let features = try known?.features ?? shelf.features(of: article) else { return nil }
        let weighted = weigh(features)
        lately.keep(article, weighted)
        return weighted
    }

    private mutating func weigh(_ features: ArticleFeatures) -> WeightedArticle {
        lastSerial &+= 1
        return WeightedArticle(features, frequencies, serial: lastSerial)
    }
}

// The stories around an article.
extension StoryKeeper {
    /// The stories to which the closest articles belong, and the one in which the article is.
    private mutating func scene(
        around article: WeightedArticle,
        at place: ShelvedArticle?,
        _ keys: [StoryKey],
        _ milliseconds: Int,
        _ shelf: inout some PlacementShelf
    ) throws -> StoryScene {
        var near = try shelf.neighbours(of: keys, near: milliseconds, limit: Self.neighboursMax)
        near.removeAll { $0.article == place?.article }
        let stories = try nearestStories(to: article, near, &shelf)
        var scene = StoryScene(article, at: place)
        for story in [place?.story].compactMap(\.self) + stories where !scene.hasStory(story) {
            let members = try shelf.members(of: story, near: milliseconds, limit: Self.membersMax)
            for member in near.filter({ $0.story == story }) + members {
                guard !scene.has(member.article),
                    let weighted = try weighted(member.article, &shelf)
                else { continue }
                scene.meet(member, weighted)
            }
        }
        return scene
    }

    /// The stories that the article may fit, that of the closest article first.
    private mutating func nearestStories(
        to article: WeightedArticle,
        _ near: [ShelvedArticle],
        _ shelf: inout some PlacementShelf
    ) throws -> [Int64] {
        let lookup = WordLookup(article)
        var hopeful: [(odds: Float, neighbour: ShelvedArticle)] = []
        for neighbour in near {
            guard let weighted = try weighted(neighbour.article, &shelf) else { continue }
            let odds = pairs.logOdds(article, weighted) { [model] in
                model.logOdds(lookup, weighted)
            }
            if odds > Self.hopeless { hopeful.append((odds, neighbour)) }
        }
        hopeful.sort { ($1.odds, $0.neighbour.article) < ($0.odds, $1.neighbour.article) }
        var stories: [Int64] = []
        for (_, neighbour) in hopeful where !stories.contains(neighbour.story) {
            stories.append(neighbour.story)
        }
        return Array(stories.prefix(Self.storiesMax))
    }
}
