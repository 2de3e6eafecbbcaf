import WirecopyStories

/// The articles of one story, as they stand in the store.
struct StoryRecord {
    /// An article of the story.
    struct Member {
        let article: Int64
        /// When it was published, or else first seen, in milliseconds.
        let at: Int
        /// Whether its page tells when it was published.
        let isDated: Bool
        var episode: Int64
    }

    /// Articles in the order of time, then of their numbers; none of a story that is not small.
    private(set) var members: [Member] = []
    /// Whether the story has no more articles than are remembered.
    private(set) var isSmall = true

    /// Articles of a story that is remembered; a larger one is asked for each time.
    static let membersMax = 512

    /// Takes in an article.
    mutating func insert(_ member: Member) {
        guard isSmall, members.count < Self.membersMax else {
            (members, isSmall) = ([], false)
            return
        }
        let key = (member.at, member.article)
        let place = members.lastIndex { ($0.at, $0.article) < key }.map { $0 + 1 } ?? 0
        members.insert(member, at: place)
    }

    /// Takes out an article; `nil` when it is not there.
    mutating func remove(_ article: Int64) -> Member? {
        members.firstIndex { $0.article == article }.map { members.remove(at: $0) }
    }

    /// Puts an article into another episode.
    mutating func assign(_ article: Int64, to episode: Int64) {
        guard let index = members.firstIndex(where: { $0.article == article }) else { return }
        members[index].episode = episode
    }

    /// Articles nearest in time first; of both sides no more than `limit` are looked at.
    func members(of story: Int64, near milliseconds: Int, limit: Int) -> [ShelvedArticle] {
        let middle = members.firstIndex { $0.at > milliseconds } ?? members.count
        let near = members[max(0, middle - limit)..<min(members.count, middle + limit)]
        return near.sorted { left, right in
            (abs(left.at - milliseconds), left.article)
                < (abs(right.at - milliseconds), right.article)
        }
        .prefix(limit)
        .map { ShelvedArticle(article: $0.article, story: story, episode: $0.episode) }
    }

    /// The episodes that its articles are in, by number.
    var episodes: [EpisodeSpan] {
        var numbers: [Int64] = []
        var spans: [ClosedRange<Int>?] = []
        for member in members {
            let index = numbers.firstIndex(of: member.episode) ?? numbers.count
            if index == numbers.count {
                numbers.append(member.episode)
                spans.append(nil)
            }
            guard member.isDated else { continue }
            spans[index] = (spans[index]?.lowerBound ?? member.at)...member.at
        }
        return zip(numbers, spans).sorted { $0.0 < $1.0 }
            .map { EpisodeSpan(episode: $0, publishedMilliseconds: $1) }
    }
}
