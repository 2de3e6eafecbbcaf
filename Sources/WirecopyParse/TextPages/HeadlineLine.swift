import WirecopyMessages

/// Finds where the text of a text page begins, and which line above it is the headline.
///
/// A copied page may begin with a hundred lines of menus, offers and other headlines. The text is
/// the stretch with most prose; its headline stands above it and shares words with it.
struct HeadlineLine {
    private let lines: [TextLine]
    /// Index of the first line of the text; the number of lines when there is none.
    let textStart: Int

    /// Looks at all lines of a page.
    init(_ lines: [TextLine]) {
        self.lines = lines
        textStart = Self.start(of: lines)
    }

    /// The start of the stretch whose prose outweighs its other lines most (Kadane's algorithm).
    private static func start(of lines: [TextLine]) -> Int {
        var (best, bestStart) = (0, lines.count)
        var (sum, start) = (0, 0)
        for (index, line) in lines.enumerated() {
            if sum <= 0 { (sum, start) = (0, index) }
            sum += line.isProse ? line.form.bytes : -scrapBytes
            if sum > best { (best, bestStart) = (sum, start) }
        }
        return lines[bestStart...].firstIndex(where: \.isProse) ?? lines.count
    }

    /// What a line that is no prose takes away: five menu entries outweigh a sentence.
    private static let scrapBytes = 40

    // MARK: - Headline

    /// The index of the headline; `nil` when no line can be one.
    var index: Int? {
        let near = max(0, textStart - Self.headLines)..<textStart
        let candidates = lines.indices[near].filter { Self.canBe(lines[$0]) }
        let words = bodyWords
        let scores = candidates.map { score(of: $0, words) }
        guard let best = scores.indices.max(by: { scores[$0] < scores[$1] }) else { return nil }
        let isChance = scores[best] < Self.scoreMin || sharesOneWordAlone(candidates[best], words)
        if isChance { return plainIndex }
        // A standfirst shares more words with the text than the headline above it.
        var chosen = best
        while chosen > 0, candidates[chosen] - candidates[chosen - 1] <= Self.standfirstLines,
            scores[chosen - 1] >= scores[best] * Self.nearlyAsGood,
            lines[candidates[chosen - 1]].form.words > Self.shortWordsMin
        {
            chosen -= 1
        }
        return candidates[chosen]
    }

    /// Where no line shares words with the text: the first of five words or more, else of three, on
    /// a page with a short head; with a long one it would be a menu's.
    private var plainIndex: Int? {
        guard textStart <= Self.shortHeadLines else { return nil }
        let candidates = lines.indices.prefix(textStart).filter { Self.canBe(lines[$0]) }
        return candidates.first { lines[$0].form.words >= Self.wordsMin }
            ?? candidates.first { lines[$0].form.words >= Self.shortWordsMin }
    }

    /// Some words, no full stop, and nothing that makes it a caption, an appeal or a label.
    private static func canBe(_ line: TextLine) -> Bool {
        guard line.ownLabel == nil, bytes.contains(line.form.bytes),
            line.form.words >= shortWordsMin || line.form.bytes >= line.form.words * denseBytes
        else { return false }
        let isQuestion =
            line.text.utf8.last == UInt8(ascii: "?")
            || line.text.utf8.last == UInt8(ascii: "!")
        let isSentence = line.form.endsSentence && !isQuestion
        return !isSentence && !line.form.endsWithColon && line.form.innerSentences <= 1
    }

    /// The share of a line's words that the text has too, less what stands between them.
    private func score(of index: Int, _ bodyWords: Set<[UInt8]>) -> Double {
        let words = Self.words(of: lines[index])
        guard !words.isEmpty else { return 0 }
        let shared = words.count { bodyWords.contains($0) }
        guard shared > 0 else { return 0 }
        let share = Double(shared) / Double(words.count)
        let distance = Double(min(textStart - index, Self.headLines)) / Double(Self.headLines)
        let isHeadOfByline = standsAboveByline(index)
        return 3 * share + 0.3 * Double(min(shared, 4)) - distance
            + (isHeadOfByline ? 0.6 : 0)
            + (lines[index].form.words >= Self.wordsMin ? 0.4 : 0)
    }

    private func standsAboveByline(_ index: Int) -> Bool {
        lines[(index + 1)..<textStart].prefix(Self.bylineLines)
            .contains { $0.ownLabel == .byline || $0.ownLabel == .date }
    }

    private func sharesOneWordAlone(_ index: Int, _ bodyWords: Set<[UInt8]>) -> Bool {
        let words = Self.words(of: lines[index])
        return words.count > 1 && !standsAboveByline(index)
            && words.count { bodyWords.contains($0) } < 2
    }

    /// Words of the first paragraphs of the text.
    private var bodyWords: Set<[UInt8]> {
        let prose = lines[textStart...].lazy.filter(\.isProse).prefix(Self.paragraphs)
        return Set(prose.flatMap { Self.words(of: $0) })
    }

    /// The beginnings of words of some length: five ASCII letters or four of two bytes, so that
    /// `rises` meets `rise` and most other inflections.
    private static func words(of line: TextLine) -> [[UInt8]] {
        line.folded.bytes.split { !$0.isLetter && !$0.isDigit }.lazy
            .filter { $0.count >= wordBytesMin && !commonWords.contains(Array($0)) }
            .flatMap(stems)
    }

    /// Chinese and Japanese words stand together: each pair of characters is one.
    private static func stems(of word: ArraySlice<UInt8>) -> [[UInt8]] {
        if let first = word.first, 0xE3...0xE9 ~= first {
            let starts = stride(from: word.startIndex, through: word.endIndex - 6, by: 3)
            return starts.map { Array(word[$0..<($0 + 6)]) }
        }
        let isASCII = word.prefix(stemBytes).allSatisfy { $0 < 0x80 }
        return [Array(word.prefix(isASCII ? stemBytes : wideStemBytes))]
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
        """.split(separator: " ").map { Array($0.utf8) }
    )

    private static let headLines = 60
    private static let shortHeadLines = 14
    private static let standfirstLines = 3
    private static let bylineLines = 8
    private static let paragraphs = 20
    private static let wordBytesMin = 4
    private static let stemBytes = 5
    private static let wideStemBytes = 8
    private static let wordsMin = 5
    private static let shortWordsMin = 3
    /// Bytes of a word in scripts that write without spaces.
    private static let denseBytes = 15
    /// Two words of six, or one of six beside a byline; one word alone is chance.
    private static let scoreMin = 1.5
    private static let nearlyAsGood = 0.4
    /// Headlines have about 30 to 150 bytes; in scripts beyond ASCII up to three times that.
    private static let bytes = 12...300
}
