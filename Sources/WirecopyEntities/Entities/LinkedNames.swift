import WirecopyMessages

/// The names of an article with the entities that they refer to.
struct LinkedNames {
    /// The spans, in the text's order.
    var spans: [NameSpan] = []
    /// For each span the index of its entity.
    var entityOfSpan: [Int] = []
    /// The entities, in the order of their first mention.
    var entities: [Entity] = []
    /// For each entity the folded hashes of the words of its titles: "minister", "secretary".
    var titleWords: [Set<UInt64>] = []

    /// Index of the span that holds a token; nil when none does.
    func spanIndex(atToken token: Int) -> Int? {
        var (low, high) = (0, spans.count)
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].tokens.upperBound <= token { low = middle + 1 } else { high = middle }
        }
        return low < spans.count && spans[low].tokens.contains(token) ? low : nil
    }

    /// Index of the first span that begins at or behind a token.
    func firstSpanIndex(fromToken token: Int) -> Int {
        var (low, high) = (0, spans.count)
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].tokens.lowerBound < token { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
