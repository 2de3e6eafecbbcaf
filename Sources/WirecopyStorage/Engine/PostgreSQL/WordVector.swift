/// Gathers words with their places, as a `tsvector`.
struct WordVector {
    /// Words that are indexed of one row; long articles have a few thousand. Keeps a vector well
    /// below the megabyte that PostgreSQL allows.
    static let wordsMax = 50_000
    /// Places that PostgreSQL keeps of one word.
    private static let placesMax = 255
    /// The last place that PostgreSQL tells from later ones.
    private static let placeMax: UInt16 = 16_383
    /// Words of different columns do not stand in a row.
    private static let gap = 2

    /// What a column's words count for in ranking.
    private enum Weight: UInt16 {
        case text, authors = 2, title

        static let speaker = title

        var letter: String {
            switch self {
            case .text: ""
            case .authors: "B"
            case .title: "A"
            }
        }
    }

    /// A place as PostgreSQL keeps it: the weight in the two highest bits.
    private struct Place {
        var bits: UInt16

        init(_ number: UInt16, _ weight: Weight) { bits = number | weight.rawValue << 14 }

        var number: UInt16 { bits & placeMax }
        var weight: Weight { Weight(rawValue: bits >> 14) ?? .text }
    }

    private var places: [String: [Place]] = [:]
    private var count = 0
    private var next = 1

    /// The words of a row with the weights of their columns.
    init(of text: IndexedText) {
        switch text {
        case .article(let title, let text, let authors):
            if let title { add(title, .title) }
            add(text, .text)
            add(authors, .authors)
        case .statement(let context, let speaker):
            add(context, .text)
            add(speaker, .speaker)
        case .entity(let name): add(name, .text)
        }
    }

    /// Adds the words of a column.
    private mutating func add(_ text: String, _ weight: Weight) {
        for word in FoldedWords.of(text).prefix(Self.wordsMax - count) {
            count += 1
            let place = Place(UInt16(clamping: min(next, Int(Self.placeMax))), weight)
            Self.enter(place, into: &places[word.folded, default: []])
            next += 1
        }
        next += Self.gap
    }

    /// Places are distinct and ascend; of those that are one, the greatest weight counts.
    private static func enter(_ place: Place, into places: inout [Place]) {
        if let last = places.last, last.number == place.number {
            places[places.count - 1].bits = max(last.bits, place.bits)
        } else if places.count < placesMax {
            places.append(place)
        }
    }

    /// The vector as text; folded words have nothing to escape.
    var text: String {
        places.map { word, places in
            let list = places.map { "\($0.number)\($0.weight.letter)" }
            return "'\(word)':" + list.joined(separator: ",")
        }
        .joined(separator: " ")
    }

    /// The vector in the server's binary format, as `tsvectorrecv` in its `tsvector.c` reads it:
    /// the number of words, and of each its bytes, a zero, and its places.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4 + 16 * places.count)
        let count = UInt32(clamping: places.count)
        bytes.add(UInt16(truncatingIfNeeded: count >> 16))
        bytes.add(UInt16(truncatingIfNeeded: count))
        for (word, places) in places {
            bytes += word.utf8
            bytes.append(0)
            bytes.add(UInt16(clamping: places.count))
            for place in places { bytes.add(place.bits) }
        }
        return bytes
    }
}

extension [UInt8] {
    /// Adds a number, its higher byte first.
    fileprivate mutating func add(_ number: UInt16) {
        append(UInt8(number >> 8))
        append(UInt8(truncatingIfNeeded: number))
    }
}
