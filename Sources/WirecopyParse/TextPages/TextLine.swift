import WirecopyMessages

/// A line of a text page with what its own form and words say.
struct TextLine: Sendable {
    /// Normalised, never empty.
    let text: String
    /// Number in the page, counted from 1.
    let number: Int
    /// Which run of lines without an empty line between them it belongs to.
    let group: Int
    let form: LineForm
    let folded: FoldedLine
    /// Which lists of phrases speak in it.
    let spoken: SpokenPhrases
    /// What the line is when nothing around it counts; `nil` when that is open.
    let ownLabel: BoilerplateLabel?

    init(_ text: String, number: Int, group: Int) {
        self.text = text
        self.number = number
        self.group = group
        form = LineForm(text)
        folded = FoldedLine(text)
        spoken = SpokenPhrases(in: folded)
        ownLabel = Self.label(folded, form, spoken, text)
    }

    /// A paragraph of the article unless its place says otherwise.
    var isProse: Bool { ownLabel == nil && (form.isProse || isDenseProse) && !isSourceNote }

    /// A sentence in a script that writes without spaces.
    private var isDenseProse: Bool {
        form.endsSentence && form.bytes >= Self.denseBytesMin
            && form.bytes >= form.words * Self.denseWordBytes
    }

    /// About 20 Chinese characters; news has no shorter sentence in a line of its own.
    private static let denseBytesMin = 60
    private static let denseWordBytes = 15

    /// A line that says where the report's facts come from.
    var isSourceNote: Bool { LinePhrases.isSourceNote(form, spoken) }

    /// Whether it speaks to its reader or for its site, and quotes nobody who does.
    var addressesReader: Bool { LinePhrases.addressesReader(folded, spoken) }

    /// Whether it begins as bylines do.
    var startsLikeByline: Bool { Byline.startsLikeByline(folded) }

    /// Whether it is what stands before a name that the next line has: `By`, `Written by:`.
    var isBareLead: Bool {
        form.words <= Self.leadWordsMax && form.bytes <= Self.leadBytesMax
            && Byline.startsLikeByline(FoldedLine(text + " ")) && Byline.names(in: text).isEmpty
    }

    /// Whether it could be the name of one person and nothing else.
    var isPerson: Bool { form.bytes <= Self.nameBytesMax && Byline.isPerson(text) }

    /// Whether it says what somebody is, as below a name: `Staff writer`.
    var isRole: Bool { form.bytes <= Self.nameBytesMax && Byline.roles.occurs(in: folded) }

    /// Whether it begins as entries of lists do.
    var startsWithBullet: Bool {
        ["• ", "- ", "– ", "* ", "· ", "▪ "].contains { text.utf8.starts(with: $0.utf8) }
    }

    private static let leadWordsMax = 3
    private static let leadBytesMax = 40
    private static let nameBytesMax = 80

    /// A line without a letter or digit, between entries of a list.
    var isSeparator: Bool { !form.hasLetter && form.digits == 0 }

    /// What a label that was given to the line rests on.
    func source(of label: BoilerplateLabel) -> LabelSource {
        guard label == ownLabel else { return .place }
        return label == .byline || label == .date || label == .other ? .form : .words
    }

    /// Cuts a page into lines.
    static func lines(of page: String) -> [TextLine] {
        var lines: [TextLine] = []
        var group = 0
        var number = 0
        var wasEmpty = false
        for raw in page.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            number += 1
            let text = NormalText.string(raw.prefix(lineBytesMax))
            if text.isEmpty {
                wasEmpty = true
                continue
            }
            if wasEmpty { group += 1 }
            wasEmpty = false
            guard lines.count < linesMax else { break }
            lines.append(TextLine(text, number: number, group: group))
        }
        return lines
    }

    /// Lines of a page; a copied page has a few hundred.
    static let linesMax = 20_000
    /// Bytes of a line; a whole article may stand in one.
    private static let lineBytesMax = 1 << 20

    private static func label(
        _ folded: FoldedLine,
        _ form: LineForm,
        _ spoken: SpokenPhrases,
        _ text: String
    ) -> BoilerplateLabel? {
        guard form.hasLetter else { return form.digits > 0 && form.bytes <= 40 ? .date : .other }
        if let label = LinePhrases.label(of: folded, form, spoken) { return label }
        if LinePhrases.isBiography(folded, form, spoken) { return .biography }
        if isByline(text, folded, form) { return .byline }
        return isDate(text, form) ? .date : nil
    }

    /// `Written by Ann Lee`, `By Ann Lee and Bo Ek, Reuters`; not `By Monday the river had risen.`
    private static func isByline(
        _ text: String,
        _ folded: FoldedLine,
        _ form: LineForm
    ) -> Bool {
        guard form.bytes <= bylineBytesMax, !form.endsSentence, form.words <= bylineWordsMax,
            Byline.startsLikeByline(folded)
        else { return false }
        return form.capitalised * 2 >= form.words && !Byline.names(in: text).isEmpty
    }

    /// A line that is a date or a time and little else.
    private static func isDate(_ text: String, _ form: LineForm) -> Bool {
        guard form.digits > 0, form.bytes <= dateBytesMax, form.words <= dateWordsMax else {
            return false
        }
        if DateReader().firstDate(in: text) != nil { return true }
        var cursor = DateCursor(DateToken.tokens(of: text).filter { $0 != .space }, at: 0)
        return form.words <= clockWordsMax && cursor.clock() != nil
    }

    private static let bylineBytesMax = 120
    private static let bylineWordsMax = 14
    private static let dateBytesMax = 70
    private static let dateWordsMax = 10
    private static let clockWordsMax = 4
}
