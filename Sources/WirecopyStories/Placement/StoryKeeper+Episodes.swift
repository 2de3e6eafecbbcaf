// The episodes of a story, as its articles come and go.
extension StoryKeeper {
    /// Articles of a story that are cut into episodes together; in a larger one an article goes to
    /// the episode that is nearest in time, and the others stay where they are.
    static let cutMax = 48

    /// The episode in which an article begins: one that is near in time, else a new one.
    func episode(
        for features: ArticleFeatures,
        of story: Int64,
        _ shelf: inout some StoryShelf
    ) throws -> Int64 {
        let spans = try shelf.episodes(of: story)
        let near = features.publishedMilliseconds.flatMap { EpisodeSpan.nearest(to: $0, spans) }
        return try near ?? shelf.makeEpisode(of: story)
    }

    /// Brings the episodes of a story in line with its articles, when it is small enough to be
    /// looked at as a whole.
    mutating func settleEpisodes(
        of story: Int64,
        near milliseconds: Int,
        _ shelf: inout some StoryShelf
    ) throws {
        let spans = try shelf.episodes(of: story)
        guard spans.count > 1 else { return }
        let members = try shelf.members(of: story, near: milliseconds, limit: Self.cutMax + 1)
        guard members.count <= Self.cutMax else { return }
        let weighed = try members.compactMap { member in
            try weighted(member.article, &shelf).map {
                StoryScene.Member(shelved: member, weighted: $0)
            }
        }
        var taken: Set<Int64> = []
        for group in EpisodeCutter.cut(weighed).sorted(by: Self.isLarger) {
            let episode = try Self.kept(group, taken) ?? shelf.makeEpisode(of: story)
            taken.insert(episode)
            for member in group where member.shelved.episode != episode {
                try shelf.assign(member.shelved.article, to: episode, of: story)
            }
        }
    }

    private static func isLarger(
        _ left: [StoryScene.Member],
        _ right: [StoryScene.Member]
    ) -> Bool {
        left.count == right.count
            ? (left.first?.shelved.article ?? 0) < (right.first?.shelved.article ?? 0)
            : left.count > right.count
    }

    /// The number that most of a group have already, as long as no larger group has it.
    private static func kept(_ group: [StoryScene.Member], _ taken: Set<Int64>) -> Int64? {
        let counts = Dictionary(grouping: group, by: \.shelved.episode).mapValues(\.count)
        return counts.filter { !taken.contains($0.key) }
            .max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
}

extension EpisodeSpan {
    /// The episode nearest to a publication, when it is near enough to be the same; of two, the
    /// older number.
    fileprivate static func nearest(to published: Int, _ spans: [EpisodeSpan]) -> Int64? {
        spans.compactMap { span in
            span.publishedMilliseconds.map { range in
                (max(range.lowerBound - published, published - range.upperBound, 0), span.episode)
            }
        }
        .filter { $0.0 <= EpisodeCutter.pauseMilliseconds }
        .min { $0 < $1 }?.1
    }
}
