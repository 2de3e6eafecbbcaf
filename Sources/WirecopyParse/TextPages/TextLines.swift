import WirecopyMessages

/// The lines of a text page with what is known of them together.
struct TextLines: Sendable {
    let lines: [TextLine]
    /// The stretch whose prose outweighs its other lines most; begins and ends with prose, and is
    /// empty only on a page without any.
    let core: Range<Int>
    /// Whether most paragraphs stand alone between empty lines, so that runs of lines are boxes.
    let isLoose: Bool
    /// By line: how many lines say the same.
    let copies: [Int]
    /// By line: how many lines stand in its run without an empty line, and its place there.
    let groups: [(size: Int, offset: Int)]
    /// By line: how many lines of its run say that they are part of a box.
    let boxedCounts: [Int]
    /// By line: what its words share with the prose of the core.
    let shares: [Share]
    /// By line: stems of its words.
    let stems: [Set<UInt64>]
    private var bytes: [Int] = [0]
    private var prose: [Int] = [0]
    private var labelled: [Int] = [0]
    private var wordy: [Int] = [0]

    /// How many of a line's words the core's prose has too.
    struct Share: Sendable {
        var words = 0
        /// In any of the first paragraphs but the line itself.
        var shared = 0
        /// In the first three of them.
        var sharedFirst = 0
        /// In how many of them, summed over the words.
        var places = 0
    }

    init(_ lines: [TextLine]) {
        self.lines = lines
        core = Self.core(of: lines)
        isLoose = Self.isLoose(lines)
        let keys = lines.map { WordHash(of: $0.folded.bytes).value }
        let counts = Dictionary(keys.map { ($0, 1) }, uniquingKeysWith: +)
        copies = keys.map { counts[$0] ?? 1 }
        groups = Self.groups(of: lines)
        let boxed = Dictionary(
            lines.map { line in
                (line.group, line.ownLabel.map(Self.boxLabels.contains) == true ? 1 : 0)
            },
            uniquingKeysWith: +
        )
        boxedCounts = lines.map { boxed[$0.group] ?? 0 }
        stems = lines.map { LineStems.stems(of: $0.folded) }
        shares = Self.shares(stems, lines, core)
        for line in lines {
            bytes.append(bytes[bytes.count - 1] + line.form.bytes)
            prose.append(prose[prose.count - 1] + (line.isProse ? line.form.bytes : 0))
            labelled.append(labelled[labelled.count - 1] + (line.ownLabel == nil ? 0 : 1))
            wordy.append(wordy[wordy.count - 1] + (Self.isWordy(line) ? 1 : 0))
        }
    }

    /// Sums over a range of lines.
    struct Part {
        let lines: Int
        let bytes: Int
        let prose: Int
        let labelled: Int
        /// Lines that could be headlines by their length.
        let wordy: Int

        var proseShare: Float { bytes == 0 ? 0 : Float(prose) / Float(bytes) }
        var bytesMean: Float { lines == 0 ? 0 : Float(bytes) / Float(lines) }
        var labelledShare: Float { lines == 0 ? 0 : Float(labelled) / Float(lines) }
    }

    /// What a range of lines amounts to; lines that are not there count nothing.
    func part(_ range: Range<Int>) -> Part {
        let range = range.clamped(to: lines.indices)
        let (start, end) = (range.lowerBound, range.upperBound)
        return Part(
            lines: range.count,
            bytes: bytes[end] - bytes[start],
            prose: prose[end] - prose[start],
            labelled: labelled[end] - labelled[start],
            wordy: wordy[end] - wordy[start]
        )
    }

    /// How often the core's prose has a line's words, a word.
    func weightedShare(_ index: Int) -> Float {
        Float(shares[index].places) / Float(max(1, shares[index].words))
    }

    // MARK: - What is known

    /// The best stretch (Kadane's algorithm).
    private static func core(of lines: [TextLine]) -> Range<Int> {
        var (best, range) = (0, 0..<0)
        var (sum, start) = (0, 0)
        for (index, line) in lines.enumerated() {
            if sum <= 0 { (sum, start) = (0, index) }
            sum += line.isProse ? line.form.bytes : -scrapBytes
            if sum > best { (best, range) = (sum, start..<(index + 1)) }
        }
        let first = lines[range].firstIndex(where: \.isProse) ?? range.lowerBound
        return first..<max(first, range.upperBound)
    }

    /// What a line that is no prose takes away: five menu entries outweigh a sentence.
    private static let scrapBytes = 40

