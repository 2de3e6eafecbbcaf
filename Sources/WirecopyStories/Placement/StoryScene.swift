/// The stories around one article, and how well it fits each: a small part of the shelf, in memory.
struct StoryScene {
    /// An article of the scene.
    struct Member {
        var shelved: ShelvedArticle
        let weighted: WeightedArticle
        /// Log-odds that it is of one story with the new article.
        let logOdds: Float
    }

    /// A story that the article may join.
    struct Choice {
        let story: Int64
        let evidence: PlacementEvidence
    }

    private let article: WordLookup
    private let model: StoryModel
    /// All articles, the closest first once `rank` has been called.
    private var members: [Member] = []
    private var known: Set<Int64> = []

    init(_ article: WeightedArticle, _ model: StoryModel) {
        self.article = WordLookup(article)
        self.model = model
    }

    /// Whether an article is in the scene.
    func has(_ article: Int64) -> Bool { known.contains(article) }

    /// Takes in an article, once.
    mutating func meet(_ shelved: ShelvedArticle, _ weighted: WeightedArticle) {
        guard known.insert(shelved.article).inserted else { return }
        members.append(
            Member(
                shelved: shelved,
                weighted: weighted,
                logOdds: model.logOdds(article, weighted)
            )
        )
    }

    /// Puts the closest articles first.
    mutating func rank() {
        members.sort {
            ($1.logOdds, $0.shelved.article) < ($0.logOdds, $1.shelved.article)
        }
    }

    /// Leaves an article out, as if it were not there.
    mutating func forget(_ article: Int64) {
        members.removeAll { $0.shelved.article == article }
    }

    /// The stories that the article may fit, that of the closest article first: a story fits no
    /// better than its best article.
    func nearestStories(_ limit: Int) -> [Int64] {
        let hopeful = members.prefix { $0.logOdds > Self.hopeless }
        return Array(Self.distinct(hopeful.map(\.shelved.story)).prefix(limit))
    }

    /// Below this an article's story is not looked at; a little below 0, since its other articles
    /// may be closer.
    private static let hopeless: Float = -1

    /// The story that the article fits best, when it fits.
    func best() -> Choice? {
        var best: (story: Int64, fit: Float)?
        for story in stories {
            guard let fit = fit(in: story), fit > best?.fit ?? 0 else { continue }
            best = (story, fit)
        }
        guard let best, let closest = members.first(where: { $0.shelved.story == best.story })
        else { return nil }
        return Choice(
            story: best.story,
            evidence: PlacementEvidence(
                logOdds: best.fit,
                closest: closest.shelved.article,
                numbers: SimilarityNumbers(article, closest.weighted).values
            )
        )
    }

    /// How well the article fits a story; `nil` when nothing of it is known here.
    func fit(in story: Int64) -> Float? {
        Self.fit(members.lazy.filter { $0.shelved.story == story }.map(\.logOdds))
    }

    /// The closest articles of other stories that fit better with the article than where they are.
    func movers(to story: Int64, limit: Int) -> [Member] {
        members.prefix(limit).filter { neighbour in
            guard neighbour.shelved.story != story, neighbour.logOdds > 0 else { return false }
            let there = fit(of: neighbour, in: neighbour.shelved.story) ?? 0
            let here = fit(of: neighbour, in: story, and: neighbour.logOdds) ?? 0
            return here > there
        }
    }

    /// Notes that an article has moved.
    mutating func note(_ moved: Int64, movedTo story: Int64, _ episode: Int64) {
        guard let index = members.firstIndex(where: { $0.shelved.article == moved }) else { return }
        members[index].shelved = ShelvedArticle(article: moved, story: story, episode: episode)
    }

    /// Another story with an article of the kind of this one, whose articles belong, on average, to
    /// the article's story, and which `isAllowed`.
    func twin(
        of story: Int64,
        above threshold: Float,
        where isAllowed: (Int64) throws -> Bool
    ) rethrows -> Int64? {
        let own = members.filter { $0.shelved.story == story }
        guard own.count > 1 else { return nil }
        return try stories.first { other in
            guard other != story else { return false }
            let others = members.filter { $0.shelved.story == other }
            guard others.count > 1, others[0].logOdds > 0 else { return false }
            var sum: Float = 0
            for left in own.map({ WordLookup($0.weighted) }) {
                for right in others { sum += model.logOdds(left, right.weighted) }
            }
            let isTwin = sum / Float(own.count * others.count) > threshold
            return try isTwin && isAllowed(other)
        }
    }

    /// The stories, that of the closest article first.
    private var stories: [Int64] { Self.distinct(members.map(\.shelved.story)) }

    private static func distinct(_ stories: [Int64]) -> [Int64] {
        var seen: Set<Int64> = []
        return stories.filter { seen.insert($0).inserted }
    }

    /// How well a member fits a story without itself, with log-odds to one more article.
    private func fit(of member: Member, in story: Int64, and more: Float? = nil) -> Float? {
        let others = members.lazy.filter {
            $0.shelved.story == story && $0.shelved.article != member.shelved.article
        }
        let lookup = WordLookup(member.weighted)
        let odds = others.map { model.logOdds(lookup, $0.weighted) }
        return Self.fit(Array(odds) + (more.map { [$0] } ?? []))
    }

    private static func fit(_ odds: some Sequence<Float>) -> Float? {
        let ranked = odds.sorted(by: >)
        guard let best = ranked.first else { return nil }
        let closest = ranked.prefix(max(StoryKeeper.fitMembersMin, (ranked.count + 1) / 2))
        let mean = closest.reduce(0, +) / Float(closest.count)
        return mean + StoryKeeper.bestShare * (best - mean)
    }
}
