import WirecopyMessages

/// The dates in the lines of a text page, with the numbers that the date forest reads: one question
/// for each place where a date stands.
struct DateLines {
    /// A date in a line.
    struct Place {
        let finding: DateReader.Finding
        let line: Int

        /// The day, as far as it is known; what makes two dates the same.
        var day: String { String(finding.date.rfc3339.prefix(10)) }
    }

    /// In the order of the page.
    private(set) var places: [Place] = []
    /// The numbers of each.
    private(set) var rows = NumberRows(width: count)

    /// Numbers of one place.
    static let count = LineFeatures.count + LineOdds.count + 22

    /// Dates of a page that are looked at; lists of other reports have one an entry.
    private static let placesMax = 200
    private static let lineFindingsMax = 3

    init(_ reading: TextReading, reader: DateReader, readOn: CalendarDate?) {
        let (page, odds) = (reading.page, reading.odds)
        for index in page.lines.indices where places.count < Self.placesMax {
            guard let text = Self.text(page.lines[index], odds.chances[index]) else { continue }
            places += reader.findings(in: Self.unglued(text), max: Self.lineFindingsMax)
                .map { Place(finding: $0, line: index) }
        }
        if let readOn { places.removeAll { $0.finding.date.dayNumber > readOn.dayNumber + 1 } }
        let days = Dictionary(places.map { ($0.day, 1) }, uniquingKeysWith: +)
        let newest = places.lazy.map(\.finding.date.dayNumber).max() ?? 0
        let firstOfLine = Dictionary(
            places.indices.map { (places[$0].line, $0) },
            uniquingKeysWith: min
        )
        let title = reading.title ?? odds.region.lowerBound
        let below = places.firstIndex { $0.line >= title } ?? places.count
        let isDatedHead =
            below < places.count && places[below].line <= odds.region.lowerBound + Self.headReach
        for (index, place) in places.enumerated() {
            var row = NumberRow()
            row.add(reading.features[place.line])
            row.add(odds.numbers(of: place.line))
            row.addAway(reading.title.map { place.line - $0 } ?? NumberRow.far)
            row.addAway(place.line - odds.region.lowerBound)
            row.addAway(place.line - odds.region.upperBound)
            row.add(Self.facts(place.finding))
            row.add(reading.address.agreement(with: place.finding.date))
            row.add(days[place.day] ?? 1)
            row.add(days.count)
            row.add(min(10_000, newest - place.finding.date.dayNumber))
            row.add(index)
            row.add(index - (firstOfLine[place.line] ?? index))
            row.add(places.count)
            row.add(
                page.lines.indices.contains(place.line - 1)
                    && page.lines[place.line - 1].isPerson
            )
            row.addAway(index - below)
            row.add(isDatedHead)
            row.add(place.line >= title && places[below].line == place.line)
            row.addAway(Self.fromByline(place.line, page))
            rows.append(row.numbers)
        }
    }

    /// Lines from the nearest byline, or from the nearest name that stands alone.
    private static func fromByline(_ line: Int, _ page: TextLines) -> Int {
        let near = (line - bylineReach...line + bylineReach).clamped(to: 0...page.lines.count - 1)
        let bylines = near.filter {
            page.lines[$0].ownLabel == .byline || page.lines[$0].isPerson
        }
        return bylines.map { line - $0 }.min { abs($0) < abs($1) } ?? NumberRow.far
    }

    private static let bylineReach = 6
    /// A date may stand below the first line that looks like text: a standfirst.
    private static let headReach = 2

    /// What of a line may say when the article was published: nothing in captions, appeals and
    /// biographies, and of a paragraph only the dateline.
    private static func text(_ line: TextLine, _ chance: Float) -> String? {
        guard line.form.digits > 0 else { return nil }
        if let label = line.ownLabel, !openLabels.contains(label) { return nil }
        guard line.form.bytes > lineBytesMax || (line.isProse && chance > 0.5) else {
            return line.text
        }
        return line.isProse ? dateline(of: line.text) : nil
    }

    private static let openLabels: Set<BoilerplateLabel> = [
        .byline, .date, .label, .other, .related, .share, .comments,
    ]

    /// `May 29, 202410:15 AM`: the space was between two elements. Not `May 29, 2024 10:15`.
    static func unglued(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let place = bytes.indices.dropFirst(4).first { index in
            let year = bytes[(index - 4)..<index]
            let isYear =
                year.allSatisfy(\.isDigit)
                && (year.starts(with: "20".utf8)
                    || year.starts(with: "19".utf8))
                && (index == 4 || !bytes[index - 5].isDigit)
            guard isYear, bytes[index].isDigit else { return false }
            let hour = bytes[index...].prefix(while: \.isDigit)
            let behind = bytes[hour.endIndex...].prefix(2)
            return hour.count <= 2 && behind.first == UInt8(ascii: ":")
                && behind.last?.isDigit == true
        }
        guard let place else { return text }
        return String(decoding: bytes[..<place] + [0x20] + bytes[place...], as: UTF8.self)
    }

    /// A line with date, author and section.
    private static let lineBytesMax = 200

    /// `OSLO, May 23 (Agency) -`: what stands before the dash, when it is short.
    static func dateline(of text: String) -> String? {
        let start = NormalText.prefix(text, bytes: datelineBytesMax)
        for dash in [" - ", " — ", " – ", ") -", ") —", "--", "—"] {
            guard let range = start.firstRange(of: dash) else { continue }
            return String(start[..<range.lowerBound])
        }
        return nil
    }

    private static let datelineBytesMax = 70

    /// What the words of a date say.
    private static func facts(_ finding: DateReader.Finding) -> [Float] {
        let words = finding.wordsBefore.suffix(4)
        return [
            finding.date.day == nil ? 0 : 1,
            finding.date.clock == nil ? 0 : 1,
            finding.isYearInferred ? 1 : 0,
            words.contains(where: DateCandidates.publishedWords.contains) ? 1 : 0,
            words.contains(where: DateCandidates.modifiedWords.contains) ? 1 : 0,
            Float(finding.wordsBefore.count),
            finding.date.clock?.offsetMinutes == nil ? 0 : 1,
        ]
    }
}
