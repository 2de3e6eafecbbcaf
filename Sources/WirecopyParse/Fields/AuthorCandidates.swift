import WirecopyMessages

/// The names of authors that a page offers, each with the numbers that the author forest reads.
struct AuthorCandidates {
    /// Where a name may stand, the most trusted first.
    enum Place: Int, CaseIterable {
        case structured, metaAuthor, metaArticleAuthor, metaOther, metaCreator, microdata
        case relation, classNear, lineNear, regionNear, authorPage, beforeDate, lineInHead
        case dateLine, signOff, closing, structuredOther, twitterData, script, classFar, regionFar
        case lineFar, site, hint
    }

    /// What is known of a name beside its places.
    struct Facts {
        var isNobody: Bool
        var isRole: Bool
        var isGuess: Bool
        /// Its place in the text it was cut from, from 0.
        var index: Int
        /// Names in that text.
        var siblings: Int
        /// Whether the whole text was the name.
        var isWhole: Bool
    }

    private(set) var table = CandidateTable(placeCount: Place.allCases.count)
    private(set) var facts: [Facts] = []
    /// Texts that gave names, by place.
    private var textCounts = Array(repeating: 0, count: Place.allCases.count)
    /// Pages repeat their bylines.
    private var piecesByText: [String: [Byline.Piece]] = [:]
    private let context: FieldContext
    private let head: Range<Int>
    private let siteKeys: [String]

    /// Numbers of one candidate.
    static let numberCount = Place.allCases.count + 39

    init(_ context: FieldContext, title: String?) {
        self.context = context
        head = context.head(of: title)
        siteKeys = context.siteNames().map { FoldedLine($0).key }.filter { $0.utf8.count >= 2 }
        addStatements()
        addLinks()
        addShown(title)
    }

    // MARK: - Gathering

    private mutating func add(_ text: String, _ place: Place, _ source: String) {
        let isStated = Self.statedPlaces.contains(place)
        let known = piecesByText[text]
        var pieces = known ?? Byline.pieces(in: text)
        if known == nil { piecesByText[text] = pieces }
        if !isStated { pieces.removeAll { $0.isNobody || $0.isRole || Self.isCount($0.name) } }
        if place == .closing { pieces.removeAll { !Byline.isPerson($0.name) } }
        guard !pieces.isEmpty else { return }
        // Names of one text, and those of the page's statement, stand beside each other.
        if !isStated || textCounts[place.rawValue] == 0 {
            textCounts[place.rawValue] += 1
        }
        for (index, piece) in pieces.enumerated() {
            let known = table.candidates.count
            let added = table.add(
                piece.name,
                key: FoldedLine(piece.name).key,
                place: place.rawValue,
                source: source,
                evidence: text,
                rank: textCounts[place.rawValue]
            )
            guard added == known else { continue }
            facts.append(
                Facts(
                    isNobody: piece.isNobody,
                    isRole: piece.isRole,
                    isGuess: piece.isGuess,
                    index: index,
                    siblings: pieces.count,
                    isWhole: piece.name == text
                )
            )
        }
    }

    private mutating func addStatements() {
        let metadata = context.metadata
        for (index, article) in metadata.structuredArticles.enumerated() {
            for name in article.authors {
                add(name, index == 0 ? .structured : .structuredOther, "json-ld")
            }
        }
        for (names, place) in Self.metas {
            for name in names {
                for text in metadata.metas[name] ?? [] { add(text, place, name) }
            }
        }
        for text in (metadata.properties["author"] ?? []).prefix(Self.textsMax) {
            add(text, .microdata, metadata.source(ofProperty: "author"))
        }
        for text in metadata.properties["creator"] ?? [] {
            add(text, .microdata, metadata.source(ofProperty: "creator"))
        }
        for text in metadata.scriptFacts.values(.author).prefix(Self.textsMax) {
            add(text, .script, "script")
        }
        for name in metadata.metas.keys.sorted()
        where !Self.knownMetas.contains(name) && Array(name.utf8).holds(Array("author".utf8)) {
            for text in metadata.metas[name] ?? [] { add(text, .metaOther, name) }
        }
        for name in [metadata.meta("og:site_name")?.value, metadata.structured?.publisher] {
            if let name { add(name, .site, "site") }
        }
        for text in context.page.hints?.authors ?? [] { add(text, .hint, "hint") }
    }

    private mutating func addLinks() {
        for text in context.metadata.authorLinks.prefix(Self.textsMax) {
            add(text, .relation, "rel=author")
        }
        for text in context.metadata.authorPages.prefix(Self.textsMax) {
            add(text, .authorPage, "link")
        }
    }

