/// Log-odds of pairs that were compared lately: a scene has hundreds of pairs, and all but those
/// of the new article were in scenes before.
///
/// A direct-mapped cache: a pair takes the place of another one with the same hash.
struct PairOdds: Sendable {
    /// Pairs that are remembered: 6 MB.
    private static let pairsMax = 1 << pairsBits
    private static let pairsBits = 19

    /// Which pair is in a place; 0 for none.
    private var pairs = [UInt64](repeating: 0, count: pairsMax)
    private var odds = [Float](repeating: 0, count: pairsMax)

    /// The log-odds of two articles, remembered or else given by `compare`.
    mutating func logOdds(
        _ left: WeightedArticle,
        _ right: WeightedArticle,
        _ compare: () -> Float
    ) -> Float {
        let (low, high) = (min(left.serial, right.serial), max(left.serial, right.serial))
        let pair = UInt64(high) << 32 | UInt64(low)
        let place = Int((pair &* 0x9E37_79B9_7F4A_7C15) >> (64 - Self.pairsBits))
        if pairs[place] == pair { return odds[place] }
        let found = compare()
        (pairs[place], odds[place]) = (pair, found)
        return found
    }
}
