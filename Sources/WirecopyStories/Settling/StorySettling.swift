/// Puts the articles of a scene into stories, all at once and whatever they are in by now.
///
/// Two steps: clusters by average linkage with a high border are the cores of stories, with few
/// strangers among them; then each article goes where it fits best, with a lower border, until
/// nothing changes. Cores alone leave out what tells of the edge of a story; fitting alone never
/// gets rid of the strangers that came before their own story did.
struct StorySettling {
    /// Mean log-odds within the core of a story.
    private static let coreLogOdds: Float = 1
    /// Times that each article is looked at again; seldom more than one changes anything.
    private static let passesMax = 3

    private let odds: OddsMatrix
    private var labels: [Int]

    /// The story of each article: numbers without a meaning, below the count of articles.
    static func labels(_ odds: OddsMatrix) -> [Int] {
        var settling = StorySettling(
            odds: odds,
            labels: AverageLinkage.labels(odds, above: coreLogOdds)
        )
        for _ in 0..<passesMax {
            guard settling.improve() else { break }
        }
        return settling.labels
    }

    /// - Returns: whether an article went elsewhere.
    private mutating func improve() -> Bool {
        var hasChanged = false
        for article in labels.indices {
            let best = bestLabel(of: article)
            guard best != labels[article] else { continue }
            labels[article] = best
            hasChanged = true
        }
        return hasChanged
    }

    /// Where an article fits best; a story of its own when it fits nowhere.
    private func bestLabel(of article: Int) -> Int {
        var sizes = [Int](repeating: 0, count: labels.count)
        for other in labels.indices where other != article { sizes[labels[other]] += 1 }
        var (best, found) = (Float(0), Int?.none)
        for label in labels.indices where sizes[label] > 0 {
            guard let fit = fit(of: article, in: label), fit > best else { continue }
            (best, found) = (fit, label)
        }
        if let found { return found }
        return sizes[labels[article]] == 0
            ? labels[article] : sizes.firstIndex(of: 0) ?? labels[article]
    }

    /// How well an article fits a story without itself.
    private func fit(of article: Int, in label: Int) -> Float? {
        StoryFit.of(
            labels.indices.lazy.filter { $0 != article && labels[$0] == label }
                .map { odds[article, $0] }
        )
    }
}
