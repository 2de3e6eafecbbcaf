import WirecopyMessages

/// A text with its names, and the questions about its words that readers of values ask.
struct ValueText {
    let text: AnalysedText
    let names: LinkedNames

    /// Whether a token belongs to a name of which numbers are a part: "Boeing 737", "Article 50".
    func isNamed(_ token: Int) -> Bool {
        guard let span = names.spanIndex(atToken: token) else { return false }
        return Self.numbered.contains(names.spans[span].type)
    }

    /// Whether a token of any name stands here.
    func isInName(_ token: Int) -> Bool { names.spanIndex(atToken: token) != nil }

    /// Whether no white space stands before a token.
    func isJoined(_ token: Int) -> Bool { !text.tokens[token].shape.contains(.spaceBefore) }

    /// The folded hash of a token that is a word; 0 for others.
    func word(_ token: Int) -> UInt64 {
        text.tokens.indices.contains(token) && text.tokens[token].kind == .word
            ? text.tokens[token].folded : 0
    }

    /// Whether a token is a dash of any length.
    func isDash(_ token: Int) -> Bool {
        let token = text.tokens[token]
        return token.kind == .mark && Self.dashes.contains(token.folded)
    }

    /// Whether a word looks like a plural noun: "drones", "people", "Ukrainians".
    func isPlural(_ token: Int) -> Bool {
        let word = text.tokens[token]
        guard word.kind == .word, !word.shape.contains(.possessive) else { return false }
        if Self.plurals.contains(word) { return true }
        guard word.end - word.start > 3, text.bytes[word.end - 1] == UInt8(ascii: "s") else {
            return false
        }
        let before = text.bytes[word.end - 2]
        return before != UInt8(ascii: "s") && before != UInt8(ascii: "u")
            && before != UInt8(ascii: "i") && !Self.noPlurals.contains(word)
    }

    /// Whether a word ends like the past of a verb.
    func isPast(_ token: Int) -> Bool {
        let word = text.tokens[token]
        guard word.kind == .word, !word.isCapitalised, word.end - word.start > 3 else {
            return false
        }
        return text.bytes[word.end - 2] == UInt8(ascii: "e")
            && text.bytes[word.end - 1] == UInt8(ascii: "d") && !Self.noPast.contains(word)
    }

    /// Whether a word ends like a verb that goes on.
    func isParticiple(_ token: Int) -> Bool {
        let word = text.tokens[token]
        return word.kind == .word && !word.isCapitalised && word.end - word.start > 5
            && text.bytes[(word.end - 3)..<word.end].elementsEqual("ing".utf8)
    }

    /// Names that hold numbers; a day or a sum in another name is one.
    private static let numbered: Set<EntityType> = [
        .product, .law, .work, .weapon, .organisation, .facility, .event, .person, .other,
        .place, .politicalPlace,
    ]
    private static let dashes: Set<UInt64> = [
        0x2D, 0x2010, 0x2011, 0x2212, UInt64(Mark.enDash), UInt64(Mark.emDash),
    ]
    private static let plurals = WordSet(
        """
        people men women children police troops personnel staff aircraft cattle sheep fish species
        series media data teeth feet mice others policemen policewomen
        fishermen firefighters gunmen businessmen congressmen servicemen crew dogs offspring
        """
    )
    private static let noPlurals = WordSet(
        """
        this was has does its his as is us plus versus across yes always perhaps sometimes towards
        besides thus unless whereas says goes news politics means afterwards hours' overseas
        upwards downwards nowadays
        """
    )
    private static let noPast = WordSet("need indeed speed seed feed breed hundred red united")
}
