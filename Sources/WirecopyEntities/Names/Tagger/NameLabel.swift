package import WirecopyMessages

/// What a token is in a name: outside, the beginning of a name of some type, or inside one.
///
/// Labels are numbers: 0 is outside, then for each type its beginning and its inside.
package enum NameLabel {
    /// Outside of all names.
    package static let outside = 0
    /// The types in the order of their labels; a trained table depends on it.
    package static let types: [EntityType] = [
        .person, .organisation, .politicalPlace, .place, .facility, .group, .event, .product,
        .weapon, .work, .law, .other,
    ]
    /// Number of labels.
    package static let count = 1 + 2 * types.count

    /// The label of a name's first token.
    package static func begin(_ type: Int) -> Int { 1 + 2 * type }
    /// The label of a name's later tokens.
    package static func inside(_ type: Int) -> Int { 2 + 2 * type }
    /// Index of the type, or -1 outside.
    package static func type(_ label: Int) -> Int { label == outside ? -1 : (label - 1) / 2 }
    /// Whether the label goes on with the name of the token before.
    package static func isInside(_ label: Int) -> Bool { label > 0 && label % 2 == 0 }

    /// The names that a row of labels tells, as ranges of its indices.
    ///
    /// An inside label that follows nothing of its type begins a name.
    package static func spans(_ labels: some Collection<UInt8>) -> [(Range<Int>, type: Int)] {
        var spans: [(Range<Int>, type: Int)] = []
        var start = 0
        var open = -1
        for (index, label) in labels.enumerated() {
            let type = type(Int(label))
            if open >= 0, !isInside(Int(label)) || type != open {
                spans.append((start..<index, open))
                open = -1
            }
            if type >= 0, open < 0 { (start, open) = (index, type) }
        }
        if open >= 0 { spans.append((start..<labels.count, open)) }
        return spans
    }
}
