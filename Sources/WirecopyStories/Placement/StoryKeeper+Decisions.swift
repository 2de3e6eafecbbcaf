// What a person decides: the places are theirs, the episodes follow.
extension StoryKeeper {
    /// Makes a story a part of another one.
    ///
    /// - Throws: the shelf's errors.
    package mutating func join(
        _ story: Int64,
        into other: Int64,
        on shelf: inout some DecisionShelf
    ) throws {
        try shelf.merge(story, into: other)
        try settleEpisodes(of: other, near: 0, &shelf)
    }

    /// Takes articles to another story; those that were in one episode stay together.
    ///
    /// - Parameters:
    ///   - articles: articles of the shelf, none of them in `story`.
    ///   - story: where they go; they may be its first ones.
    ///   - shelf: where the stories are kept.
    /// - Throws: the shelf's errors.
    package mutating func take(
        _ articles: [ShelvedArticle],
        to story: Int64,
        on shelf: inout some DecisionShelf
    ) throws {
        let groups = Dictionary(grouping: articles, by: \.episode).sorted { $0.key < $1.key }
        for (_, group) in groups {
            guard let first = group.first else { continue }
            let features = try shelf.features(of: first.article) ?? ArticleFeatures()
            let episode = try episode(for: features, of: story, &shelf)
            try shelf.shift(group.map(\.article), of: first.story, to: story, episode)
        }
        for concerned in Set(articles.map(\.story)).sorted() + [story] {
            try settleEpisodes(of: concerned, near: 0, &shelf)
        }
    }
}