    private static func isLoose(_ lines: [TextLine]) -> Bool {
        let prose = lines.indices.filter { lines[$0].isProse }
        let alone = prose.filter { index in
            (index == 0 || lines[index - 1].group != lines[index].group)
                && (index + 1 == lines.count || lines[index + 1].group != lines[index].group)
        }
        return alone.count * 2 > prose.count
    }

    private static func groups(of lines: [TextLine]) -> [(size: Int, offset: Int)] {
        let sizes = Dictionary(lines.map { ($0.group, 1) }, uniquingKeysWith: +)
        var (group, offset) = (-1, 0)
        return lines.map { line in
            offset = line.group == group ? offset + 1 : 0
            group = line.group
            return (sizes[group] ?? 1, offset)
        }
    }

    private static func shares(
        _ stems: [Set<UInt64>],
        _ lines: [TextLine],
        _ core: Range<Int>
    ) -> [Share] {
        let paragraphs = core.lazy.filter { lines[$0].isProse }.prefix(paragraphsMax)
        let places = Dictionary(
            paragraphs.enumerated().flatMap { rank, index in
                stems[index].map { ($0, [(rank: rank, line: index)]) }
            },
            uniquingKeysWith: { first, second in
                first.count < Self.placesMax ? first + second : first
            }
        )
        return stems.enumerated().map { index, stems in
            var share = Share(words: stems.count)
            for stem in stems {
                let others = (places[stem] ?? []).filter { $0.line != index }
                if !others.isEmpty { share.shared += 1 }
                share.places += others.count
                if others.contains(where: { $0.rank < firstParagraphs }) { share.sharedFirst += 1 }
            }
            return share
        }
    }

    private static let paragraphsMax = 40
    private static let firstParagraphs = 3
    /// Places of a word that are kept: its own line, and others.
    private static let placesMax = 5

    // MARK: - Dates

    /// Reads the dates of the page: numeric ones begin with the month where the text is English and
    /// its site is not of a country that writes the day first.
    func dateReader(for page: PageSource) -> DateReader {
        var (words, english) = (0, 0)
        for line in lines[core].lazy.filter(\.isProse).prefix(Self.paragraphsMax) {
            for word in WordWeights.words(of: line.folded) {
                words += 1
                if Self.englishWords.contains(WordHash(of: word).value) { english += 1 }
            }
        }
        let isEnglish = words == 0 || english * Self.englishShare >= words
        let order = page.numericOrder(language: isEnglish ? "en" : "und")
        return DateReader(order: order, latest: latestDay(CalendarDate(page.fetchedAt), order))
    }

    /// The last day that a date without a year may mean: a page that was copied long before it was
    /// read tells when by the newest date that it has in full, or by the year of its copyright.
    private func latestDay(
        _ readOn: CalendarDate?,
        _ order: DateReader.NumericOrder
    ) -> CalendarDate? {
        guard let readOn else { return nil }
        let reader = DateReader(order: order)
        var latest: CalendarDate?
        for line in lines.prefix(Self.datedLinesMax)
        where line.form.digits >= 4 && line.form.bytes <= Self.datedBytesMax {
            var found = reader.findings(in: line.text, max: 2).map(\.date).filter { $0.day != nil }
            if line.ownLabel == .footer, let year = Self.year(in: line.folded) {
                found += [CalendarDate(year: year, month: 12, day: 31)].compactMap(\.self)
            }
            for date in found where date.dayNumber > latest?.dayNumber ?? .min { latest = date }
        }
        guard let latest, latest.dayNumber < readOn.dayNumber else { return readOn }
        return latest
    }

    /// The largest number of four digits that may be a year.
    private static func year(in line: FoldedLine) -> Int? {
        WordWeights.words(of: line).compactMap { word in
            word.count == 4 ? Int(String(decoding: word, as: UTF8.self)) : nil
        }.filter { CalendarDate.yearMin...CalendarDate.yearMax ~= $0 }.max()
    }

    private static let datedLinesMax = 3000
    private static let datedBytesMax = 300

    /// Every sixth word of an English text is one of these, and none of another language's is.
    private static let englishWords = Set(
        ["the", "of", "and", "to", "that", "for", "with", "was", "is"]
            .map { WordHash(of: $0.utf8).value }
    )
    private static let englishShare = 12

    private static func isWordy(_ line: TextLine) -> Bool {
        line.ownLabel == nil && line.form.words >= wordyMin
    }

    private static let wordyMin = 5
}
