/// Precision and recall of clusters, article by article: A. Bagga and B. Baldwin, "Entity-based
/// cross-document coreferencing using the vector space model", 1998.
struct BCubed {
    private var precisionSum = 0.0
    private var recallSum = 0.0
    private var count = 0.0

    init() {}

    /// Compares the clusters that were found with those that readers made.
    init(gold: [String], found: [Int64]) {
        for one in gold.indices {
            let same = gold.indices.filter { found[$0] == found[one] }
            let right = same.filter { gold[$0] == gold[one] }
            let whole = gold.count(where: { $0 == gold[one] })
            precisionSum += Double(right.count) / Double(same.count)
            recallSum += Double(right.count) / Double(whole)
        }
        count = Double(gold.count)
    }

    static func + (left: BCubed, right: BCubed) -> BCubed {
        var sum = left
        sum.precisionSum += right.precisionSum
        sum.recallSum += right.recallSum
        sum.count += right.count
        return sum
    }

    /// Precision, recall and their harmonic mean, in words.
    var summary: String {
        let (precision, recall) = (precisionSum / count, recallSum / count)
        let both = 2 * precision * recall / (precision + recall)
        return [("P", precision), ("R", recall), ("F1", both)]
            .map { "\($0) \(($1 * 1000).rounded() / 1000)" }.joined(separator: "  ")
    }
}
