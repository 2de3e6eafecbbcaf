/// Acronyms as the tagger is told of them: part of the trained table, so a change asks for training
/// again. The linker has its own, `Acronyms`.
enum AcronymFeatures {
    /// The acronyms that a long name can have: with and without its small words.
    static func acronyms(of range: Range<Int>, _ text: AnalysedText) -> [UInt64] {
        var short = WordHash.seed
        var full = WordHash.seed
        var letters = 0
        for token in text.tokens[range]
        where token.kind == .word && !token.shape.contains(.possessive) {
            let byte = WordHash.fold(text.bytes[token.start])
            full = WordHash.mix(full, byte)
            guard token.isCapitalised else { continue }
            short = WordHash.mix(short, byte)
            letters += 1
        }
        guard letters > 1 else { return [] }
        return short == full ? [short] : [short, full]
    }

    /// The hash of an acronym's letters without its periods.
    static func letters(of token: Token, _ text: AnalysedText) -> UInt64 {
        text.bytes[token.start..<token.end].reduce(WordHash.seed) { hash, byte in
            byte == UInt8(ascii: ".") ? hash : WordHash.mix(hash, WordHash.fold(byte))
        }
    }
}