    private mutating func addShown(_ title: String?) {
        let outline = context.outline
        let near = nearBlocks
        var marks = 0
        for mark in outline.marks where mark.label == .byline && marks < Self.textsMax {
            marks += 1
            add(mark.text, near.contains(mark.block) ? .classNear : .classFar, "byline")
        }
        var regions = 0
        for index in outline.blocks.indices where regions < Self.textsMax {
            let block = outline.blocks[index]
            let form = context.blocks.forms[index]
            guard form.bytes <= Self.lineBytesMax, context.isLine(index) else { continue }
            let isNear = near.contains(index)
            if context.blocks.labels[block.region] == .byline {
                regions += 1
                add(block.text, isNear ? .regionNear : .regionFar, "byline")
            } else if Byline.startsLikeByline(context.blocks.lines[index]) {
                regions += 1
                add(block.text, isNear ? .lineNear : .lineFar, "byline")
            } else if head.contains(index), form.digits == 0 {
                add(block.text, .lineInHead, "byline")
            } else if isNear, form.digits >= 3, DateReader().firstDate(in: block.text) != nil {
                regions += 1
                add(block.text, .dateLine, "byline")
            }
        }
        addClosing()
        let lines = ArticleHead(outline: outline)
        add(lines.namesBeforeDate(in: head).joined(separator: ", "), .beforeDate, "byline")
        let signers = lines.signOff(from: context.text.lowerBound)
        add(signers.joined(separator: ", "), .signOff, "sign-off")
    }

    /// Short lines at the end of the text, where some papers sign.
    private mutating func addClosing() {
        let end = context.text.upperBound
        let blocks = context.outline.blocks.indices
        for index in max(0, end - 2)..<(end + 2) where blocks.contains(index) {
            let form = context.blocks.forms[index]
            guard form.bytes <= Self.closingBytesMax, !form.isProse, form.digits == 0 else {
                continue
            }
            add(context.outline.blocks[index].text, .closing, "sign-off")
        }
    }

    /// Whether it is a time or a number of something: `8:30 a.m.`, `3 min`, `14 comments`.
    private static func isCount(_ name: String) -> Bool {
        let form = LineForm(name)
        return name.utf8.first?.isDigit == true && (form.digits > 1 || form.words <= 2)
    }

    private var nearBlocks: Range<Int> {
        let start = context.text.lowerBound
        return max(0, start - Self.nearMax)..<(start + Self.nearMax)
    }

    // MARK: - Numbers

    /// The numbers of all candidates, in the table's order.
    func rows() -> [[Float]] {
        let keys = table.candidates.map { Array($0.key.utf8) }
        let sums = table.candidates.indices.map { table.supportCount($0) }
        let title = Array(FoldedLine(context.metadata.title ?? "").key.utf8)
        let persons = table.candidates.map { candidate in
            Byline.isPerson(candidate.value) && site(candidate.key) == [0, 0]
        }
        let isOrganization = context.metadata.structured?.isAuthoredByOrganization ?? false
        let start = max(0, context.text.lowerBound - Self.shownBefore)
        let lines = ShownLines(
            context.blocks.lines,
            start..<(context.text.upperBound + Self.shownAfter)
        )
        return table.candidates.indices.map { index in
            let (key, facts) = (keys[index], facts[index])
            var row = table.supports(index) + form(table.candidates[index].value)
            row.append(facts.isNobody ? 1 : 0)
            row.append(facts.isRole ? 1 : 0)
            row.append(facts.isGuess ? 1 : 0)
            row.append(Float(facts.index))
            row.append(Float(facts.siblings))
            row.append(facts.isWhole ? 1 : 0)
            row.append(Float(sums[index]))
            row.append(Float(sums.indices.lazy.filter { $0 != index }.map { sums[$0] }.max() ?? 0))
            row.append(Float(table.candidates[index].count))
            row.append(Float(table.candidates.count))
            row.append(Float(table.candidates[index].place))
            row.append(contentsOf: Self.company(of: key, index, among: keys))
            row.append(contentsOf: site(table.candidates[index].key))
            row.append(title.holds(key) ? 1 : 0)
            row.append(contentsOf: rivals(of: index, persons))
            row.append(Float(company(in: table.candidates[index].evidence, besides: index, sums)))
            row.append(Float(context.metadata.structured?.kind ?? -1))
            row.append(isOrganization ? 1 : 0)
            row.append(Self.agencies.occurs(in: FoldedLine(table.candidates[index].value)) ? 1 : 0)
            row.append(Self.desks.occurs(in: FoldedLine(table.candidates[index].value)) ? 1 : 0)
            row.append(contentsOf: shown(table.candidates[index].value, lines))
            return row
        }
    }

    private func form(_ name: String) -> [Float] {
        let form = LineForm(name)
        let wide = name.split(separator: " ").count { ($0.utf8.first ?? 0) >= 0x80 }
        return [
            Float(form.words), Float(form.bytes), Float(form.digits),
            Float(form.words - form.capitalised - wide), form.isAllCapitals ? 1 : 0,
            Float(wide), Byline.isPerson(name) ? 1 : 0,
            name.contains(".") ? 1 : 0, form.endsSentence ? 1 : 0,
        ]
    }

