import DecisionForest
import WirecopyMessages

/// The days on which an article may have been published, as a page offers them, each with the
/// numbers that the date forest reads.
struct DateCandidates {
    /// Where a date may stand, the most trusted first.
    enum Place: Int, CaseIterable {
        case structured, metaPublished, microdata, address, metaDated, labelledPublished
        case elementInHead, lineInHead, structuredOther, scriptPublished, metaOther
        case structuredCreated, microdataCreated, scriptDated, elementNear, classNear, lineNear
        case attribute, elementFar, lineFar, aboveHeadline, elementBeside, lineBeside, openingLine,
            description
        case imageAddress, labelledModified, structuredModified, metaModified, microdataModified
        case scriptModified, hint
    }

    /// A day with what is known about the places it stands on.
    private struct Day {
        let date: CalendarDate
        var finest: CalendarDate
        /// The nearest block to the text that shows it.
        var distance: Float = 99
        /// The same, from the headline.
        var distanceFromHeadline: Float = -99
        var blockCount = 0
        var hasOffset = false
        var isYearInferred = false
    }

    private(set) var table = CandidateTable(placeCount: Place.allCases.count)
    private var days: [Day] = []
    private let context: FieldContext
    private let reader: DateReader
    private let head: Range<Int>
    private let latest: CalendarDate?

    /// Numbers of one candidate.
    static let numberCount = Place.allCases.count + 23

    init(_ context: FieldContext, title: String?) {
        self.context = context
        reader = DateReader(order: context.page.numericOrder(language: context.metadata.language))
        head = context.head(of: title)
        latest = CalendarDate(context.page.fetchedAt)
        addStatements()
        addMetas()
        addScripts()
        addElements()
        addLines()
    }

    /// The date of a candidate, as fine as the page says it.
    func date(_ index: Int) -> CalendarDate { days[index].finest }

    /// The candidate that a forest believes most, and how much.
    ///
    /// A date that stands in related items alone is most likely that of something else.
    func best(_ forest: DecisionForest) -> (index: Int, probability: Double)? {
        var best: (index: Int, probability: Double)?
        for (index, probability) in forest.probabilities(rows()).enumerated() {
            guard probability >= Self.besideProbabilityMin || !isBesideOnly(index) else { continue }
            if probability > best?.probability ?? 0 { best = (index, probability) }
        }
        return best
    }

    private func isBesideOnly(_ index: Int) -> Bool {
        let ranks = table.candidates[index].ranks
        return ranks.indices.allSatisfy { ranks[$0] == 0 || Self.besidePlaces.contains($0) }
    }

    private static let besideProbabilityMin = 0.3
    private static let besidePlaces = [Place.elementBeside.rawValue, Place.lineBeside.rawValue]

    // MARK: - Gathering

    private mutating func add(_ text: String?, _ place: Place, _ source: String) {
        guard let text, let finding = machineFinding(text) else { return }
        add(finding, text, place, source)
    }

    private mutating func add(
        _ finding: DateReader.Finding,
        _ text: String,
        _ place: Place,
        _ source: String,
        block: Int? = nil
    ) {
        let date = finding.date
        guard date.day != nil, !isAhead(date) else { return }
        var day = date
        day.clock = nil
        let known = table.candidates.count
        let added = table.add(
            day.rfc3339,
            key: day.rfc3339,
            place: place.rawValue,
            source: source,
            evidence: text
        )
        guard let index = added else { return }
        if index == known { days.append(Day(date: day, finest: date)) }
        if date.precision.rank > days[index].finest.precision.rank { days[index].finest = date }
        days[index].hasOffset = days[index].hasOffset || (date.clock?.offsetMinutes ?? 0) != 0
        days[index].isYearInferred = finding.isYearInferred
        guard let block else { return }
        let distance = context.distance(of: block)
        days[index].blockCount += 1
        if abs(distance) < abs(days[index].distance) {
            days[index].distance = distance
            days[index].distanceFromHeadline = context.distance(
                of: block,
                fromHeadlineAbove: head
            )
        }
    }

    /// A clock may be a day ahead in another time zone.
    private func isAhead(_ date: CalendarDate) -> Bool {
        latest.map { date.ordinal > $0.ordinal + 1 } ?? false
    }

    private func machineFinding(_ text: String) -> DateReader.Finding? {
        if text.utf8.allSatisfy(\.isDigit) {
            return DateReader.machineDate(text).map { DateReader.Finding(date: $0) }
        }
        return reader.firstDate(in: text)
            ?? DateReader.machineDate(text).map { DateReader.Finding(date: $0) }
    }

    private mutating func addStatements() {
        let metadata = context.metadata
        for (index, article) in metadata.structuredArticles.enumerated() {
            add(article.published, index == 0 ? .structured : .structuredOther, "json-ld")
            if index == 0 { add(article.modified, .structuredModified, "json-ld") }
            add(article.created, .structuredCreated, "json-ld")
        }
        for (name, place) in Self.properties {
            for text in (metadata.properties[name] ?? []).prefix(Self.repeatsMax) {
                add(text, place, "microdata")
            }
        }
        if let date = URLDate.date(in: context.page.url) {
            add(DateReader.Finding(date: date), context.page.url, .address, "url")
        }
        if let image = metadata.meta("og:image")?.value ?? metadata.structured?.image,
            let date = URLDate.date(in: image)
        {
            add(DateReader.Finding(date: date), image, .imageAddress, "og:image")
        }
        for name in ["description", "og:description", "og:title"] {
            guard let text = metadata.meta(name)?.value else { continue }
            for finding in reader.findings(in: text, max: 2) {
                add(finding, text, .description, name)
            }
        }
        add(context.page.hints?.published, .hint, "hint")
    }

