import Foundation
import HTMLDocument
import WirecopyMessages

/// Reads text that was copied out of a page: lines, what the models say of them, then the fields.
struct TextPage {
    let page: PageSource
    private let reading: TextReading
    private let model: TextPageModel
    let verdicts: [LineLabels.Verdict]

    /// Reads a page; never fails, but the draft may have no paragraphs.
    static func draft(of page: PageSource, _ model: TextPageModel) -> ArticleDraft {
        let decoded = DecodedText(page)
        let lines = TextLine.lines(of: decoded.text)
        var draft = TextPage(page, TextLines(lines), model).draft()
        draft.encoding = decoded.encoding
        if lines.count == TextLine.linesMax {
            draft.warnings.append("Of the page the first \(lines.count) lines were read.")
        }
        return draft
    }

    private init(_ page: PageSource, _ lines: TextLines, _ model: TextPageModel) {
        self.page = page
        self.model = model
        var reading = TextReading(lines, of: page)
        model.readHead(&reading)
        let odds = model.logOdds(.text, reading.textRows)
        let choice = LineChoice(lines, odds: odds, title: reading.title)
        verdicts = LineLabels.verdicts(lines, isKept: choice.isKept, title: reading.title)
        self.reading = reading
    }

    var lines: [TextLine] { reading.page.lines }

    private func draft() -> ArticleDraft {
        var draft = ArticleDraft()
        draft.mainText = mainText()
        draft.title = title()
        draft.authors = authors()
        draft.published = published()
        if draft.published == nil, let line = impossibleDate() {
            let text = NormalText.prefix(line, bytes: 80)
            draft.warnings.append("The date \"\(text)\" cannot be right and is left open.")
        }
        draft.flags = PageFlagReader(
            url: page.url,
            title: draft.title?.value,
            lines: lines.map(\.folded),
            mainText: draft.mainText,
            text: { lines[$0].text }
        ).flags()
        draft.syndication = syndication(draft.authors)
        return draft
    }

    private func mainText() -> MainText {
        var main = MainText()
        for (line, verdict) in zip(lines, verdicts) {
            switch verdict {
            case .title: main.drop(.headline, line.text, because: .form)
            case .keep(let kind): main.paragraphs.append(Paragraph(kind, line.text))
            case .drop(let label):
                main.drop(label, line.text, because: line.source(of: label))
            }
        }
        return main
    }

    // MARK: - Fields

    private func title() -> Evidenced? {
        if let index = reading.title {
            return Evidenced(
                lines[index].text,
                source: source(index),
                confidence: Self.confidence(reading.titleLogOdds)
            )
        }
        return page.hints?.title.map {
            Evidenced(NormalText.string($0), source: "hint", confidence: 0.5)
        }
    }

    /// The names whose best place is likely enough, in the order of the page.
    private func authors() -> [Evidenced] {
        let candidates = reading.authors
        let odds = model.logOdds(.authors, candidates.rows)
        var best: [String: Int] = [:]
        for index in candidates.places.indices where odds[index] > Self.authorOddsMin {
            let key = candidates.places[index].key
            if let known = best[key], odds[known] >= odds[index] { continue }
            best[key] = index
        }
        let names = best.values.sorted().prefix(Byline.namesMax).map { index in
            let place = candidates.places[index]
            return Evidenced(
                place.name,
                source: source(place.line),
                confidence: Self.confidence(odds[index]),
                evidence: evidence(place.line)
            )
        }
        if !names.isEmpty { return Self.withoutParts(names) }
        return Byline.names(in: page.hints?.authors ?? [])
            .map { Evidenced($0, source: "hint", confidence: 0.5) }
    }

    /// A guess that cut a name too early stands beside the whole name.
    private static func withoutParts(_ names: [Evidenced]) -> [Evidenced] {
        let keys = names.map { " " + FoldedLine($0.value).key + " " }
        return names.indices.filter { index in
            !keys.indices.contains { other in
                keys[other].utf8.count > keys[index].utf8.count && keys[other].contains(keys[index])
            }
        }.map { names[$0] }
    }

