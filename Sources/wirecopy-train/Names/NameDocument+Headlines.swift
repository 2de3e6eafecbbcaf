import WirecopyMessages

/// Sentences as headlines are set: few corpora have any, and agencies shout.
extension NameDocument {
    /// Of every so many documents one lends its first line, in capitals or with a capital for each
    /// word. More of them cost more elsewhere than they bring.
    private static let takenEvery = 4

    /// The headlines that are learned from beside the documents.
    static func headlines(from documents: [NameDocument]) -> [NameDocument] {
        documents.enumerated().compactMap { index, document in
            switch index % (2 * takenEvery) {
            case 0: document.firstLine.inCapitals
            case takenEvery: document.firstLine.withCapitalWords
            default: nil
            }
        }
    }

    private var firstLine: NameDocument {
        var document = self
        document.bytes = Array(bytes.prefix { $0 != UInt8(ascii: "\n") })
        let end = document.bytes.count
        document.names.removeAll { $0.range.end > end }
        document.unknown.removeAll { $0.end > end }
        return document
    }

    /// The text in capitals; other letters than those of ASCII stay, and so do all bounds.
    private var inCapitals: NameDocument {
        var document = self
        document.bytes = bytes.map(Self.capital)
        return document
    }

    /// The text with a capital for each word.
    private var withCapitalWords: NameDocument {
        var document = self
        var previous = UInt8(ascii: " ")
        for (index, byte) in bytes.enumerated() {
            if previous <= UInt8(ascii: " ") { document.bytes[index] = Self.capital(byte) }
            previous = byte
        }
        return document
    }

    private static func capital(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte ? byte & 0xDF : byte
    }
}
