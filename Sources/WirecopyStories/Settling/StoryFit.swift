/// How well an article fits a story, from its log-odds with the story's articles.
enum StoryFit {
    /// The fit is the mean over so many articles, or over the closest half of them when there are
    /// more: what happens late or at the edge of a long story resembles a part of it. With all of
    /// them a fifth of a story of 26 articles fell off, with fewer strangers came in.
    private static let articlesMin = 10
    /// The best of these articles counts for this part beside the mean: an article need not be
    /// like all others when one of them clearly tells the same.
    private static let bestShare: Float = 0.4

    /// The fit; `nil` without any article.
    static func of(_ odds: some Sequence<Float>) -> Float? {
        var (count, sum, best) = (0, Float(0), -Float.infinity)
        for one in odds {
            count += 1
            sum += one
            best = max(best, one)
        }
        guard count > 0 else { return nil }
        if count > articlesMin {
            let closest = odds.sorted(by: >).prefix(max(articlesMin, (count + 1) / 2))
            (count, sum) = (closest.count, closest.reduce(0, +))
        }
        let mean = sum / Float(count)
        return mean + bestShare * (best - mean)
    }
}
