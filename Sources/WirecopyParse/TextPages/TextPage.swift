import HTMLDocument
import WirecopyMessages

/// Reads text that was copied out of a page: lines, their verdicts, then the fields.
struct TextPage {
    private let page: PageSource
    private let lines: [TextLine]
    private let verdicts: [LineClassifier.Verdict]

    /// Reads a page; never fails, but the draft may have no paragraphs.
    static func draft(of page: PageSource) -> ArticleDraft {
        let decoded = DecodedText(page)
        let lines = TextLine.lines(of: decoded.text)
        let verdicts = LineClassifier.verdicts(on: lines)
        var draft = TextPage(page: page, lines: lines, verdicts: verdicts).draft()
        draft.encoding = decoded.encoding
        return draft
    }

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
        if let index = verdicts.firstIndex(of: .title) {
            return Evidenced(lines[index].text, source: source(index), confidence: 0.8)
        }
        return page.hints?.title.map {
            Evidenced(NormalText.string($0), source: "hint", confidence: 0.5)
        }
    }

    private func authors() -> [Evidenced] {
        if let index = verdicts.firstIndex(of: .drop(.byline)) {
            let names = Byline.names(in: lines[index].text)
            return names.map {
                Evidenced($0, source: source(index), confidence: 0.8, evidence: evidence(index))
            }
        }
        return Byline.names(in: page.hints?.authors ?? [])
            .map { Evidenced($0, source: "hint", confidence: 0.5) }
    }

    /// A line of the head that is a date, else the dateline of the first paragraph.
    ///
    /// Dates in captions, appeals, biographies and in the text itself are dates of something else.
    private func published() -> PublicationDate? {
        let firstText = verdicts.firstIndex { $0 == .keep(.body) } ?? verdicts.count
        for index in headDates(before: firstText) {
            if let date = date(lines[index].text, index, confidence: 0.8) { return date }
        }
        guard firstText < lines.count, let dateline = dateline(lines[firstText].text) else {
            return hintedDate()
        }
        return date(dateline, firstText, confidence: 0.6) ?? hintedDate()
    }

    /// Lines of the head that may have the date: those below the headline first, since one above it
    /// is often the day on which the page was copied; bylines after lines that are dates.
    private func headDates(before firstText: Int) -> [Int] {
        let title = verdicts.firstIndex(of: .title) ?? -1
        let dates = verdicts.indices.prefix(firstText).filter { verdicts[$0] == .drop(.date) }
        let bylines = verdicts.indices.prefix(firstText).filter { index in
            index > title && lines[index].form.digits >= 3
                && lines[index].form.bytes <= Self.bylineBytesMax
                && [.drop(.byline), .drop(.label)].contains(verdicts[index])
        }
        return dates.filter { $0 > title } + bylines + dates.filter { $0 < title }
    }

    /// A line of the head that is a date by its form, and lies ahead or on no day of the calendar.
    private func impossibleDate() -> String? {
        let firstText = verdicts.firstIndex { $0 == .keep(.body) } ?? verdicts.count
        return verdicts.indices.prefix(firstText).first { index in
            let line = lines[index]
            guard line.form.digits >= 5, line.form.bytes <= Self.datelineBytesMax else {
                return false
            }
            return verdicts[index] == .drop(.date)
                || verdicts[index] == .drop(.label) && Self.namesMonth(line)
        }
        .map { lines[$0].text }
    }

    private static func namesMonth(_ line: TextLine) -> Bool {
        line.folded.bytes.split { !$0.isLetter }.contains {
            MonthNames.month(String(decoding: $0, as: UTF8.self)) != nil
        }
    }

    /// `OSLO, May 23 (Agency) -`: what stands before the dash, when it is short.
    private func dateline(_ text: String) -> String? {
        let start = NormalText.prefix(text, bytes: Self.datelineBytesMax)
        for dash in [" - ", " — ", " – ", ") -", ") —"] {
            guard let range = start.firstRange(of: dash) else { continue }
            return String(start[..<range.lowerBound])
        }
        return nil
    }

    private func date(_ text: String, _ index: Int, confidence: Double) -> PublicationDate? {
        let readOn = CalendarDate(page.fetchedAt)
        let reader = DateReader(order: .monthFirst, latest: readOn)
        guard let finding = reader.firstDate(in: text) else { return nil }
        if let readOn, finding.date.ordinal > readOn.ordinal + 1 { return nil }
        let confidence = finding.isYearInferred ? confidence / 2 : confidence
        return PublicationDate(
            Evidenced(
                finding.date.rfc3339,
                source: source(index),
                confidence: confidence,
                evidence: NormalText.prefix(text, bytes: 200)
            ),
            precision: finding.date.precision,
            isInferred: finding.isYearInferred
        )
    }

    private func hintedDate() -> PublicationDate? {
        guard let hint = page.hints?.published else { return nil }
        return DateDecision(readOn: CalendarDate(page.fetchedAt), order: .monthFirst)
            .decided([.init(source: "hint", text: hint, confidence: 0.5)])
    }

    private func source(_ index: Int) -> String { "line:\(lines[index].number)" }

    private func evidence(_ index: Int) -> String {
        NormalText.prefix(lines[index].text, bytes: 200)
    }

    private static let datelineBytesMax = 70
    private static let bylineBytesMax = 140
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
