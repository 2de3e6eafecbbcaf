import WirecopyMessages

/// Decides for each line of a text page whether it belongs to the article.
///
/// A page copied as text has lost its markup; what is left is the form of the lines, their order
/// and their neighbours. The article is the prose between a head (headline, byline, date, labels,
/// captions) and a tail (appeals, newsletter forms, related headlines, biographies).
struct LineClassifier {
    /// What becomes of a line.
    enum Verdict: Sendable, Equatable {
        case title
        case keep(ParagraphKind)
        case drop(BoilerplateLabel)
    }

    private let lines: [TextLine]
    /// Whether paragraphs are separated by empty lines, so that runs of lines are boxes.
    private let isLoose: Bool
    /// The headline's line, if there is one.
    private let title: Int?
    /// Lines before it are the head.
    private let bodyStart: Int
    /// This line and those behind it are the tail.
    private let tailStart: Int

    /// Looks at all lines of a page.
    static func verdicts(on lines: [TextLine]) -> [Verdict] {
        let classifier = LineClassifier(lines)
        var verdicts = classifier.headVerdicts()
        verdicts += classifier.bodyVerdicts()
        verdicts += classifier.tailVerdicts()
        return withoutDoubles(verdicts, lines)
    }

    private init(_ lines: [TextLine]) {
        self.lines = lines
        let head = HeadlineLine(lines)
        title = head.index
        isLoose = Self.isLoose(lines)
        // A standfirst that is a sentence stands between headline and text.
        let behindTitle = (title.map { $0 + 1 } ?? head.textStart)..<head.textStart
        let standfirst = lines.indices[behindTitle].first {
            lines[$0].isProse && head.textStart - $0 <= Self.standfirstLinesMax
        }
        bodyStart = standfirst ?? head.textStart
        tailStart = Self.tailStart(lines, from: bodyStart, isLoose: isLoose)
    }

    /// Most paragraphs stand alone between empty lines.
    private static func isLoose(_ lines: [TextLine]) -> Bool {
        let prose = lines.indices.filter { lines[$0].isProse }
        let alone = prose.filter { index in
            (index == 0 || lines[index - 1].group != lines[index].group)
                && (index + 1 == lines.count || lines[index + 1].group != lines[index].group)
        }
        return alone.count * 2 > prose.count
    }

    // MARK: - Head

    private func headVerdicts() -> [Verdict] {
        return lines.indices.prefix(bodyStart).map { index in
            let line = lines[index]
            if index == title { return .title }
            if let label = line.ownLabel { return .drop(label) }
            guard title.map({ index > $0 }) ?? false else { return .drop(.label) }
            if line.form.words >= Self.standfirstWordsMin { return .keep(.lede) }
            // What has the digits of a date is no heading, whatever its words are.
            let leadsIntoText =
                index + 1 == bodyStart && line.form.words >= 2
                && line.form.digits < Self.dateDigits
            return leadsIntoText ? .keep(.heading) : .drop(.label)
        }
    }

    // MARK: - Body

    private func bodyVerdicts() -> [Verdict] {
        guard bodyStart < tailStart else { return [] }
        var isInSection = false
        return (bodyStart..<tailStart).map { index in
            let line = lines[index]
            if LinePhrases.startsSection(line.folded) {
                isInSection = true
                return .drop(.related)
            }
            if line.isProse {
                isInSection = false
                return .keep(LinePhrases.isCorrection(line.folded) ? .correction : .body)
            }
            if line.isSourceNote { return .keep(.credit) }
            if let label = line.ownLabel { return .drop(label) }
            return isInSection ? .drop(.related) : scrapVerdict(index)
        }
    }

    /// A line inside of the text that is no sentence of usual length.
    private func scrapVerdict(_ index: Int) -> Verdict {
        let line = lines[index]
        if let label = boxLabel(index) { return .drop(label) }
        if line.form.endsWithColon { return .keep(.body) }
        if line.text.startsWithBullet { return .keep(.list) }
        if line.form.endsSentence, !line.text.endsWithQuestionOrCall { return .keep(.body) }
        let next = index + 1 < tailStart ? lines[index + 1] : nil
        if line.form.bytes <= Self.headingBytesMax {
            return next?.isProse == true ? .keep(.heading) : .drop(.label)
        }
        return next?.isProse == true ? .keep(.body) : .drop(.related)
    }

