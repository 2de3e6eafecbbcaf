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

    private let article: WeightedArticle
    private let model: StoryModel
    private var members: [Int64: Member] = [:]

    init(_ article: WeightedArticle, _ model: StoryModel) {
        self.article = article
        self.model = model
    }

    /// Takes in an article, once.
    mutating func meet(_ shelved: ShelvedArticle, _ frequencies: WordFrequencies) {
        guard members[shelved.article] == nil else { return }
        let weighted = WeightedArticle(shelved.features, frequencies)
        members[shelved.article] = Member(
            shelved: shelved,
            weighted: weighted,
            logOdds: model.logOdds(article, weighted)
        )
    }

    /// Takes in the articles of a story that no neighbour was.
    mutating func fill(
        _ story: Int64,
        _ shelved: [ShelvedArticle],
        _ frequencies: WordFrequencies
    ) {
        for member in shelved { meet(member, frequencies) }
    }

    /// The stories with the closest articles, the closest first.
    func nearestStories(_ limit: Int) -> [Int64] {
        var seen: Set<Int64> = []
        return ranked.map(\.shelved.story).filter { seen.insert($0).inserted }.prefix(limit).map(
            \.self
        )
    }

    /// The story that the article fits best, when it fits.
    func best(above threshold: Float) -> Choice? {
        var best: (story: Int64, fit: Float)?
        for story in stories {
            let fit = fit(of: article, members(of: story))
            if fit > best?.fit ?? threshold { best = (story, fit) }
        }
        guard let best, let closest = ranked.first(where: { $0.shelved.story == best.story }) else {
            return nil
        }
        let numbers = SimilarityNumbers(article, closest.weighted).values
        return Choice(
            story: best.story,
            evidence: PlacementEvidence(
                logOdds: best.fit,
                closest: closest.shelved.article,
                numbers: numbers
            )
        )
    }

    /// Leaves an article out, as if it were not there.
    mutating func forget(_ article: Int64) { members[article] = nil }

    /// How well the article fits a story; `nil` when nothing of it is known here.
    func fit(in story: Int64) -> Float? {
        let members = members(of: story)
        return members.isEmpty ? nil : fit(of: article, members)
    }

    /// The closest articles of other stories that fit better with the article than where they are.
    func movers(to story: Int64, limit: Int) -> [Member] {
        let target = members(of: story)
        return ranked.prefix(limit).filter { neighbour in
            guard neighbour.shelved.story != story, neighbour.logOdds > 0 else { return false }
            let rest = members(of: neighbour.shelved.story)
                .filter { $0.shelved.article != neighbour.shelved.article }
            let there = rest.isEmpty ? 0 : fit(of: neighbour.weighted, rest)
            var odds = target.map { model.logOdds(neighbour.weighted, $0.weighted) }
            odds.append(neighbour.logOdds)
            return Self.fit(odds) > there
        }
    }

    /// Notes that an article has moved.
    mutating func note(_ moved: Int64, movedTo story: Int64, _ episode: Int64) {
        guard let shelved = members[moved]?.shelved else { return }
        members[moved]?.shelved = ShelvedArticle(
            article: moved,
            story: story,
            episode: episode,
            features: shelved.features
        )
    }

    /// Another story whose articles belong, on average, to this one.
    func twin(of story: Int64, above threshold: Float) -> Int64? {
        let own = members(of: story)
        guard own.count > 1 else { return nil }
        return stories.first { other in
            let others = members(of: other)
            guard other != story, others.count > 1 else { return false }
            var sum: Float = 0
            for left in own {
                for right in others { sum += model.logOdds(left.weighted, right.weighted) }
            }
            return sum / Float(own.count * others.count) > threshold
        }
    }

    /// All articles, the closest first.
    private var ranked: [Member] {
        members.values.sorted {
            $0.logOdds == $1.logOdds
                ? $0.shelved.article < $1.shelved.article : $0.logOdds > $1.logOdds
        }
    }

    private var stories: [Int64] { Set(members.values.map(\.shelved.story)).sorted() }

    private func members(of story: Int64) -> [Member] {
        ranked.filter { $0.shelved.story == story }
    }

    private func fit(of article: WeightedArticle, _ members: [Member]) -> Float {
        Self.fit(members.map { model.logOdds(article, $0.weighted) })
    }

    private static func fit(_ odds: [Float]) -> Float {
        let mean = odds.reduce(0, +) / Float(odds.count)
        return mean + StoryKeeper.bestShare * ((odds.max() ?? mean) - mean)
    }
}
