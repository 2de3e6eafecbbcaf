import WirecopyMessages

/// Chooses the members from which the brief of a large story is made.
enum CentralMembers {
    /// Articles that a brief reads; with more, a page of a brief takes longer than a reader waits.
    static let membersMax = 200

    /// The most central members: of each episode its share, at least one of the latest ones; within
    /// one, originals before copies, then those that name what most of the episode's articles name.
    static func choose(_ members: [StoryMember], at most: Int = membersMax) -> [StoryMember] {
        guard members.count > most else { return members }
        let episodes = Dictionary(grouping: members, by: \.episode)
        var chosen: [StoryMember] = []
        var room = most
        var waiting = members.count
        for number in episodes.keys.sorted(by: >) where room > 0 {
            let episode = episodes[number, default: []]
            let share = max(1, min(room, episode.count * room / max(waiting, 1)))
            chosen += central(episode, share)
            room -= min(share, episode.count)
            waiting -= episode.count
        }
        return chosen
    }

    private static func central(_ episode: [StoryMember], _ count: Int) -> [StoryMember] {
        guard episode.count > count else { return episode }
        var articles: [String: Int] = [:]
        for member in episode {
            for name in Set(member.annotated.entities.map(\.name)) {
                articles[name, default: 0] += 1
            }
        }
        let copies = Dictionary(
            episode.compactMap { member in member.copyOf.map { ($0, 1) } },
            uniquingKeysWith: +
        )
        let ranked = episode.map { member in
            let names = Set(member.annotated.entities.map(\.name))
            let shared = names.reduce(0) { $0 + (articles[$1] ?? 0) - 1 }
            // A long text names more; the root keeps it from winning by length alone.
            let centrality = Double(shared) / Double(max(names.count, 1)).squareRoot()
            let weight = centrality * Double(1 + (copies[member.articleID] ?? 0))
            return (member: member, isCopy: member.copyOf != nil, weight: weight)
        }
        let sorted = ranked.sorted { one, other in
            if one.isCopy != other.isCopy { return !one.isCopy }
            if one.weight != other.weight { return one.weight > other.weight }
            return one.member.articleID < other.member.articleID
        }
        return sorted.prefix(count).map(\.member)
    }
}
