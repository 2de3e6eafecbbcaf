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
        case scriptModified, hint, midnight, withoutYear, paragraphStart
    }

    /// A day with what is known about the places it stands on.
    struct Day {
        let date: CalendarDate
        var finest: CalendarDate
        /// The nearest block to the text that shows it.
        var distance: Float = 99
        /// The same, from the headline.
        var distanceFromHeadline: Float = -99
        /// The block that shows it first.
        var firstBlock: Int?
        var blockCount = 0
        var hasOffset = false
        /// Minutes of the day in UTC at which a statement of publication lies, when it says so.
        var universalMinute: Int?
        /// The minute of the day that readers see.
        var shownClock: Int?
    }

    private(set) var table = CandidateTable(placeCount: Place.allCases.count)
    private(set) var days: [Day] = []
    let context: FieldContext
    let reader: DateReader
    let head: Range<Int>
    let latest: CalendarDate?

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
        addMidnights()
        addDaysWithoutYear()
    }

    /// The date of a candidate, as fine as the page says it.
    func date(_ index: Int) -> CalendarDate { days[index].finest }

    /// The candidate that a forest believes most, and how much.
    ///
    /// A date that stands in related items alone is most likely that of something else.
    func best(_ forest: DecisionForest) -> (index: Int, probability: Double)? {
        var best: (index: Int, probability: Double)?
        for (index, probability) in forest.jointProbabilities(rows()).enumerated() {
            guard probability >= Self.besideProbabilityMin || !isBesideOnly(index) else { continue }
            if probability > best?.probability ?? 0 { best = (index, probability) }
        }
        return best.map { (localDay(of: $0.index) ?? $0.index, $0.probability) }
    }

    /// The day on which the page's own place saw what a statement in UTC puts on the day beside it:
    /// readers see `3 May` where a program writes `2022-05-04T00:25:56Z`.
    private func localDay(of index: Int) -> Int? {
        guard let minute = days[index].universalMinute, !isLocal(index) else { return nil }
        let own = days[index].date.dayNumber
        return days.indices.first { other in
            let distance = days[other].date.dayNumber - own
            return
                (distance == -1 && minute < Self.westernMinutesMax
                || distance == 1 && minute >= Self.easternMinutesMin) && isLocal(other)
        }
    }

    private func isLocal(_ index: Int) -> Bool {
        Self.surelyLocalPlaces.contains { table.candidates[index].ranks[$0.rawValue] > 0 }
    }

    /// Places where people or addresses name the day of publication as it was there.
    private static let surelyLocalPlaces: [Place] = [
        .address, .elementInHead, .lineInHead, .labelledPublished,
    ]
    /// Clocks are at most eleven hours behind UTC.
    static let westernMinutesMax = 11 * 60
    /// Clocks of most papers are at most ten hours before UTC.
    static let easternMinutesMin = 14 * 60

    private func isBesideOnly(_ index: Int) -> Bool {
        let ranks = table.candidates[index].ranks
        return ranks.indices.allSatisfy { ranks[$0] == 0 || Self.besidePlaces.contains($0) }
    }

    /// Places where programs state instants.
    static let statedPlaces: Set<Place> = [
        .structured, .metaPublished, .microdata, .metaDated, .structuredOther, .scriptPublished,
        .structuredCreated, .elementInHead, .elementNear,
    ]

    private static let besideProbabilityMin = 0.3
    private static let besidePlaces = [Place.elementBeside.rawValue, Place.lineBeside.rawValue]

    // MARK: - Gathering

    private mutating func add(_ text: String?, _ place: Place, _ source: String) {
        guard let text, let finding = machineFinding(text) else { return }
        add(finding, text, place, source)
    }

    mutating func add(
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
        if let clock = date.clock, clock.offsetMinutes == 0, Self.statedPlaces.contains(place),
            days[index].universalMinute == nil
        {
            days[index].universalMinute = clock.hour * 60 + clock.minute
        }
        guard let block else { return }
        let distance = context.distance(of: block)
        days[index].blockCount += 1
        if let clock = date.clock, clock.offsetMinutes != 0 {
            days[index].shownClock = clock.hour * 60 + clock.minute
        }
        days[index].firstBlock = min(days[index].firstBlock ?? block, block)
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
        latest.map { date.dayNumber > $0.dayNumber + 1 } ?? false
    }

    func machineFinding(_ text: String) -> DateReader.Finding? {
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
                add(text, place, metadata.source(ofProperty: name))
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
        let spoken = ["description", "og:description", "og:title"].map {
            ($0, metadata.meta($0)?.value)
        }
        for (name, text) in spoken + [("title", metadata.title)] {
            guard let text else { continue }
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

    private static let repeatsMax = 4
}
