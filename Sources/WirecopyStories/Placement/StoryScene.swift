/// The stories around one article: a small part of the shelf, in memory.
struct StoryScene {
    /// An article of the scene.
    struct Member {
        let shelved: ShelvedArticle
        let weighted: WeightedArticle
    }

    /// The article around which the scene is.
    let subject: WeightedArticle
    /// Where that is by now; `nil` for one that is nowhere yet.
    let place: ShelvedArticle?
    /// The other articles.
    private(set) var members: [Member] = []
    private var known: Set<Int64>

    /// Makes a scene of one article.
    init(_ subject: WeightedArticle, at place: ShelvedArticle?) {
        self.subject = subject
        self.place = place
        known = place.map { [$0.article] } ?? []
    }

    /// Whether an article is in the scene.
    func has(_ article: Int64) -> Bool { known.contains(article) }

    /// Whether a story is in the scene.
    func hasStory(_ story: Int64) -> Bool { members.contains { $0.shelved.story == story } }

    /// Where each article is, the subject last.
    var places: [ShelvedArticle?] { members.map(\.shelved) + [place] }

    /// All articles, the subject last.
    var articles: [WeightedArticle] { members.map(\.weighted) + [subject] }

    /// Takes in an article, once.
    mutating func meet(_ shelved: ShelvedArticle, _ weighted: WeightedArticle) {
        guard known.insert(shelved.article).inserted else { return }
        members.append(Member(shelved: shelved, weighted: weighted))
    }

    /// All log-odds; the subject is the last one.
    func odds(_ model: StoryModel, _ pairs: inout PairOdds) -> OddsMatrix {
        let articles = articles
        var odds = OddsMatrix(count: articles.count)
        for left in articles.indices {
            // Laid out when the first pair of it is met that nobody remembers.
            var lookup: WordLookup?
            for right in articles.indices[(left + 1)...] {
                odds[left, right] = pairs.logOdds(articles[left], articles[right]) {
                    let own = lookup ?? WordLookup(articles[left])
                    lookup = own
                    return model.logOdds(own, articles[right])
                }
            }
        }
        return odds
    }

    /// Why the subject is with some members; `nil` when there are none.
    func evidence(_ others: [Int], _ odds: OddsMatrix) -> PlacementEvidence? {
        let last = members.count
        guard let fit = StoryFit.of(others.lazy.map { odds[last, $0] }),
            let closest = others.max(by: { odds[last, $0] < odds[last, $1] })
        else { return nil }
        return PlacementEvidence(
            logOdds: fit,
            closest: members[closest].shelved.article,
            numbers: SimilarityNumbers(subject, members[closest].weighted).values
        )
    }
}
