import WirecopyMessages

/// Where an article has its words: each sighting a number, made to be sorted.
///
/// Sorted, the sightings of a word lie side by side, and the words come out in order. A dictionary
/// that counts takes twice as long, and its words are sorted in the end, too.
struct WordSightings {
    /// The key above, then what was seen, then a number of times.
    private var sightings: [UInt64] = []

    private enum Kind: UInt64 { case beginning, text, name, headline }
    private static let timesBits: UInt64 = 8
    private static let keyBits: UInt64 = 32

    /// Expects so many sightings.
    init(capacity: Int) { sightings.reserveCapacity(capacity) }

    /// Sees a word in the text.
    mutating func addText(_ key: UInt32, isBeginning: Bool) {
        add(key, isBeginning ? .beginning : .text, times: 1)
    }

    /// Sees a word in the name of something that the text names; more than 255 times say no more.
    mutating func addName(_ key: UInt32, times: Int) {
        add(key, .name, times: UInt64(UInt8(clamping: times)))
    }

    /// Sees a word in the headline.
    mutating func addHeadline(_ key: UInt32) { add(key, .headline, times: 1) }

    private mutating func add(_ key: UInt32, _ kind: Kind, times: UInt64) {
        let seen = kind.rawValue << Self.timesBits | times
        sightings.append(UInt64(key) << Self.keyBits | seen)
    }

    /// All words that were seen, by key.
    consuming func words() -> [ArticleFeatures.Word] {
        sightings.sortHashes()
        var words: [ArticleFeatures.Word] = []
        words.reserveCapacity(sightings.count)
        var index = 0
        while index < sightings.count {
            let key = sightings[index] >> Self.keyBits
            var tally = Tally()
            while index < sightings.count, sightings[index] >> Self.keyBits == key {
                tally.add(sightings[index])
                index += 1
            }
            words.append(tally.word(UInt32(key)))
        }
        return words
    }
}

extension WordSightings {
    /// What was seen of one word.
    private struct Tally {
        private var (beginnings, texts, names, headlines) = (0, 0, 0, 0)

        /// Occurrences that one in the headline stands for.
        private static let headlineShare = 3

        mutating func add(_ sighting: UInt64) {
            let times = Int(UInt8(truncatingIfNeeded: sighting))
            switch Kind(rawValue: sighting >> timesBits & 3) {
            case .beginning: beginnings += times
            case .text: texts += times
            case .name: names += times
            case .headline: headlines += times
            case nil: break
            }
        }

        /// The word; a name that the text writes in other words counts as if it had it once.
        func word(_ key: UInt32) -> ArticleFeatures.Word {
            let read = texts + beginnings + min(beginnings, 1)
            let count = max(read, min(names, 1)) + headlines * Self.headlineShare
            let salience = names == 0 ? 0 : names + headlines * (Self.headlineShare - 1)
            return ArticleFeatures.Word(
                key: key,
                count: UInt8(clamping: count),
                salience: UInt8(clamping: salience),
                isLeading: beginnings + headlines > 0
            )
        }
    }
}
