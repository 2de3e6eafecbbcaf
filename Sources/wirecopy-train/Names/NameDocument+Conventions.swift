import WirecopyEntities
import WirecopyMessages

/// Labels of other corpora brought to the conventions of the guide that our readers followed, so
/// that one corpus does not teach what another denies.
extension NameDocument {
    /// The document without labels of pronouns, and with "Larchford, Norway" as two places.
    var inOurConventions: NameDocument {
        var document = self
        document.names = names.flatMap { name in
            let words = bytes[name.range.start..<name.range.end]
            if Self.pronouns.contains(String(decoding: words, as: UTF8.self)) { return [Name]() }
            return isPlace(name) ? Self.pieces(name, words) : [name]
        }
        return document
    }

    /// Whether a title may be labelled as a person: "the Prime Minister".
    var takesTitlesForPersons: Bool { source.hasPrefix("re3d") }

    private static let pronouns: Set = [
        "I", "He", "She", "It", "We", "You", "They", "His", "Her", "Its", "Our", "Your", "Their",
    ]

    private func isPlace(_ name: Name) -> Bool {
        name.types.allSatisfy { Self.coarse($0) == Self.coarsePlace }
    }

    private static func pieces(_ name: Name, _ words: ArraySlice<UInt8>) -> [Name] {
        words.split(separator: UInt8(ascii: ",")).compactMap { piece in
            guard let start = piece.firstIndex(where: { $0 != 0x20 }),
                let last = piece.lastIndex(where: { $0 != 0x20 })
            else { return nil }
            return Name(range: TextRange(start, last + 1), types: name.types)
        }
    }
}
