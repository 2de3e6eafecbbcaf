/// Clusters by average linkage (Sokal and Michener 1958): the two clusters whose articles have the
/// highest mean log-odds become one, as long as that is above a border.
///
/// The "generic algorithm" of D. Müllner, "Modern hierarchical, agglomerative clustering
/// algorithms", 2011: each cluster remembers its nearest one. Time grows with the square of the
/// articles, as long as few clusters have the same nearest one.
struct AverageLinkage {
    /// Sums of log-odds between clusters, by the lowest of their articles.
    private var sums: OddsMatrix
    private var sizes: [Float]
    /// The nearest cluster of each; `nil` for one that is part of another or has none near.
    private var nearest: [Int?]
    /// The cluster of each article, by its lowest one.
    private var labels: [Int]
    private let border: Float

    /// The cluster of each article, named by the lowest article in it.
    static func labels(_ odds: OddsMatrix, above border: Float) -> [Int] {
        var linkage = AverageLinkage(odds, border)
        while linkage.joinNearest() {}
        return linkage.labels
    }

    private init(_ odds: OddsMatrix, _ border: Float) {
        sums = odds
        sizes = [Float](repeating: 1, count: odds.count)
        nearest = [Int?](repeating: nil, count: odds.count)
        labels = Array(0..<odds.count)
        self.border = border
        for row in labels { nearest[row] = nearestOne(to: row) }
    }

    private func mean(_ left: Int, _ right: Int) -> Float {
        sums[left, right] / (sizes[left] * sizes[right])
    }

    private func nearestOne(to row: Int) -> Int? {
        var (best, found) = (border, Int?.none)
        for other in 0..<sums.count where other != row && labels[other] == other {
            let mean = mean(row, other)
            if mean > best { (best, found) = (mean, other) }
        }
        return found
    }

    /// - Returns: whether there were two clusters to join.
    private mutating func joinNearest() -> Bool {
        var (best, pair) = (border, (0, 0))
        for row in nearest.indices {
            guard let other = nearest[row], mean(row, other) > best else { continue }
            (best, pair) = (mean(row, other), (min(row, other), max(row, other)))
        }
        guard pair.0 != pair.1 else { return false }
        join(pair.1, to: pair.0)
        return true
    }

    private mutating func join(_ part: Int, to whole: Int) {
        for index in labels.indices where labels[index] == part { labels[index] = whole }
        for other in labels.indices where other != whole && labels[other] == other {
            sums[whole, other] += sums[part, other]
        }
        sizes[whole] += sizes[part]
        nearest[part] = nil
        for other in labels.indices where labels[other] == other {
            if other == whole || nearest[other] == whole || nearest[other] == part {
                nearest[other] = nearestOne(to: other)
            } else if mean(other, whole) > nearest[other].map({ mean(other, $0) }) ?? border {
                nearest[other] = whole
            }
        }
    }
}