    private mutating func addMetas() {
        for (names, place) in Self.metas {
            for name in names {
                for text in (context.metadata.metas[name] ?? []).prefix(2) {
                    add(text, place, name)
                }
            }
        }
        for name in context.metadata.metas.keys.sorted() {
            guard let text = context.metadata.metas[name]?.first, 6...60 ~= text.utf8.count,
                text.utf8.contains(where: \.isDigit), !Self.knownMetas.contains(name)
            else { continue }
            let folded = Array(name.utf8)
            guard Self.metaHints.contains(where: folded.holds) else { continue }
            add(text, .metaOther, name)
        }
    }

    private mutating func addScripts() {
        let facts = context.metadata.scriptFacts
        for text in facts.values(.published) { add(text, .scriptPublished, "script") }
        for text in facts.values(.dated) { add(text, .scriptDated, "script") }
        for text in facts.values(.modified) { add(text, .scriptModified, "script") }
        for text in context.metadata.attributeDates { add(text, .attribute, "attribute") }
    }

    private mutating func addElements() {
        var count = 0
        for mark in context.outline.marks where mark.label == .date && count < Self.elementsMax {
            count += 1
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

    private mutating func addLines() {
        let start = context.text.lowerBound
        let indices = context.blocks.forms.indices.filter { index in
            let form = context.blocks.forms[index]
            return form.digits >= 3 && form.bytes <= Self.lineBytesMax && !context.isSilent(index)
        }
        let chosen = indices.sorted { abs($0 - start) < abs($1 - start) }.prefix(Self.linesMax)
        for block in chosen.sorted() {
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
        for block in context.text.prefix(2)
        where !context.isSilent(block) && !isAboveHeadline(block) {
            let text = NormalText.prefix(context.outline.blocks[block].text, bytes: 120)
            guard let finding = reader.firstDate(in: text) else { continue }
            add(finding, text, .openingLine, "dateline", block: block)
        }
    }

    /// Adds the dates that a reader sees, and what the words before them call them.
    private mutating func addShown(_ text: String, _ place: Place, _ source: String, _ block: Int) {
        if text.utf8.allSatisfy(\.isDigit) {
            machineFinding(text).map { add($0, text, place, source, block: block) }
            return
        }
        for finding in reader.findings(in: text, max: Self.datesOfLineMax) {
            add(finding, text, place, source, block: block)
            guard !context.isBeside(block) else { continue }
            let words = finding.wordsBefore.suffix(4)
            if words.contains(where: Self.modifiedWords.contains) {
                add(finding, text, .labelledModified, source, block: block)
            } else if words.contains(where: Self.publishedWords.contains) {
                add(finding, text, .labelledPublished, source, block: block)
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

    // MARK: - Numbers

    /// The numbers of all candidates, in the table's order.
    func rows() -> [[Float]] {
        let ordinals = days.map(\.date.dayNumber)
        let anchors = Self.anchorPlaces.map { day(of: $0) }
        return table.candidates.indices.map { index in
            let (day, own) = (days[index], ordinals[index])
            var row = table.supports(index)
            row.append(Float(table.supportCount(index)))
            row.append(Float(table.candidates[index].count))
            row.append(Float(day.finest.precision.rank))
            row.append(day.hasOffset ? 1 : 0)
            row.append(day.date.day == 1 ? (day.date.month == 1 ? 2 : 1) : 0)
            row.append(day.distance)
            row.append(day.distanceFromHeadline)
            row.append(Float(day.blockCount))
            row.append(Float(days.count))
            row.append(Float(ordinals.count { $0 < own }))
            row.append(Float(ordinals.count { $0 > own }))
            row.append(ordinals.contains(own + 1) ? 1 : 0)
            row.append(ordinals.contains(own - 1) ? 1 : 0)
            row.append(clipped(own - (ordinals.min() ?? own)))
            row.append(clipped((ordinals.max() ?? own) - own))
            for anchor in anchors { row.append(anchor.map { clipped(own - $0) } ?? -999) }
            row.append(strength(index))
            row.append(strongest(besides: index))
            row.append(context.metadata.structured == nil ? 0 : 1)
            row.append(day.isYearInferred ? 1 : 0)
            return row
        }
    }

    /// Supporting places among those where programs write.
    private func strength(_ index: Int) -> Float {
        Float(Self.strongPlaces.count { table.candidates[index].ranks[$0.rawValue] > 0 })
    }

    private func strongest(besides index: Int) -> Float {
        table.candidates.indices.lazy.filter { $0 != index }.map(strength).max() ?? 0
    }

    private func day(of place: Place) -> Int? {
        table.candidates.firstIndex { $0.ranks[place.rawValue] == 1 }
            .map { days[$0].date.dayNumber }
    }

    private func clipped(_ days: Int) -> Float { Float(max(-400, min(400, days))) }

    private static let anchorPlaces: [Place] = [
        .address, .structured, .structuredModified, .metaPublished,
    ]
    private static let strongPlaces: [Place] = [
        .structured, .metaPublished, .microdata, .address, .metaDated, .scriptPublished,
        .elementInHead, .lineInHead, .labelledPublished,
    ]

    private static let repeatsMax = 4
    private static let elementsMax = 40
    private static let linesMax = 60
    private static let lineBytesMax = 140
    private static let datesOfLineMax = 3
    private static let nearBlocks = 40
}
