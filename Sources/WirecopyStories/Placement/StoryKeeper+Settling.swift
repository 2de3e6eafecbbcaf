// Bringing stories in line with how their articles settled.
extension StoryKeeper {
    /// Articles of a story that becomes part of another one: each is written anew. One with
    /// more stays: its articles went on for long without coming together with the other story.
    private static let mergedMax = 1000

    /// What came of a plan.
    struct Settled {
        /// The story of the scene's subject.
        var own: Int64?
        /// Stories that gained or lost articles.
        var concerned: Set<Int64> = []
    }

    /// Does what a plan says, as far as no person has decided otherwise.
    func settle(
        _ scene: StoryScene,
        _ plan: StoryPlan,
        _ shelf: inout some StoryShelf
    ) throws -> Settled {
        var settled = Settled()
        for group in plan.groups {
            let story = try settle(group, scene, &settled, &shelf)
            if group.hasSubject { settled.own = story }
        }
        return settled
    }

    /// - Returns: the story of the group; `nil` for none of which anything may go into a new one.
    private func settle(
        _ group: StoryPlan.Group,
        _ scene: StoryScene,
        _ settled: inout Settled,
        _ shelf: inout some StoryShelf
    ) throws -> Int64? {
        let (places, articles) = (scene.places, scene.articles)
        let home = try group.story ?? heldStory(of: group.moved.compactMap { places[$0] }, &shelf)
        let movers = try group.moved.filter { index in
            guard let place = places[index], place.story != home else { return false }
            return try mayMove(place, to: home, &shelf)
        }
        let former = movers.compactMap { places[$0]?.story }
        let isNew = group.hasSubject && scene.place == nil
        guard home != nil || !movers.isEmpty || isNew else { return nil }
        let story = try home ?? newStory(of: former, &shelf)
        for part in group.merged where try mayMerge(part, into: story, &shelf) {
            try shelf.merge(part, into: story)
            settled.concerned.insert(story)
        }
        for index in movers {
            guard let place = places[index] else { continue }
            let episode = try episode(for: articles[index].features, of: story, &shelf)
            try shelf.move(place, to: story, episode)
            settled.concerned.formUnion([place.story, story])
        }
        return story
    }

    /// A story for articles that leave others; several that leave one are a part of that.
    private func newStory(of former: [Int64], _ shelf: inout some StoryShelf) throws -> Int64 {
        guard let first = former.first, former.count > 1 else { return try shelf.makeStory() }
        return try shelf.split(first)
    }

    /// The story in which a person put one of some articles that would make a new one: the others
    /// stay with it.
    private func heldStory(
        of places: [ShelvedArticle],
        _ shelf: inout some StoryShelf
    ) throws -> Int64? {
        for place in places where try shelf.isPinned(place.article) { return place.story }
        return nil
    }

    /// Whether no person has decided otherwise; `nil` is a new story.
    private func mayMove(
        _ article: ShelvedArticle,
        to story: Int64?,
        _ shelf: inout some StoryShelf
    ) throws -> Bool {
        let isPinned = try shelf.isPinned(article.article)
        let areApart = try story.map { try shelf.areApart(article.story, $0) } ?? false
        return !isPinned && !areApart
    }

    private func mayMerge(
        _ part: Int64,
        into story: Int64,
        _ shelf: inout some StoryShelf
    ) throws -> Bool {
        try !shelf.areApart(part, story) && shelf.size(of: part) <= Self.mergedMax
    }
}
