/// What has to change for the articles of a scene to be in the stories into which they settled.
///
/// A story's number goes on with most of its articles. Two stories that are one now go on under
/// the older number, which more people know.
struct StoryPlan {
    /// Articles that belong together.
    struct Group {
        /// Members of the scene, by their place in it; ascending. The subject is the last one.
        let members: [Int]
        /// Whether the article around which the scene is belongs to it.
        let hasSubject: Bool
        /// The number under which they go on; `nil` for a new story.
        fileprivate(set) var story: Int64?
        /// Stories that become part of it as a whole.
        fileprivate(set) var merged: [Int64] = []
        /// Members that come alone, each from another story.
        fileprivate(set) var moved: [Int] = []
    }

    /// The groups, the largest first.
    let groups: [Group]
    /// Articles with which the subject belongs together.
    var companions: [Int] {
        Array(groups.first(where: \.hasSubject)?.members.dropLast() ?? [])
    }

    /// Makes a plan.
    ///
    /// - Parameters:
    ///   - labels: which articles belong together.
    ///   - places: where each is by now; `nil` for one that is nowhere.
    init(labels: [Int], places: [ShelvedArticle?]) {
        let visible = Self.counts(places)
        let parts = Dictionary(grouping: labels.indices) { labels[$0] }.values
            .sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
        var taken: Set<Int64> = []
        groups = parts.map { members in
            let counts = Self.counts(members.map { places[$0] })
            let owner = counts.filter { !taken.contains($0.key) }
                .max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
            let hasSubject = members.last == labels.count - 1
            var group = Group(members: members, hasSubject: hasSubject, story: owner)
            if let owner { taken.insert(owner) }
            group.take(counts, of: visible, places)
            return group
        }
    }

    private static func counts(_ places: [ShelvedArticle?]) -> [Int64: Int] {
        var counts: [Int64: Int] = [:]
        for place in places { if let place { counts[place.story, default: 0] += 1 } }
        return counts
    }
}

extension StoryPlan.Group {
    /// Finds what comes from other stories: all of them, or single articles.
    fileprivate mutating func take(
        _ counts: [Int64: Int],
        of visible: [Int64: Int],
        _ places: [ShelvedArticle?]
    ) {
        let isWhole = counts.filter { visible[$0.key] == $0.value }
        // An only article that goes elsewhere is no story that becomes part of another one.
        merged = isWhole.filter { $0.key != story && $0.value > 1 }.keys.sorted()
        moved = members.filter { member in
            places[member].map { $0.story != story && !merged.contains($0.story) } ?? false
        }
        guard let own = story, isWhole[own] ?? 0 > 1, let oldest = merged.first, oldest < own
        else { return }
        story = oldest
        merged = (merged.dropFirst() + [own]).sorted()
    }
}