    /// The label of a neighbour in the same box: a button below a newsletter's appeal.
    private func boxLabel(_ index: Int) -> BoilerplateLabel? {
        guard isLoose else { return nil }
        return [index - 1, index + 1].lazy.filter(lines.indices.contains)
            .filter { lines[$0].group == lines[index].group }
            .compactMap { lines[$0].ownLabel }
            .first { $0 != .credit && $0 != .date }
    }

    // MARK: - Tail

    /// The first line behind the text from which on hardly any prose is left, and which is itself
    /// boilerplate; then back over what belongs to it.
    private static func tailStart(_ lines: [TextLine], from start: Int, isLoose: Bool) -> Int {
        let total = lines.reduce(0) { $0 + ($1.isProse ? $1.form.bytes : 0) }
        var left = total - lines[..<start].reduce(0) { $0 + ($1.isProse ? $1.form.bytes : 0) }
        for index in lines.indices.dropFirst(start) {
            let line = lines[index]
            if line.isProse { left -= line.form.bytes }
            guard let label = line.ownLabel, endingLabels.contains(label), index > start,
                left * 5 < total
            else { continue }
            return extendedBack(lines, index, from: start, isLoose: isLoose)
        }
        return lines.count
    }

    /// In a loose page a box is dropped whole. Elsewhere the tail takes along labels and sentences
    /// that speak to the reader.
    private static func extendedBack(
        _ lines: [TextLine],
        _ tail: Int,
        from start: Int,
        isLoose: Bool
    ) -> Int {
        var index = tail
        while index - 1 > start {
            let before = lines[index - 1]
            let isInBox = isLoose && before.group == lines[tail].group
            let isScrap = !before.isProse && !before.isSourceNote && !before.form.endsSentence
            guard isInBox || isScrap || before.addressesReader else { break }
            index -= 1
        }
        return index
    }

    private func tailVerdicts() -> [Verdict] {
        var last: BoilerplateLabel?
        return lines.indices.dropFirst(tailStart).map { index in
            let line = lines[index]
            if line.isSourceNote { return .keep(.credit) }
            if let label = line.ownLabel {
                if label != .date, label != .other { last = label }
                return .drop(label)
            }
            let next = lines[index...].lazy.compactMap(\.ownLabel).first
            if let last, next == last { return .drop(last) }
            guard let last else {
                let belongsToNext =
                    line.form.words <= Self.buttonWordsMax || line.addressesReader
                return .drop(belongsToNext ? next ?? .related : .related)
            }
            return .drop(line.isProse && !lines[index - 1].isSeparator ? last : .related)
        }
    }

    /// Names of sites and buttons are short; a related headline is not.
    private static let buttonWordsMax = 4

    // MARK: - Doubles

    /// Of lines that say the same the first is kept.
    private static func withoutDoubles(_ verdicts: [Verdict], _ lines: [TextLine]) -> [Verdict] {
        var seen: Set<String> = []
        return zip(verdicts, lines).map { verdict, line in
            switch verdict {
            case .title:
                seen.insert(line.text)
                return verdict
            case .keep: return seen.insert(line.text).inserted ? verdict : .drop(.other)
            case .drop: return verdict
            }
        }
    }

    // MARK: - Limits

    /// Below a standfirst stand byline, date, share buttons and a picture's credit.
    private static let standfirstLinesMax = 15
    /// A day and a year have five digits.
    private static let dateDigits = 5
    /// A standfirst is nearly a sentence; a section's name is not.
    private static let standfirstWordsMin = 8
    private static let headingBytesMax = 120
    /// What can open a tail.
    private static let endingLabels: Set<BoilerplateLabel> = [
        .newsletter, .membership, .related, .comments, .biography, .footer, .share,
    ]
}

extension String {
    /// Whether the last character is a question or exclamation mark.
    fileprivate var endsWithQuestionOrCall: Bool {
        utf8.last == UInt8(ascii: "?") || utf8.last == UInt8(ascii: "!")
    }

    /// Whether it begins as entries of lists do.
    fileprivate var startsWithBullet: Bool {
        ["• ", "- ", "– ", "* ", "· ", "▪ "].contains { hasPrefix($0) }
    }
}
