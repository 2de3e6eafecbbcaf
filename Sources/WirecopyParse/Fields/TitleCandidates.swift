import HTMLDocument
import WirecopyMessages

/// The headlines that a page offers, each with the numbers that the title forest reads.
struct TitleCandidates {
    /// Where a headline may stand, the most trusted first.
    enum Place: Int, CaseIterable {
        case headingNear, structured, openGraph, openGraphCutByName, heading, twitter, microdata
        case otherMeta, structuredOther, titleCutByName, title, headingPart, headingRest
        case openGraphCutLast, openGraphCutFirst, openGraphRest
        case titleCutLast, titleCutFirst, titleRest, titleMiddle
        case named, large, secondNear, second, headingsJoined, hint
    }

    private(set) var table = CandidateTable(placeCount: Place.allCases.count)
    private let context: FieldContext
    private let headline: Headline
    private let names: [String]
    private let slug: [String]
    private var blockByKey: [String: Int] = [:]

    /// Numbers of one candidate.
    static let numberCount = Place.allCases.count + 34

    init(_ context: FieldContext) {
        self.context = context
        names = context.siteNames()
        headline = Headline(siteNames: names)
        slug = Self.slugWords(context.page.url)
        addStatements()
        addHeadings()
        addTitles()
    }

    // MARK: - Gathering

    private mutating func add(
        _ text: String?,
        _ place: Place,
        _ source: String,
        from: String? = nil
    ) {
        guard let text else { return }
        let value = NormalText.prefix(NormalText.string(text), bytes: TitleText.bytesMax)
        let key = TitleText.key(value)
        guard !key.isEmpty else { return }
        table.add(value, key: key, place: place.rawValue, source: source, evidence: from ?? value)
    }

    private mutating func addStatements() {
        let metadata = context.metadata
        add(metadata.structured?.headline, .structured, "json-ld")
        for text in metadata.structured?.otherHeadlines ?? [] {
            add(text, .structuredOther, "json-ld")
        }
        if let text = metadata.meta("og:title")?.value {
            add(text, .openGraph, "og:title")
            add(headline.withoutSiteName(text), .openGraphCutByName, "og:title", from: text)
            addCuts(
                of: text,
                "og:title",
                [.openGraphCutLast, .openGraphCutFirst, .openGraphRest, .titleMiddle]
            )
        }
        if let text = metadata.meta("twitter:title")?.value {
            add(text, .twitter, "twitter:title")
            add(headline.withoutSiteName(text), .twitter, "twitter:title", from: text)
        }
        for text in metadata.properties["headline"] ?? [] {
            add(text, .microdata, metadata.source(ofProperty: "headline"))
        }
        for name in Self.metas {
            guard let text = metadata.meta(name)?.value else { continue }
            add(text, .otherMeta, name)
            add(headline.withoutSiteName(text), .otherMeta, name, from: text)
        }
        add(context.page.hints?.title, .hint, "hint")
    }

    private mutating func addTitles() {
        guard let text = context.metadata.title, !isMasthead(text) else { return }
        add(text, .title, "title")
        add(headline.withoutSiteName(text), .titleCutByName, "title", from: text)
        addCuts(of: text, "title", [.titleCutLast, .titleCutFirst, .titleRest, .titleMiddle])
    }

    /// Whether a page without an `h1` shows a headline and `title` names its paper alone.
    private func isMasthead(_ title: String) -> Bool {
        let head = ArticleHead(outline: context.outline)
        return context.metadata.headings.isEmpty && head.largeHeadline() != nil
            && head.isMasthead(title)
    }

    private mutating func addCuts(of text: String, _ source: String, _ places: [Place]) {
        let cuts = TitleText.cuts(text)
        guard let first = cuts.first, let last = cuts.last else { return }
        add(String(text[..<last.lowerBound]), places[0], source, from: text)
        add(String(text[..<first.lowerBound]), places[1], source, from: text)
        add(String(text[first.upperBound...]), places[2], source, from: text)
        for (cut, next) in zip(cuts, cuts.dropFirst()) {
            add(String(text[..<cut.lowerBound]), places[3], source, from: text)
            add(String(text[cut.upperBound..<next.lowerBound]), places[3], source, from: text)
        }
    }

