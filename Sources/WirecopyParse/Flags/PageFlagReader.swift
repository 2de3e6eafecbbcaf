import WirecopyMessages

/// Says what a page as a whole is: a live blog, one part of several, a consent wall, a paywall's
/// stub.
///
/// A page's own statements go before its address, and that before its words. What is there of the
/// text stays as it is: a flag removes nothing.
struct PageFlagReader {
    /// Address after redirects.
    let url: String
    /// The headline.
    let title: String?
    /// Each block or line of the page in lower case, in order.
    let lines: [FoldedLine]
    /// What was kept of the page.
    let mainText: MainText

    /// The text of a line as it stands on the page.
    let text: (Int) -> String

    /// The form of each line, as far as it is known.
    var forms: [LineForm] = []
    /// What the page says of itself, when it is HTML.
    var metadata: PageMetadata?
    /// Bytes of sentences in boxes that elements call consent.
    var consentBytes = 0

    /// The flags, each at most once.
    func flags() -> [PageFlag] {
        [liveBlog(), multiPart(), consentWall(), paywallStub()].compactMap(\.self)
    }

    // MARK: - Live blog

    /// A page that calls itself a live blog; or one whose address or headline does, and that shows
    /// the times of several entries.
    private func liveBlog() -> PageFlag? {
        if metadata?.structured?.isLiveBlog == true {
            return PageFlag(.liveBlog, source: "json-ld", confidence: 0.95)
        }
        let path = WebAddress.path(of: url)
        let isNamed = PageFlagPhrases.livePaths.contains { path.contains($0) }
        let heading = title.map { FoldedLine($0) }
        let isTitled = heading.map(PageFlagPhrases.liveTitles.occurs) ?? false
        guard isNamed || isTitled, entryTimes >= Self.entryTimesMin else { return nil }
        return isTitled
            ? PageFlag(.liveBlog, source: "title", confidence: 0.8, evidence: evidence(title))
            : PageFlag(.liveBlog, source: "url", confidence: 0.7, evidence: evidence(url))
    }

    /// Lines that are a time or begin with one: `14:05`, `2.30 pm ET`, `14h05`.
    private var entryTimes: Int {
        lines.count { Self.beginsWithTime($0.bytes) }
    }

    private static func beginsWithTime(_ line: [UInt8]) -> Bool {
        let hour = line.prefix { $0.isDigit }
        guard 1...2 ~= hour.count, line.count >= hour.count + 3 else { return false }
        let mark = line[hour.count]
        let minute = line[(hour.count + 1)...].prefix { $0.isDigit }
        let isMark =
            mark == UInt8(ascii: ":") || mark == UInt8(ascii: "h")
            || mark == UInt8(ascii: ".")
        return isMark && minute.count == 2
    }

    private static let entryTimesMin = 4

    // MARK: - Multi-part

    /// A neighbour that the page names is the same address but for a page number; or a line counts
    /// the parts.
    private func multiPart() -> PageFlag? {
        let base = PartAddress(url)
        for address in metadata?.neighbours ?? [] {
            guard let whole = WebAddress.absolute(address, on: url) else { continue }
            let neighbour = PartAddress(whole)
            if neighbour.base == base.base, neighbour.number != base.number {
                return PageFlag(
                    .multiPart,
                    source: "rel=next",
                    confidence: 0.9,
                    evidence: evidence(whole)
                )
            }
        }
        guard let count = lines.firstIndex(where: PageFlagPhrases.countsParts) else { return nil }
        return PageFlag(
            .multiPart,
            source: "words",
            confidence: 0.7,
            evidence: evidence(text(count))
        )
    }

    // MARK: - Consent wall

    /// The page's sentences are about consent for the most part, and there are few others.
    private func consentWall() -> PageFlag? {
        guard mainText.bytes < Self.wallBytesMax else { return nil }
        let spoken = mainText.paragraphs.filter {
            PageFlagPhrases.consents.occurs(in: FoldedLine($0.text))
        }
        let spokenBytes = spoken.reduce(0) { $0 + $1.text.utf8.count }
        let (asked, rest) = (spokenBytes + consentBytes, mainText.bytes - spokenBytes)
        let prose = forms.reduce(0) { $0 + ($1.isProse ? $1.bytes : 0) }
        guard rest < Self.teaserRestMax, asked > rest, prose - asked < Self.teaserRestMax * 2 else {
            return nil
        }
        let line =
            spoken.first?.text
            ?? lines.firstIndex { PageFlagPhrases.consents.occurs(in: $0) }.map(text)
        guard let line else { return nil }
        return PageFlag(.consentWall, source: "words", confidence: 0.8, evidence: evidence(line))
    }

    /// The longest walls explain each purpose and have some thousand bytes.
    private static let wallBytesMax = 8000
    /// Behind a wall stands a teaser at most.
    private static let teaserRestMax = 400

    // MARK: - Paywall stub

    /// The page says that the article is not free, or asks to subscribe for the rest; and what is
    /// there is short or breaks off.
    private func paywallStub() -> PageFlag? {
        guard mainText.bytes < Self.stubBytesMax else { return nil }
        let declared = declaration
        let gate = gateLine
        guard declared != nil || gate != nil,
            isStub(isDeclared: declared != nil, hasGate: gate != nil)
        else {
            return nil
        }
        return PageFlag(
            .paywallStub,
            source: declared ?? "words",
            confidence: declared != nil && gate != nil ? 0.9 : 0.7,
            evidence: evidence(gate.map(text))
        )
    }

    /// Where the page states that the article is not free.
    private var declaration: String? {
        if metadata?.structured?.isFree == false { return "json-ld" }
        let tier = metadata?.meta("article:content_tier")?.value ?? ""
        return PageFlagPhrases.tiers.contains(tier) ? "article:content_tier" : nil
    }

    /// A line that asks to subscribe for the rest of the text.
    private var gateLine: Int? {
        lines.firstIndex { line in
            line.bytes.count <= Self.gateBytesMax && PageFlagPhrases.gates.occurs(in: line)
        }
    }

    private func isStub(isDeclared: Bool, hasGate: Bool) -> Bool {
        if mainText.bytes < Self.teaserBytesMax { return true }
        let breaksOff = mainText.paragraphs.last { $0.kind != .credit && $0.kind != .caption }
            .map { Self.breaksOff($0.text) }
        return breaksOff == true || (isDeclared && hasGate)
    }

    private static func breaksOff(_ text: String) -> Bool {
        text.hasSuffix("…") || text.hasSuffix("...") || text.hasSuffix("[…]")
            || (text.utf8.count > gateBytesMax && !LineForm(text).endsSentence)
    }

    /// A teaser has two or three sentences.
    private static let teaserBytesMax = 900
    /// Some sites show the first paragraphs; news of more than that is a whole report.
    private static let stubBytesMax = 2500
    /// An appeal is a sentence or two; a paragraph of a report on subscribers is longer.
    private static let gateBytesMax = 300

    // MARK: - Evidence

    private func evidence(_ text: String?) -> String? {
        text.map { NormalText.prefix($0, bytes: 200) }
    }
}

extension PageFlag.Kind {
    /// The flag as a noun for sentences.
    package var words: String {
        switch self {
        case .liveBlog: "live blog"
        case .multiPart: "part of an article of several pages"
        case .consentWall: "consent wall"
        case .paywallStub: "paywall's stub"
        }
    }
}
