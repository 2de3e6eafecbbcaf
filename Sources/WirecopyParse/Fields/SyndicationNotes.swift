import WirecopyMessages

/// Finds the agencies and outlets from which a page says that its report comes.
///
/// Only what names somebody else than the site itself counts. Photographs have agencies of their
/// own: captions and credits of pictures are not looked at.
struct SyndicationNotes {
    /// A line with what is known of its place.
    struct Line {
        /// Where a line stands to the text.
        enum Place {
            /// Between the headline and the text.
            case head
            /// One of the first paragraphs.
            case opening
            /// Of the last paragraphs, or close behind them.
            case end
        }

        let text: String
        /// The text in lower case.
        let folded: FoldedLine
        let place: Place
        /// As `Evidenced.source` names it.
        let source: String
    }

    private let siteKeys: [String]
    private(set) var found: [Evidenced] = []

    /// - Parameter siteNames: what the page calls its site, and its host, in any case.
    init(siteNames: [String]) {
        siteKeys = siteNames.map { FoldedLine($0).key }.filter { $0.utf8.count >= 2 }
    }

    // MARK: - Statements

    /// Takes what the page's data give for the source of the report: an address, or an agency.
    ///
    /// Other names are those of the site's owner.
    mutating func add(stated text: String, source: String) {
        let plain = PlainText.withoutMarkup(text)
        if let host = WebAddress.host(of: plain) {
            return add(host, source, Confidence.stated, plain)
        }
        let bytes = Array(plain.utf8.prefix(Self.agencyLineBytesMax))
        for agency in NewsAgencies.named(in: bytes, strict: true)
        where Self.isMostly(agency, of: bytes) {
            add(agency.name, source, Confidence.stated, plain)
        }
    }

    /// Takes an author; one that is an agency is where the report comes from.
    mutating func add(author: Evidenced) {
        let bytes = Array(author.value.utf8)
        guard bytes.count <= Self.agencyLineBytesMax else { return }
        for agency in NewsAgencies.named(in: bytes, strict: bytes.count <= Self.shortBytesMax)
        where Self.isMostly(agency, of: bytes) {
            add(agency.name, author.source, Confidence.author, author.evidence ?? author.value)
        }
    }

    // MARK: - Lines

    /// Takes a line that a reader sees.
    mutating func add(_ line: Line) {
        let bytes = Array(line.text.utf8)
        switch line.place {
        case .head:
            addWholeLine(line, bytes)
            addNotes(line, bytes)
        case .opening:
            addDateline(line, bytes)
            addNotes(line, bytes)
        case .end:
            addWholeLine(line, bytes)
            addClosing(line, bytes)
            addNotes(line, bytes)
        }
    }

    /// `AFP`, `dpa/Reuters`, `Mit Material von dpa`: a line of an agency's name and little else.
    private mutating func addWholeLine(_ line: Line, _ bytes: [UInt8]) {
        guard bytes.count <= Self.agencyLineBytesMax,
            !isOfPicture(line.folded)
        else { return }
        let agencies = NewsAgencies.named(in: bytes, strict: true)
        let named = agencies.reduce(0) { $0 + $1.place.count }
        let letters = bytes.count { $0.isLetter }
        guard named > 0, letters - named <= Self.otherLettersMax, !namesPerson(bytes) else {
            return
        }
        for agency in agencies { add(agency.name, line.source, Confidence.line, line.text) }
    }

