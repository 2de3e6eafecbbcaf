import WirecopyEntities
import WirecopyMessages

/// A text with the names that readers found in it.
struct NameDocument: Sendable {
    /// A name: where it stands, and which types it may have; several when the corpus tells fewer
    /// types apart.
    struct Name: Equatable, Sendable {
        var range: TextRange
        var types: Set<Int>
    }

    let id: String
    /// Where it is from; several sources may share a corpus.
    var source: String
    var bytes: [UInt8]
    var names: [Name]
    /// Where the corpus does not say whether a part of a word is a name: "Kenya-based".
    var unknown: [TextRange] = []

    /// The names of the four types that all corpora tell apart.
    static let coarseNames = ["PER", "ORG", "LOC", "MISC"]

    /// The place's number among them.
    static let coarsePlace = 2

    /// Which of the four types a type belongs to.
    static func coarse(_ type: Int) -> Int {
        switch NameLabel.types[type] {
        case .person: 0
        case .organisation: 1
        case .politicalPlace, .place, .facility: coarsePlace
        case .group, .event, .product, .weapon, .work, .law, .other: 3
        }
    }
}
