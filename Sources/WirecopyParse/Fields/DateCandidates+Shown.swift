import WirecopyMessages

/// The dates that a page shows to its readers.
extension DateCandidates {
    mutating func addElements() {
        let (marks, start) = (context.outline.marks, context.text.lowerBound)
        let chosen = marks.indices.filter { marks[$0].label == .date }
            .sorted { abs(marks[$0].block - start) < abs(marks[$1].block - start) }
            .prefix(Self.elementsMax)
        for mark in chosen.sorted().map({ marks[$0] }) {
            let block = min(mark.block, context.outline.blocks.count - 1)
            guard block >= 0 else { break }
            guard !context.isSilent(block) else { continue }
            let isElement = mark.machineText != nil
            let place: Place =
                if context.isBeside(block) {
                    .elementBeside
                } else if head.contains(block) {
                    .elementInHead
                } else if isAboveHeadline(block) {
                    .aboveHeadline
                } else if isNear(block) {
                    isElement ? .elementNear : .classNear
                } else {
                    .elementFar
                }
            addShown(mark.machineText ?? mark.text, place, "time", block)
        }
    }

    mutating func addLines() {
        let start = context.text.lowerBound
        let indices = context.blocks.forms.indices.filter { index in
            let form = context.blocks.forms[index]
            return form.bytes <= Self.lineBytesMax
                && (form.digits >= Self.lineDigitsMin
                    || form.digits == 0
                        && ScriptDigits.count(in: context.outline.blocks[index].text)
                            >= Self.lineDigitsMin)
        }
        let nearest = indices.sorted { abs($0 - start) < abs($1 - start) }.prefix(Self.linesMax)
        for block in Set(nearest).union(indices.suffix(Self.lastLinesMax)).sorted() {
            guard !context.isSilent(block) else {
                addIntroduced(block)
                continue
            }
            let place: Place =
                if context.isBeside(block) {
                    .lineBeside
                } else if head.contains(block) {
                    .lineInHead
                } else if isAboveHeadline(block) {
                    .aboveHeadline
                } else if !context.isLine(block) {
                    .openingLine
                } else if isNear(block) {
                    .lineNear
                } else {
                    .lineFar
                }
            addShown(context.outline.blocks[block].text, place, "line", block)
        }
        for (index, block) in context.text.prefix(Self.openingLinesMax).enumerated()
        where !context.isSilent(block) && !isAboveHeadline(block) {
            let text = NormalText.prefix(context.outline.blocks[block].text, bytes: 120)
            guard let finding = reader.firstDate(in: text),
                index < 2 || finding.wordsBefore.count <= Self.placeWordsMax
            else { continue }
            let place: Place = index < 2 ? .openingLine : .paragraphStart
            add(finding, text, place, "dateline", block: block)
        }
    }

    /// Adds the dates that a reader sees, and what the words before them call them.
    private mutating func addShown(_ text: String, _ place: Place, _ source: String, _ block: Int) {
        if text.utf8.allSatisfy(\.isDigit) {
            machineFinding(text).map { add($0, text, place, source, block: block) }
            return
        }
        for found in reader.findings(in: text, max: Self.datesOfLineMax) {
            let finding = inStatedOrder(found)
            let isTold = Self.isTold(finding)
            add(finding, text, isTold ? .openingLine : place, source, block: block)
            guard !context.isBeside(block), !isTold else { continue }
            let words =
                finding.wordsBefore.isEmpty
                ? wordsOfLine(before: block) : finding.wordsBefore.suffix(4)
            if words.contains(where: Self.modifiedWords.contains) {
                add(finding, text, .labelledModified, source, block: block)
            } else if words.contains(where: Self.publishedWords.contains) {
                add(finding, text, .labelledPublished, source, block: block)
            }
        }
    }

    /// Whether a date is part of what a line tells: `Anglers wait on the ice on Feb. 19, 2026`, not
    /// `Published by Ann Lee on Feb. 19, 2026`.
    private static func isTold(_ finding: DateReader.Finding) -> Bool {
        let words = finding.wordsBefore
        guard words.count > placeWordsMax, let last = words.last,
            prepositions.contains(last)
        else { return false }
        return !words.contains { isLabel($0) && !prepositions.contains($0) }
    }

    private static func isLabel(_ word: String) -> Bool {
        publishedWords.contains(word) || modifiedWords.contains(word)
    }

    /// Words between a sentence and its date. English and German ones label dates too.
    private static let prepositions: Set<String> = [
        "on", "in", "since", "until", "from", "of", "am", "vom", "seit", "bis", "le", "du", "el",
        "il", "op", "den", "em", "dnia",
    ]

