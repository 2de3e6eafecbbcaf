/// The words of a line as far as they tell what it is about.
///
/// Beginnings of words of some length stand for words: five ASCII letters or four of two bytes, so
/// that `rises` meets `rise` and most other inflections.
enum LineStems {
    /// Hashes of the stems of a line, without doubles.
    static func stems(of line: FoldedLine) -> Set<UInt64> {
        var stems: Set<UInt64> = []
        for word in WordWeights.words(of: line) where word.count >= wordBytesMin {
            guard !commonWords.contains(WordHash(of: word).value) else { continue }
            for stem in cut(word) { stems.insert(WordHash(of: stem).value) }
        }
        return stems
    }

    /// Chinese and Japanese words stand together: each pair of characters is one.
    private static func cut(_ word: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        if let first = word.first, 0xE3...0xE9 ~= first, word.count >= 6 {
            let starts = stride(from: word.startIndex, through: word.endIndex - 6, by: 3)
            return starts.map { word[$0..<($0 + 6)] }
        }
        let isASCII = word.prefix(stemBytes).allSatisfy { $0 < 0x80 }
        return [word.prefix(isASCII ? stemBytes : wideStemBytes)]
    }

    /// Words of four letters and more that any two texts of a language share: the commonest of
    /// English, German, French, Spanish, Italian, Portuguese and Dutch.
    private static let commonWords = Set(
        """
        about after again also always another because been before being best could does down \
        ever every first from have here into just know like make many more most much never only \
        other over said says should some still such than that their them then there these they \
        this those time under very want were what when where which while will with would year \
        years your aber alle auch beim dass dein dem diese durch eine einem einen einer haben \
        hatte hier ihre kann mehr mich nach nicht noch oder sein sich sind über unter viel vom \
        wenn werden wird wurde zwischen avec cette comme dans elle fait leur mais même nous pour \
        plus sans sont sous tous tout tres vous ahora como cuando desde donde durante ella entre \
        esta este hace hasta para pero porque sobre también tiene todo alla anche come dalla \
        delle della dello dopo essere hanno nella perché quando questa questo sono ainda mais \
        muito não pela pelo quem seja seus também andere bij daar deze door haar heeft hebben \
        hoe maar meer naar niet ook onze over tegen voor waar werd wordt zijn zich
        """.split(separator: " ").map { WordHash(of: $0.utf8).value }
    )

    private static let wordBytesMin = 4
    private static let stemBytes = 5
    private static let wideStemBytes = 8
}