    private mutating func addHeadings() {
        let outline = context.outline
        for pieces in context.metadata.headings {
            let whole = pieces.joined(separator: " ")
            add(whole, .heading, "h1")
            guard pieces.count > 1 else { continue }
            for piece in pieces { add(piece, .headingPart, "h1", from: whole) }
            add(pieces.dropFirst().joined(separator: " "), .headingRest, "h1", from: whole)
            add(pieces.dropLast().joined(separator: " "), .headingRest, "h1", from: whole)
        }
        let first = regions(.h1), second = regions(.h2)
        for region in first { note(region) }
        for region in second.prefix(Self.secondsMax) { note(region) }
        add(near(first).map(text), .headingNear, "h1")
        add(first.first.map(text), .heading, "h1")
        add(near(second).map(text), .secondNear, "h2")
        for region in second.prefix(2) { add(text(region), .second, "h2") }
        if first.count > 1 {
            let joined = first.prefix(2).map(text).joined(separator: " ")
            add(joined, .headingsJoined, "h1")
        }
        let large = ArticleHead(outline: outline)
        add(large.largeHeadline(), .large, "font")
        addNamed()
    }

    /// Elements that a class calls a headline.
    private mutating func addNamed() {
        let outline = context.outline
        let end = min(context.text.lowerBound + Self.namedBlocks, outline.blocks.count)
        var found = 0
        for index in 0..<end where found < Self.namedMax {
            let block = outline.blocks[index]
            let name = outline.names[outline.regions[block.region].name]
            guard block.text.utf8.count <= TitleText.bytesMax, block.linkDensity < 0.9,
                name.words.contains(where: Self.headlineWords.contains)
            else { continue }
            found += 1
            blockByKey[TitleText.key(block.text)] = index
            add(block.text, .named, "class")
        }
    }

    private func regions(_ tag: Tag) -> [Int] {
        let outline = context.outline
        return outline.regions.indices.lazy
            .filter { outline.regions[$0].tag == tag && !outline.regions[$0].blocks.isEmpty }
            .prefix(Self.headingsMax).map { $0 }
    }

    private func text(_ region: Int) -> String {
        let outline = context.outline
        return outline.blocks[outline.regions[region].blocks].prefix(4).map(\.text)
            .joined(separator: " ")
    }

    /// Remembers where a heading stands.
    private mutating func note(_ region: Int) {
        let block = context.outline.regions[region].blocks.lowerBound
        let key = TitleText.key(NormalText.prefix(text(region), bytes: TitleText.bytesMax))
        if blockByKey[key] == nil { blockByKey[key] = block }
    }

    /// The last of some headings that does not stand behind the beginning of the text.
    private func near(_ regions: [Int]) -> Int? {
        let outline = context.outline
        return regions.last { outline.regions[$0].blocks.lowerBound <= context.text.lowerBound + 1 }
            ?? regions.first
    }

    private static let metas = [
        "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "title", "headline",
        "article:title", "cxenseparse:title", "citation_title", "hdl", "article.headline",
        "dc:title", "eprints.title",
    ]
    private static let headingsMax = 20
    private static let secondsMax = 6
    private static let namedMax = 4
    private static let namedBlocks = 4
    private static let headlineWords: Set<String> = [
        "headline", "title", "titel", "titulo", "titre", "titolo", "heading", "ueberschrift",
        "articletitle", "posttitle", "entrytitle", "hed",
    ]

    // MARK: - Numbers

    /// The numbers of all candidates, in the table's order.
    func rows() -> [[Float]] {
        let keys = table.candidates.map { Array(FoldedLine($0.value).key.utf8) }
        let title = Array(FoldedLine(context.metadata.title ?? "").key.utf8)
        let openGraph = Array(FoldedLine(context.metadata.meta("og:title")?.value ?? "").key.utf8)
        let sites = names.map { FoldedLine($0).key }.filter { $0.utf8.count >= 3 }
        let base: [Float] =
            [
                Float(context.metadata.headings.count), Float(table.candidates.count),
                Float(TitleText.cuts(context.metadata.title ?? "").count),
            ] + kindOfPage()
        return table.candidates.indices.map { index in
            let key = keys[index]
            let text = String(decoding: key, as: UTF8.self)
            var row = table.supports(index) + form(table.candidates[index].value) + base
            row.append(Float(table.supportCount(index)))
            row += Self.company(of: key, among: keys)
            row.append(Self.share(of: key, in: title))
            row.append(Self.share(of: key, in: openGraph))
            row.append(sites.contains(text) ? 1 : 0)
            row.append(
                sites.contains { text.hasSuffix(" " + $0) || text.hasPrefix($0 + " ") } ? 1 : 0
            )
            return row + slugShares(text) + place(table.candidates[index].key)
        }
    }