    /// The likeliest day, at the most precise of its likely places.
    private func published() -> PublicationDate? {
        let candidates = reading.dates
        let odds = model.logOdds(.dates, candidates.rows)
        guard let best = odds.indices.max(by: { odds[$0] < odds[$1] }),
            odds[best] > Self.dateOddsMin
        else { return hintedDate() ?? addressDate() }
        let day = candidates.places[best].day
        let finest = odds.indices.filter {
            candidates.places[$0].day == day && odds[$0] > min(0, odds[best])
        }.max {
            candidates.places[$0].finding.date.precision.rank
                < candidates.places[$1].finding.date.precision.rank
        }
        let place = candidates.places[finest ?? best]
        let confidence = Self.confidence(odds[best])
        let isInferred = place.finding.isYearInferred
        return PublicationDate(
            Evidenced(
                place.finding.date.rfc3339,
                source: source(place.line),
                confidence: isInferred ? confidence / 2 : confidence,
                evidence: evidence(place.line)
            ),
            precision: place.finding.date.precision,
            isInferred: isInferred
        )
    }

    /// A line of the head that is a date by its form, and lies ahead or on no day of the calendar.
    private func impossibleDate() -> String? {
        let firstText = verdicts.firstIndex { $0 == .keep(.body) } ?? verdicts.count
        return verdicts.indices.prefix(firstText).first { index in
            let line = lines[index]
            guard line.form.digits >= 5, line.form.bytes <= Self.dateLineBytesMax else {
                return false
            }
            return verdicts[index] == .drop(.date) || Self.namesMonth(line)
        }
        .map { lines[$0].text }
    }

    private static func namesMonth(_ line: TextLine) -> Bool {
        line.folded.bytes.split { !$0.isLetter }.contains {
            MonthNames.month(String(decoding: $0, as: UTF8.self)) != nil
        }
    }

    private func hintedDate() -> PublicationDate? {
        guard let hint = page.hints?.published else { return nil }
        return DateDecision(readOn: CalendarDate(page.fetchedAt), order: .monthFirst)
            .decided([.init(source: "hint", text: hint, confidence: 0.5)])
    }

    /// The day in the address, for a page that shows none.
    private func addressDate() -> PublicationDate? {
        guard let day = reading.address.day else { return nil }
        if let readOn = CalendarDate(page.fetchedAt), day.dayNumber > readOn.dayNumber + 1 {
            return nil
        }
        let evidenced = Evidenced(day.rfc3339, source: "url", confidence: 0.7, evidence: page.url)
        return PublicationDate(evidenced, precision: .day)
    }

    private static func confidence(_ odds: Float) -> Double {
        (1000 / (1 + exp(-Double(odds)))).rounded() / 1000
    }

    /// Three in ten: a missing name is as bad as a wrong one.
    private static let authorOddsMin: Float = -0.8
    /// A quarter: below, the date is left open.
    private static let dateOddsMin: Float = -1.1
    private static let dateLineBytesMax = 70

    func source(_ index: Int) -> String { "line:\(lines[index].number)" }

    private func evidence(_ index: Int) -> String {
        NormalText.prefix(lines[index].text, bytes: 200)
    }
}

/// The characters of a text page.
private struct DecodedText {
    let text: String
    /// As `ParsedArticle.encoding` names it.
    let encoding: String

    /// Decodes as a browser does that shows plain text: the `plaintext` element takes all bytes
    /// behind it as they are, after the same choice of encoding as for HTML.
    init(_ page: PageSource) {
        if let utf16 = Self.utf16(page.body) {
            (text, encoding) = utf16
            return
        }
        let document = page.document(of: Array("<plaintext>".utf8) + page.body)
        text = document.body.map { document.textContent(of: $0) } ?? ""
        encoding = document.sourceEncoding.rawValue.lowercased()
    }

    private static func utf16(_ bytes: [UInt8]) -> (String, String)? {
        let isBig = bytes.starts(with: [0xFE, 0xFF])
        guard isBig || bytes.starts(with: [0xFF, 0xFE]) else { return nil }
        let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return isBig ? first << 8 | second : second << 8 | first
        }
        return (String(decoding: units, as: UTF16.self), isBig ? "utf-16be" : "utf-16le")
    }
}
