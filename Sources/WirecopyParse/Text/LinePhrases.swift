import WirecopyMessages

/// Tells boilerplate by what it says: phrases that sites use whatever their articles are about.
///
/// Each list has one phrase a line. A phrase must not be one that a news sentence is likely to
/// contain; lists that could are only applied to short lines, or only at the beginning.
enum LinePhrases {
    /// What the words of a line make it; `nil` when they say nothing.
    ///
    /// `Sign up for our free newsletter` is a newsletter form; `He told voters to sign up for the
    /// draft.` is nothing.
    static func label(
        of line: FoldedLine,
        _ form: LineForm,
        _ spoken: SpokenPhrases
    ) -> BoilerplateLabel? {
        if PhraseLists.labels.equals(line) { return .label }
        if PhraseLists.sectionStarts.equals(line) { return .related }
        guard form.bytes <= longBytesMax else { return nil }
        if form.bytes <= creditBytesMax, PhraseLists.credits.begins(line) { return .credit }
        if spoken.contains(.captionEnd), isCredit(line, form) { return .caption }
        if endsWithMaker(line) { return .caption }
        if !spoken.isDisjoint(with: [.newsletter, .membership]), speaksToReader(line, form, spoken)
        {
            return spoken.contains(.newsletter) ? .newsletter : .membership
        }
        if spoken.contains(.consent) { return .consent }
        if spoken.contains(.footer), form.bytes <= shortBytesMax * 2 { return .footer }
        guard form.bytes <= shortBytesMax else { return nil }
        if PhraseLists.relatedStarts.begins(line) { return .related }
        if PhraseLists.shares.begins(line) { return .share }
        if PhraseLists.navigations.begins(line) { return .navigation }
        if PhraseLists.advertisements.begins(line) { return .advertisement }
        if PhraseLists.comments.begins(line) { return .comments }
        return nil
    }

    /// Whether a line is the heading of a part that is not the article: `Related`, `News feed`.
    static func startsSection(_ line: FoldedLine) -> Bool { PhraseLists.sectionStarts.equals(line) }

    /// Whether a line speaks of its author in the third person, as the notes below articles do.
    static func isBiography(
        _ line: FoldedLine,
        _ form: LineForm,
        _ spoken: SpokenPhrases
    ) -> Bool {
        spoken.contains(.biography) && form.bytes <= biographyBytesMax && !quotes(line)
    }

    /// Whether a line says where a report's facts come from: `Reuters contributed to this report.`
    static func isSourceNote(_ form: LineForm, _ spoken: SpokenPhrases) -> Bool {
        spoken.contains(.sourceNote) && form.bytes <= shortBytesMax * 2
    }

    /// Whether a line says who wrote the article, and perhaps when: `By Ann Lee, 29 May 2024`.
    static func isByline(_ text: String, _ line: FoldedLine, _ form: LineForm) -> Bool {
        // A line that ends with `8:30 a.m.` looks like a sentence.
        form.bytes <= bylineBytesMax && (!form.isProse || form.digits >= dateDigitsMin)
            && Byline.startsLikeByline(line) && !Byline.names(in: text).isEmpty
    }

    /// Whether a line is a date and little else: `May 29, 2024, 8:30 a.m.`
    static func isDateLine(_ text: String, _ form: LineForm) -> Bool {
        form.bytes <= dateLineBytesMax && form.digits >= dateDigitsMin && !form.isProse
            && DateReader().firstDate(in: text)?.date.day != nil
    }

    /// Whether a line corrects the article.
    static func isCorrection(_ line: FoldedLine) -> Bool { PhraseLists.corrections.begins(line) }

    /// Whether a line speaks to its reader or for its site, and quotes nobody who does.
    static func addressesReader(_ line: FoldedLine, _ spoken: SpokenPhrases) -> Bool {
        spoken.contains(.address) && !quotes(line)
    }

    private static func quotes(_ line: FoldedLine) -> Bool {
        line.bytes.contains(UInt8(ascii: "\""))
    }

    /// A news sentence may name a newsletter or a donation; an appeal says `you` or `our`, and
    /// quotes nobody. Lines without a sentence need not.
    private static func speaksToReader(
        _ line: FoldedLine,
        _ form: LineForm,
        _ spoken: SpokenPhrases
    ) -> Bool {
        !form.isProse || addressesReader(line, spoken)
    }

    /// A photographer's credit ends a caption and stands in brackets or behind a slash.
    private static func isCredit(_ line: FoldedLine, _ form: LineForm) -> Bool {
        let tail = line.bytes.suffix(creditTailBytes)
        return tail.contains(UInt8(ascii: "(")) || tail.contains(UInt8(ascii: "/"))
            || tail.contains(UInt8(ascii: "[")) || form.bytes <= creditBytesMax
    }

    /// Whether a sentence is followed by a maker and an owner in brackets, as captions are.
    ///
    /// `The quay on Monday. (Ann Lee/Shore Press)` is; `It costs 5 crowns. (The old one cost 4.)`
    /// and `the fleet (and/or its crews)` are not.
    static func endsWithMaker(_ line: FoldedLine) -> Bool {
        let bytes = line.bytes
        guard bytes.last == UInt8(ascii: ")"),
            let open = bytes.suffix(creditTailBytes).lastIndex(of: UInt8(ascii: "(")),
            let end = bytes[..<open].last(where: { $0 != 0x20 && $0 != UInt8(ascii: "\"") }),
            Self.sentenceEnds.contains(end)
        else { return false }
        let names = bytes[(open + 1)...].dropLast().split(separator: UInt8(ascii: "/"))
        return names.count >= 2
            && names.allSatisfy { name in
                name.count(where: \.isLetter) >= 2 && !name.contains(where: sentenceEnds.contains)
            }
    }

    private static let sentenceEnds = Array(".!?".utf8)

    /// `Veröffentlicht am Donnerstag, 29. September 2024, 18:30 Uhr`, and a little more.
    private static let dateLineBytesMax = 80
    /// A day and a year.
    private static let dateDigitsMin = 5
    private static let bylineBytesMax = 120
    private static let shortBytesMax = 160
    private static let longBytesMax = 420
    private static let creditBytesMax = 110
    private static let creditTailBytes = 90
    private static let biographyBytesMax = 700
}