    /// How many other persons the page states, and how many it shows near its text.
    private func rivals(of own: Int, _ persons: [Bool]) -> [Float] {
        let others = table.candidates.indices.filter { $0 != own && persons[$0] }
        func count(_ places: Set<Place>) -> Float {
            Float(
                others.count { index in
                    places.contains { table.candidates[index].ranks[$0.rawValue] > 0 }
                }
            )
        }
        return [count(Self.statedPlaces), count(Self.nearPlaces)]
    }

    /// Places that speak for the best other name of the same text.
    private func company(in text: String, besides own: Int, _ sums: [Int]) -> Int {
        sums.indices.lazy
            .filter { $0 != own && table.candidates[$0].evidence == text }
            .map { sums[$0] }.max() ?? 0
    }

    /// Whether other names hold this one, or are held by it.
    private static func company(of key: [UInt8], _ own: Int, among keys: [[UInt8]]) -> [Float] {
        var (longer, shorter) = (0, 0)
        for (index, other) in keys.enumerated() where index != own {
            if other.count > key.count, other.holds(key) { longer += 1 }
            if other.count < key.count, key.holds(other) { shorter += 1 }
        }
        return [Float(longer), Float(shorter)]
    }

    /// Whether it is the site's name, or has much of it.
    private func site(_ key: String) -> [Float] {
        let bytes = Array(key.utf8)
        let joined = bytes.filter { $0 != 0x20 }
        return [
            siteKeys.contains(key) ? 1 : 0,
            siteKeys.contains {
                let site = Array($0.utf8)
                return site.holds(bytes) || bytes.holds(site) || site.holds(joined)
                    || (site.count >= 4 && joined.holds(site.filter { $0 != 0x20 }))
            } ? 1 : 0,
        ]
    }

    /// Where readers see it first to the text, in how many lines, alone in one, behind a headline,
    /// and inside of the text.
    private func shown(_ name: String, _ lines: ShownLines) -> [Float] {
        let bytes = FoldedLine(name).bytes
        var (nearest, fromHeadline): (Float, Float) = (99, -99)
        var (count, alone, inText, inHead) = (0, 0, 0, 0)
        lines.forEach(holding: bytes) { block, place in
            count += 1
            let distance = context.distance(of: block)
            if abs(distance) < abs(nearest) {
                nearest = distance
                fromHeadline = context.distance(of: block, fromHeadlineAbove: head)
            }
            if context.text.contains(block) { inText += 1 }
            if head.contains(block) { inHead += 1 }
            let rest = context.blocks.lines[block].bytes.count - bytes.count
            if rest <= Self.aloneBytesMax, place <= Self.aloneBytesMax { alone += 1 }
        }
        return [
            nearest, Float(count), Float(alone), Float(inText), Float(inHead), Float(head.count),
            fromHeadline,
        ]
    }

    // MARK: - Names

    private static let statedPlaces: Set<Place> = [
        .structured, .metaAuthor, .metaArticleAuthor, .metaOther, .metaCreator,
    ]
    private static let nearPlaces: Set<Place> = [.classNear, .lineNear, .regionNear, .beforeDate]
    private static let textsMax = 20
    private static let lineBytesMax = 120
    private static let closingBytesMax = 60
    private static let nearMax = 30
    private static let shownBefore = 80
    private static let shownAfter = 40
    /// `By `, and a date or a role behind a name.
    private static let aloneBytesMax = 24

    private static let metas: [([String], Place)] = [
        (["author"], .metaAuthor),
        (["article:author", "og:author", "article.author"], .metaArticleAuthor),
        (["twitter:data1"], .twitterData),
        (
            [
                "parsely-author", "sailthru.author", "byl", "cxenseparse:author",
                "citation_author", "article:author_name", "bylineinfo", "authors", "byline",
                "author_name", "article:authors", "parsely-authors", "authorname", "twitter:author",
                "shareaholic:article_author_name", "vr:author",
            ],
            .metaOther
        ),
        (
            ["dc.creator", "dcterms.creator", "dc.contributor", "dc:creator", "creator"],
            .metaCreator
        ),
    ]

    private static let knownMetas = Set(metas.flatMap(\.0))

    /// News agencies that sign articles.
    private static let agencies = PhraseList(
        """
        reuters | ap | associated press | afp | agence france-presse | dpa | \
        deutsche presse-agentur | upi | apa | sda | keystone-sda | ansa | efe | europa press | \
        lusa | pap | tass | ria | interfax | xinhua | kyodo | jiji | yonhap | pti | ians | ani | \
        sid | epd | kna | anp | belga | ntb | tt | ritzau | stt | mti | agerpres | ukrinform | \
        bloomberg | pa media | press association
        """
    )

    /// What newsrooms call themselves.
    private static let desks = PhraseList(
        """
        staff | team | desk | newsroom | editors | editorial | redaktion | redacción | \
        rédaction | redazione | redactie | redakcja | редакция | newsdesk | editorial board
        """
    )
}
