/// An article with its words laid out to be met by those of many others.
///
/// A table with linear probing, a 25th full: most words of another article find an empty place at
/// once. Two ascending lists that are gone through together take three times as long, since the
/// processor cannot foresee which of them goes on.
struct WordLookup {
    let article: WeightedArticle
    /// Numbers of words, counted from 1; 0 where there is none.
    private var places: [UInt8]

    /// A power of 2 far above the words of an article.
    private static let size = 4096

    /// Lays out the words of an article.
    init(_ article: WeightedArticle) {
        precondition(ArticleFeatures.wordsMax < UInt8.max, "The number of a word is a byte.")
        self.article = article
        places = [UInt8](repeating: 0, count: Self.size)
        for (index, key) in article.wordKeys.enumerated() {
            var place = Int(key) & (Self.size - 1)
            while places[place] != 0 { place = (place + 1) & (Self.size - 1) }
            places[place] = UInt8(index + 1)
        }
    }

    /// What the words have in common with those of another article.
    func shared(with other: WeightedArticle) -> SharedWords {
        var shared = SharedWords()
        // Arrays first: a span of a class's property would outlive the access to it.
        let (ownKeys, otherKeys) = (article.wordKeys, other.wordKeys)
        let (ownWords, otherWords) = (article.features.words, other.features.words)
        let (ownRarities, otherRarities) = (article.rarities, other.rarities)
        let logarithms = WeightedArticle.logarithms
        let (own, others, places) = (ownKeys.span, otherKeys.span, places.span)
        for index in others.indices {
            let key = others[index]
            var place = Int(key) & (Self.size - 1)
            while places[place] != 0 {
                let found = Int(places[place]) - 1
                guard own[found] == key else {
                    place = (place + 1) & (Self.size - 1)
                    continue
                }
                shared.meet(
                    (ownWords[found], ownRarities[found]),
                    (otherWords[index], otherRarities[index]),
                    logarithms.span
                )
                break
            }
        }
        shared.scale(article.scales, other.scales)
        return shared
    }
}

/// Cosines over the words that two articles share, and how rare the rarest of these are.
struct SharedWords {
    var words: Float = 0
    var names: Float = 0
    var lead: Float = 0
    var rarest = RarestWords()

    /// Takes in a word that both have, as each has it, and how rare it was when each was weighed.
    fileprivate mutating func meet(
        _ left: (word: ArticleFeatures.Word, rarity: Float),
        _ right: (word: ArticleFeatures.Word, rarity: Float),
        _ logarithms: Span<Float>
    ) {
        let (a, b) = (left.word, right.word)
        let product = left.rarity * right.rarity
        words += logarithms[Int(a.count)] * logarithms[Int(b.count)] * product
        names += logarithms[Int(a.salience)] * logarithms[Int(b.salience)] * product
        lead += a.isLeading && b.isLeading ? product : 0
        rarest.meet(left.rarity)
    }

    fileprivate mutating func scale(
        _ left: WeightedArticle.Scales,
        _ right: WeightedArticle.Scales
    ) {
        words *= left.words * right.words
        names *= left.names * right.names
        lead *= left.lead * right.lead
    }
}

/// How rare the four rarest of some words are: one rare word may be anybody's, four are a story's.
struct RarestWords {
    /// Descending.
    private var rarities = SIMD4<Float>(repeating: 0)

    var sum: Float { rarities.sum() }

    /// Takes in the rarity of a word.
    mutating func meet(_ rarity: Float) {
        guard rarity > rarities[3] else { return }
        rarities[3] = rarity
        for place in [2, 1, 0] where rarities[place] < rarities[place + 1] {
            (rarities[place], rarities[place + 1]) = (rarities[place + 1], rarities[place])
        }
    }
}
