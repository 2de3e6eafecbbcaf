/// Gathers words with their places, as the text of a `tsvector`.
struct WordVector {
    /// Words that are indexed of one row; long articles have a few thousand. Keeps a vector well
    /// below the megabyte that PostgreSQL allows.
    static let wordsMax = 50_000
    /// Places that PostgreSQL keeps of one word.
    private static let placesMax = 255
    /// The last place that PostgreSQL tells from later ones.
    private static let placeMax = 16_383
    /// Words of different columns do not stand in a row.
    private static let gap = 2

    private var places: [String: [String]] = [:]
    private var count = 0
    private var next = 1

    /// The words of a row with the weights of their columns.
    init(of text: IndexedText) {
        switch text {
        case .article(let title, let text, let authors):
            if let title { add(title, weight: "A") }
            add(text, weight: "")
            add(authors, weight: "B")
        case .statement(let context, let speaker):
            add(context, weight: "")
            add(speaker, weight: "A")
        case .entity(let name): add(name, weight: "")
        }
    }

    /// Adds the words of a column.
    private mutating func add(_ text: String, weight: String) {
        for word in FoldedWords.of(text).prefix(Self.wordsMax - count) {
            count += 1
            if places[word.folded, default: []].count < Self.placesMax {
                places[word.folded, default: []].append("\(min(next, Self.placeMax))\(weight)")
            }
            next += 1
        }
        next += Self.gap
    }

    /// The vector; folded words have nothing to escape.
    var text: String {
        places.map { "'\($0.key)':" + $0.value.joined(separator: ",") }.joined(separator: " ")
    }
}