    /// A date whose numbers allow two days is the one that the page states elsewhere.
    private func inStatedOrder(_ finding: DateReader.Finding) -> DateReader.Finding {
        guard let other = finding.otherOrder, isStated(other), !isStated(finding.date) else {
            return finding
        }
        var finding = finding
        let clock = finding.date.clock
        finding.date = other
        finding.date.clock = clock
        return finding
    }

    private func isStated(_ date: CalendarDate) -> Bool {
        days.indices.contains { index in
            days[index].date.dayNumber == date.dayNumber
                && Self.statedPlaces.contains {
                    table.candidates[index].ranks[$0.rawValue] > 0
                }
        }
    }

    /// The words of a short line before a date that stands alone: `Page updated:`.
    private func wordsOfLine(before block: Int) -> ArraySlice<String> {
        guard block > 0, context.blocks.forms[block - 1].bytes <= Self.introductionBytesMax,
            context.blocks.forms[block - 1].digits == 0
        else { return [] }
        let words = context.blocks.lines[block - 1].bytes.split { !$0.isLetter }
        return words.map { String(decoding: $0, as: UTF8.self) }.suffix(4)
    }

    /// Adds the date of a line in a place that says nothing of the article when the line itself
    /// says what it is: `Posted on September 21, 2020 by Ann Lee`.
    private mutating func addIntroduced(_ block: Int) {
        switch context.blocks.labels[context.outline.blocks[block].region] {
        case .caption, .credit, .comments, .advertisement: return
        default: break
        }
        let text = context.outline.blocks[block].text
        guard let finding = reader.firstDate(in: text), finding.wordsBefore.count <= 4,
            finding.wordsBefore.contains(where: Self.publishedWords.contains)
        else { return }
        add(finding, text, .labelledPublished, "line", block: block)
    }

    /// Adds the day that begins where a statement in UTC ends: `2024-05-28T22:00:00Z` is the start
    /// of 29 May in central Europe.
    mutating func addMidnights() {
        for index in days.indices {
            let finest = days[index].finest
            guard let minute = days[index].universalMinute, finest.clock?.second ?? 0 == 0,
                Self.midnightMinutes.contains(minute),
                let next = CalendarDate(dayNumber: days[index].date.dayNumber + 1)
            else { continue }
            let candidate = table.candidates[index]
            add(
                DateReader.Finding(date: next),
                candidate.evidence,
                .midnight,
                candidate.source
            )
        }
    }

    /// Adds lines that name a day and no year to the days that they can mean.
    mutating func addDaysWithoutYear() {
        guard let latest, !days.isEmpty else { return }
        let anyYear = DateReader(
            order: context.page.numericOrder(language: context.metadata.language),
            latest: latest
        )
        let start = context.text.lowerBound
        let around = (start - Self.nearBlocks)..<(start + 4)
        for block in context.blocks.forms.indices.clamped(to: around) {
            let form = context.blocks.forms[block]
            guard 1...6 ~= form.digits, form.bytes <= Self.lineBytesMax,
                !context.isSilent(block), !context.isBeside(block)
            else { continue }
            let text = context.outline.blocks[block].text
            guard let finding = anyYear.firstDate(in: text), finding.isYearInferred else {
                continue
            }
            for index in days.indices
            where days[index].date.month == finding.date.month
                && days[index].date.day == finding.date.day
            {
                let found = DateReader.Finding(date: days[index].date)
                add(found, text, .withoutYear, "line", block: block)
            }
        }
    }

    /// Whether a block stands where papers set the day on which the page was made.
    private func isAboveHeadline(_ block: Int) -> Bool {
        !head.isEmpty && block < head.lowerBound - 1
    }

    private func isNear(_ block: Int) -> Bool {
        (context.text.lowerBound - Self.nearBlocks)..<(context.text.lowerBound + 4) ~= block
    }

    private static let elementsMax = 40
    private static let linesMax = 60
    /// Some papers set the date below everything else.
    private static let lastLinesMax = 24
    private static let openingLinesMax = 8
    /// `Bad Homburg vor der Höhe, 29 May 2024`.
    private static let placeWordsMax = 5
    private static let introductionBytesMax = 40
    /// Midnight of central Europe in UTC, in summer and in winter.
    private static let midnightMinutes: Set<Int> = [22 * 60, 23 * 60]
    private static let lineBytesMax = 140
    /// `3.4.24`.
    private static let lineDigitsMin = 3
    private static let datesOfLineMax = 3
    private static let nearBlocks = 40
}