    /// What kind of page it is: newsrooms write headlines where others leave it to programs.
    private func kindOfPage() -> [Float] {
        let metadata = context.metadata
        let robots = Array((metadata.meta("robots")?.value ?? "").utf8)
        return [
            Float(metadata.structured?.kind ?? -1),
            metadata.meta("og:type")?.value == "article" ? 1 : 0,
            metadata.metas["article:published_time"] == nil ? 0 : 1,
            metadata.metas["article:section"] == nil ? 0 : 1,
            metadata.metas["news_keywords"] == nil ? 0 : 1,
            metadata.metas["generator"] == nil ? 0 : 1,
            robots.holds(Array("max-image-preview".utf8)) ? 1 : 0,
            Float(metadata.metas.count),
        ]
    }

    /// How many others are the same, hold it, are in it, begin with it, or are its beginning.
    private static func company(of key: [UInt8], among keys: [[UInt8]]) -> [Float] {
        var (same, longer, shorter, further, starts) = (0, 0, 0, 0, 0)
        for other in keys {
            if other == key {
                same += 1
            } else if other.count > key.count {
                longer += other.holds(key) ? 1 : 0
                further += other.starts(with: key) ? 1 : 0
            } else {
                shorter += key.holds(other) ? 1 : 0
                starts += key.starts(with: other) ? 1 : 0
            }
        }
        return [same, longer, shorter, further, starts].map { Float($0) }
    }

    /// 1 when a text begins with the key, a half when it holds it, -1 when there is no text.
    private static func share(of key: [UInt8], in text: [UInt8]) -> Float {
        guard !text.isEmpty else { return -1 }
        if text.starts(with: key) { return 1 }
        return text.holds(key) ? 0.5 : 0
    }

    private func form(_ value: String) -> [Float] {
        let form = LineForm(value)
        let bytes = Array(value.utf8)
        let cuts = TitleText.places(bytes)
        return [
            Float(form.bytes), Float(form.words), form.isAllCapitals ? 1 : 0,
            value.hasSuffix("…") || value.hasSuffix("...") ? 1 : 0,
            form.endsSentence ? 1 : 0, Float(cuts.count),
            cuts.contains { bytes[$0.lowerBound] == UInt8(ascii: ":") } ? 1 : 0,
            form.words == 0 ? 0 : Float(form.capitalised) / Float(form.words),
        ]
    }

    /// Shares of the address's words in the headline, and of the headline's in the address.
    private func slugShares(_ key: String) -> [Float] {
        guard slug.count >= Self.slugWordsMin else { return [-1, -1] }
        let words = key.split(separator: " ").map { Self.stem(Array($0.utf8)) }
            .filter { !$0.isEmpty }
        guard !words.isEmpty else { return [-1, -1] }
        let (inSlug, inTitle) = (Set(slug), Set(words))
        return [
            Float(slug.count { inTitle.contains($0) }) / Float(slug.count),
            Float(words.count { inSlug.contains($0) }) / Float(words.count),
        ]
    }

    /// Where the heading stands to the text, and what is around it.
    private func place(_ key: String) -> [Float] {
        guard let block = blockByKey[key] else { return [-99, -1, -1] }
        let region = context.outline.blocks[block].region
        let isInArticle = context.outline.regions(around: region)
            .contains { [.article, .main].contains(context.outline.regions[$0].tag) }
        return [
            context.distance(of: block),
            context.blocks.labels[region] == nil ? 1 : 0,
            isInArticle ? 1 : 0,
        ]
    }

    private static let slugWordsMin = 2

    /// The words of the longest part of an address's path.
    private static func slugWords(_ url: String) -> [String] {
        let path = url.split(separator: "/").dropFirst(2)
            .map { $0.prefix { $0 != "?" && $0 != "#" } }
        let part = path.max { $0.utf8.count < $1.utf8.count } ?? ""
        return part.utf8.split { !$0.isLetter }.map { stem($0.map(\.lowercased)) }
            .filter { $0.utf8.count >= 3 }
    }

    /// The beginning of an ASCII word: endings and umlauts differ in addresses.
    private static func stem(_ word: [UInt8]) -> String {
        String(decoding: word.prefix { $0 < 0x80 }.prefix(4), as: UTF8.self)
    }
}