    /// `Reuters/Ann Lee` is a photographer, `dpa/al` and `AFP/Reuters` are reports.
    private func namesPerson(_ bytes: [UInt8]) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: "/"))
        return parts.count > 1
            && parts.contains { part in
                part.count { $0.isLetter } > Self.initialsMax
                    && NewsAgencies.named(in: Array(part), strict: true).isEmpty
            }
    }

    private static let initialsMax = 4

    /// `AP Photo/Ann Lee`, `Foto: dpa`, `AFP via Getty Images`.
    private func isOfPicture(_ line: FoldedLine) -> Bool {
        Self.pictureWords.occurs(in: line)
    }

    private static let pictureWords = PhraseList(
        """
        photo | photos | foto | fotos | bild: | bilder: | image | images | picture | \
        picture alliance | video | graphic | illustration | getty images | shutterstock | handout
        """
    )

    /// `OSLO, May 23 (Reuters) -` and `PARIS (AP) —`: the brackets in front of a report's text.
    private mutating func addDateline(_ line: Line, _ bytes: [UInt8]) {
        let start = Array(bytes.prefix(Self.datelineBytesMax))
        if let open = start.firstIndex(where: Self.isOpening),
            let close = start[open...].firstIndex(where: Self.isClosing),
            start[..<open].allSatisfy({ !Self.endsSentence($0) })
        {
            let inside = Array(start[(open + 1)..<close])
            let rest = bytes[(close + 1)...].prefix(6)
            // `Reuters (AP) reported` is a sentence; behind a dateline there is a dash or colon.
            let isDateline = Self.beginsWithDash(rest) || open == 0 || open <= 40
            if isDateline, inside.count <= Self.shortBytesMax {
                addAll(in: inside, line, Confidence.dateline, strict: Self.beginsWithDash(rest))
            }
        }
        // `Berlin dpa – `, `新华社北京5月23日电`.
        if start.first.map({ $0 >= 0x80 }) == true,
            let agency = NewsAgencies.named(in: start, strict: false).first,
            agency.place.lowerBound <= 6
        {
            add(agency.name, line.source, Confidence.dateline, line.text)
        }
    }

    /// `… said on Monday. (dpa)`, `(AFP/Reuters)`: brackets behind the last sentence.
    private mutating func addClosing(_ line: Line, _ bytes: [UInt8]) {
        guard let last = bytes.last(where: { $0 != 0x20 && $0 != UInt8(ascii: ".") }),
            Self.isClosing(last),
            let close = bytes.lastIndex(where: Self.isClosing),
            let open = bytes[..<close].lastIndex(where: Self.isOpening),
            close - open - 1 <= Self.closingBytesMax
        else { return }
        let inside = Array(bytes[(open + 1)..<close])
        let agencies = NewsAgencies.named(in: inside, strict: inside.count <= Self.shortBytesMax)
        guard let first = agencies.first else { return }
        let isPhoto = bytes.count <= Self.noteBytesMax && isOfPicture(line.folded)
        guard !isPhoto, first.place.lowerBound <= Self.shortBytesMax else { return }
        for agency in agencies { add(agency.name, line.source, Confidence.closing, line.text) }
    }

    /// Sentences that say where a report comes from.
    private mutating func addNotes(_ line: Line, _ bytes: [UInt8]) {
        guard bytes.count <= Self.noteBytesMax else { return }
        let folded = line.folded
        guard SyndicationPhrases.all.occurs(in: folded) else { return }
        if let outlet = SyndicationPhrases.outlet(in: line.text) {
            add(outlet, line.source, Confidence.republished, line.text)
        }
        if SyndicationPhrases.sources.occurs(in: folded),
            !isOfPicture(folded)
        {
            addAll(in: bytes, line, Confidence.note, strict: bytes.count <= Self.shortBytesMax * 2)
        }
    }

    private mutating func addAll(
        in bytes: [UInt8],
        _ line: Line,
        _ confidence: Double,
        strict: Bool
    ) {
        for agency in NewsAgencies.named(in: bytes, strict: strict) {
            add(agency.name, line.source, confidence, line.text)
        }
    }

    private mutating func add(
        _ name: String,
        _ source: String,
        _ confidence: Double,
        _ evidence: String
    ) {
        let value = NormalText.prefix(NormalText.string(name), bytes: Self.nameBytesMax)
        let key = FoldedLine(value).key
        guard !key.isEmpty, found.count < ParsedArticle.syndicationMax, !isSite(value, key),
            !found.contains(where: { FoldedLine($0.value).key == key })
        else { return }
        let start = NormalText.prefix(evidence, bytes: 200)
        found.append(
            Evidenced(
                value,
                source: source,
                confidence: confidence,
                evidence: start == value ? nil : start
            )
        )
    }

    /// What a site publishes itself comes from nowhere else.
    private func isSite(_ name: String, _ key: String) -> Bool {
        let keys = [key] + NewsAgencies.keys(of: name)
        return siteKeys.contains { site in
            keys.contains { key in
                let (spaced, inside) = (" \(site) ", " \(key) ")
                return spaced.contains(inside) || (site.utf8.count >= 5 && inside.contains(spaced))
                    || site.replacing(" ", with: "") == key.replacing(" ", with: "")
            }
        }
    }

    private static func isMostly(_ agency: NewsAgencies.Found, of bytes: [UInt8]) -> Bool {
        agency.place.count * 2 >= bytes.count { $0.isLetter }
    }

    private static func isOpening(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[")
    }

    private static func isClosing(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]")
    }

    private static func endsSentence(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "\"")
    }

    /// `-`, `—`, `–`, `:` behind spaces.
    private static func beginsWithDash(_ bytes: ArraySlice<UInt8>) -> Bool {
        let rest = bytes.drop { $0 == 0x20 || $0 == UInt8(ascii: ".") }
        return rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: ":")
            || rest.starts(with: [0xE2, 0x80])
    }

    /// Shares that were right: on saved pages of some hundred sites, all of 30 names among the
    /// authors or in the page's data, 7 of 7 datelines, and 22 of 24 in notes, lines and closing
    /// brackets. So few say no more than that few are wrong.
    private enum Confidence {
        static let stated = 0.95
        static let author = 0.95
        static let dateline = 0.9
        static let line = 0.9
        static let closing = 0.9
        static let note = 0.9
        static let republished = 0.9
    }

    private static let nameBytesMax = 80
    private static let agencyLineBytesMax = 60
    /// `Mit Material von`, `By The`, `Source:`.
    private static let otherLettersMax = 16
    private static let datelineBytesMax = 90
    private static let closingBytesMax = 80
    private static let shortBytesMax = 40
    private static let noteBytesMax = 420
}
