/// Articles that were weighed lately, so that those in the news are not read and weighed for each
/// article that comes.
///
/// Words weigh what they weighed then; that changes by little over the few thousand articles that
/// one stays. When the young half is full it becomes the old one, whose articles are forgotten
/// unless they are asked for (a clock of two generations).
struct WeightedArticles: Sendable {
    /// Articles of one generation: with 3 kB each, 48 MB in all. A day of a large store has a
    /// thousand articles, and most of those that are compared are of the same week.
    static let generationMax = 8192

    private var young: [Int64: WeightedArticle] = [:]
    private var old: [Int64: WeightedArticle] = [:]

    /// The article as it was weighed; `nil` when that is forgotten.
    mutating func article(_ number: Int64) -> WeightedArticle? {
        if let found = young[number] { return found }
        guard let found = old[number] else { return nil }
        keep(number, found)
        return found
    }

    /// Forgets all articles, when they may be others than before.
    mutating func forgetAll() {
        (young, old) = ([:], [:])
    }

    /// Keeps an article that was just weighed.
    mutating func keep(_ number: Int64, _ article: WeightedArticle) {
        if young.count >= Self.generationMax { (old, young) = (young, [:]) }
        young[number] = article
    }
}
