import HTMLDocument
import WirecopyMessages

/// Ranks the witnesses that a page of HTML has for each field, best first.
struct PageFields {
    let page: PageSource
    let metadata: PageMetadata
    let outline: PageOutline
    /// Labels of the outline's regions that are believed.
    let labels: [BoilerplateLabel?]

    // MARK: - Title and site

    /// The publisher's or site's name.
    func siteName() -> Evidenced? {
        if let meta = metadata.meta("og:site_name", "application-name", "twitter:app:name:iphone") {
            return Evidenced(meta.value, source: meta.name, confidence: 0.95)
        }
        if let name = metadata.structured?.publisher {
            return Evidenced(NormalText.string(name), source: "json-ld", confidence: 0.9)
        }
        let host = page.host
        return host.isEmpty ? nil : Evidenced(host, source: "url", confidence: 0.4)
    }

    /// The headline.
    func title() -> Evidenced? {
        let headline = Headline(siteNames: siteNames())
        let visible = headings(.h1)
        var witnesses: [Headline.Witness] = []
        func add(_ source: String, _ text: String?, _ confidence: Double) {
            guard let text, !text.isEmpty else { return }
            witnesses.append(.init(source: source, text: text, confidence: confidence))
        }
        add("json-ld", metadata.structured?.headline, 0.95)
        add("og:title", metadata.meta("og:title")?.value, 0.9)
        add("twitter:title", metadata.meta("twitter:title")?.value, 0.85)
        let other = metadata.meta("dc.title", "dcterms.title", "parsely-title", "sailthru.title")
        add(other?.name ?? "", other?.value, 0.85)
        add("microdata", metadata.properties["headline"]?.first, 0.85)
        if visible.count == 1 { add("h1", visible.first, 0.8) }
        let head = ArticleHead(outline: outline)
        if visible.isEmpty, let title = metadata.title, head.isMasthead(title) {
            add("font", head.largeHeadline(), 0.75)
        }
        add("title", metadata.title, 0.7)
        add("h1", visible.first, 0.6)
        add("h2", headings(.h2).first, 0.3)
        add("hint", page.hints?.title, 0.5)
        return headline.decided(witnesses, visible: visible)
    }

    private func headings(_ tag: Tag) -> [String] {
        outline.blocks.lazy.filter { outline.regions[$0.region].tag == tag }
            .prefix(Self.headingsMax).map(\.text)
    }

    private func siteNames() -> [String] {
        var names: [String] = []
        if let name = metadata.meta("og:site_name")?.value { names.append(name) }
        if let name = metadata.structured?.publisher { names.append(name) }
        if let name = metadata.meta("application-name")?.value { names.append(name) }
        if let name = metadata.meta("twitter:site")?.value { names.append(name) }
        let host = page.host
        names.append(host)
        let labels = host.split(separator: ".").map(String.init)
        if labels.count >= 2 { names.append(labels[labels.count - 2]) }
        return names
    }

    private static let headingsMax = 20

    // MARK: - Authors

    /// Names of authors; those in the page's own statements go before those in its text.
    func authors(textStart: Int, title: String?) -> [Evidenced] {
        for witness in authorWitnesses(textStart: textStart, title: title) {
            let names = Byline.names(in: witness.texts).filter { !isSite($0) }
            guard !names.isEmpty else { continue }
            return names.map {
                Evidenced($0, source: witness.source, confidence: witness.confidence)
            }
        }
        return []
    }

    private func isSite(_ name: String) -> Bool {
        let key = FoldedLine(name).key
        return key == FoldedLine(page.host).key
    }

    private typealias AuthorWitness = (source: String, texts: [String], confidence: Double)

    private func authorWitnesses(textStart: Int, title: String?) -> [AuthorWitness] {
        var witnesses: [AuthorWitness] = []
        if let structured = metadata.structured {
            witnesses.append(("json-ld", structured.authors, 0.95))
        }
        for name in Self.authorMetas {
            witnesses.append((name, metadata.metas[name] ?? [], 0.85))
        }
        witnesses.append(("microdata", metadata.properties["author"] ?? [], 0.85))
        witnesses.append(("rel=author", metadata.authorLinks, 0.8))
        witnesses.append(("byline", bylines(textStart: textStart), 0.7))
        let head = ArticleHead(outline: outline)
        let named = head.namesBeforeDate(in: head.blocks(behind: title))
        witnesses.append(("byline", named, 0.6))
        witnesses.append(("sign-off", head.signOff(from: textStart), 0.6))
        witnesses.append(("hint", page.hints?.authors ?? [], 0.5))
        return witnesses
    }

    private static let authorMetas = [
        "article:author", "author", "parsely-author", "sailthru.author", "byl", "dc.creator",
        "dcterms.creator", "dc.contributor", "cxenseparse:author", "citation_author", "og:author",
        "article:author_name", "bylineinfo", "article.author", "twitter:data1",
    ]

    /// Short texts that a class or an element calls a byline, near the start of the text, and
    /// lines that begin with `By`.
    private func bylines(textStart: Int) -> [String] {
        let near = max(0, textStart - Self.bylineBlocks)..<(textStart + Self.bylineBlocks)
        let mark = outline.marks.first {
            $0.label == .byline && near.contains($0.block) && !Byline.names(in: $0.text).isEmpty
        }
        if let mark { return [mark.text] }
        let block = outline.blocks.indices.clamped(to: near).first { index in
            let block = outline.blocks[index]
            guard block.text.utf8.count <= Self.bylineBytesMax else { return false }
            let hint = labels[block.region]
            guard hint == nil || hint == .byline else { return false }
            return (hint == .byline || Byline.startsLikeByline(block.text))
                && !Byline.names(in: block.text).isEmpty
        }
        return block.map { [outline.blocks[$0].text] } ?? []
    }

    /// A byline stands this near the start of the text.
    private static let bylineBlocks = 30
    private static let bylineBytesMax = 120

    // MARK: - Dates

    /// When the article was published.
    func published(text: Range<Int>, title: String?) -> PublicationDate? {
        var witnesses: [DateDecision.Witness] = []
        func add(_ source: String, _ text: String?, _ confidence: Double) {
            guard let text, !text.isEmpty else { return }
            witnesses.append(.init(source: source, text: text, confidence: confidence))
        }
        add("json-ld", metadata.structured?.published, 0.98)
        for name in Self.publishedMetas { add(name, metadata.metas[name]?.first, 0.95) }
        add("microdata", metadata.properties["datepublished"]?.first, 0.9)
        let shown = datesInPage(text: text, title: title)
        for name in Self.otherDateMetas {
            guard let date = metadata.metas[name]?.first, !decision.isStale(date, beside: shown)
            else { continue }
            add(name, date, 0.85)
        }
        let urlDate = URLDate.date(in: page.url)
        if let urlDate { add("url", urlDate.rfc3339, 0.8) }
        for text in shown { add("time", text, 0.7) }
        add("microdata", metadata.properties["datecreated"]?.first, 0.7)
        add("json-ld", metadata.structured?.modified, 0.4)
        add("hint", page.hints?.published, 0.5)
        for name in Self.modifiedMetas { add(name, metadata.metas[name]?.first, 0.4) }
        return decision.decided(witnesses)
    }

    /// When the article was last changed.
    func modified() -> PublicationDate? {
        var witnesses: [DateDecision.Witness] = []
        if let date = metadata.structured?.modified {
            witnesses.append(.init(source: "json-ld", text: date, confidence: 0.95))
        }
        for name in Self.modifiedMetas {
            guard let text = metadata.metas[name]?.first else { continue }
            witnesses.append(.init(source: name, text: text, confidence: 0.9))
        }
        if let date = metadata.properties["datemodified"]?.first {
            witnesses.append(.init(source: "microdata", text: date, confidence: 0.9))
        }
        return decision.decided(witnesses)
    }

    private var decision: DateDecision {
        DateDecision(
            readOn: CalendarDate(page.fetchedAt),
            order: page.numericOrder(language: metadata.language)
        )
    }

    /// Texts of elements that are or hold dates: those between headline and text first, since dates
    /// above the headline are often the day on which the page was made.
    private func datesInPage(text: Range<Int>, title: String?) -> [String] {
        let near = max(0, text.lowerBound - Self.dateBlocks)..<(text.lowerBound + Self.dateBlocks)
        let marks = outline.marks.lazy
            .filter { $0.label == .date && near.contains($0.block) && mayDate($0.region) }
            .prefix(Self.datesMax).map { (text: $0.machineText ?? $0.text, block: $0.block) }
        let lines = outline.blocks.indices.clamped(to: near).lazy
            .map { (text: outline.blocks[$0].text, block: $0) }
            .filter { mayDate(outline.blocks[$0.block].region) && Self.isDateLine($0.text) }
            .prefix(Self.datesMax)
        let dates = Array(marks) + Array(lines)
        let head = ArticleHead(outline: outline).blocks(behind: title)
        return dates.filter { head.contains($0.block) }.map(\.text)
            + dates.filter { !head.contains($0.block) }.map(\.text)
    }

    /// Captions, related items, comments and notes on authors carry dates of something else.
    private func mayDate(_ region: Int) -> Bool {
        switch labels[region] {
        case nil, .byline, .date, .label, .share, .footer, .navigation, .other: true
        default: false
        }
    }

    /// A short line with digits that is no sentence of the text.
    private static func isDateLine(_ text: String) -> Bool {
        guard text.utf8.count <= dateLineBytesMax else { return false }
        let form = LineForm(text)
        // The point of `8:30 a.m.` ends no sentence.
        return form.digits >= 3 && (!form.isProse || text.hasSuffix(".m."))
    }

    private static let dateBlocks = 40
    private static let datesMax = 20
    private static let dateLineBytesMax = 140
    private static let publishedMetas = [
        "article:published_time", "og:published_time", "article:published", "datepublished",
        "og:article:published_time", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate",
        "publish-date", "publish_date", "published_time", "publication_date", "date_published",
        "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "article.published",
        "publication-date", "originalpublicationdate", "rnews:datepublished", "citation_date",
    ]
    private static let otherDateMetas = [
        "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dcterms.date",
        "dc.date", "date", "article.created", "article:created", "dc:date", "created",
        "citation_publication_date", "displaydate", "timestamp", "pdate", "dc.created",
    ]
    private static let modifiedMetas = [
        "article:modified_time", "og:updated_time", "dc.date.modified", "dcterms.modified",
        "article:modified", "lastmod", "last-modified", "article.updated", "datemodified",
        "revised",
    ]

    // MARK: - The rest

    /// The address that the page declares as its own.
    func canonicalURL() -> Evidenced? {
        let candidates = [
            ("rel=canonical", metadata.canonical, 0.95),
            ("og:url", metadata.meta("og:url")?.value, 0.9),
            ("json-ld", metadata.structured?.url, 0.8),
        ]
        return candidates.lazy.compactMap { source, address, confidence in
            address.flatMap { WebAddress.absolute($0, on: page.url) }
                .map { Evidenced($0, source: source, confidence: confidence) }
        }.first
    }

    /// The language of the page.
    func language() -> Evidenced? {
        let candidates: [(String, String?, Double)] = [
            ("html lang", metadata.language, 0.9),
            ("json-ld", metadata.structured?.language, 0.8),
            ("og:locale", metadata.meta("og:locale")?.value, 0.7),
            ("content-language", metadata.meta("content-language", "language")?.value, 0.7),
        ]
        return candidates.lazy.compactMap { source, tag, confidence in
            tag.flatMap(LanguageTag.normal)
                .map { Evidenced($0, source: source, confidence: confidence) }
        }.first
    }

    /// The picture that stands for the article.
    func leadImage() -> Evidenced? {
        let meta = metadata.meta("og:image", "og:image:url", "og:image:secure_url", "twitter:image")
        let candidates = [
            (meta?.name ?? "", meta?.value, 0.9),
            ("json-ld", metadata.structured?.image, 0.85),
        ]
        return candidates.lazy.compactMap { source, address, confidence in
            address.flatMap { WebAddress.absolute($0, on: page.url) }
                .map { Evidenced($0, source: source, confidence: confidence) }
        }.first
    }

    /// The section of the site.
    func section() -> Evidenced? {
        if let meta = metadata.meta("article:section", "section", "parsely-section") {
            return Evidenced(meta.value, source: meta.name, confidence: 0.9)
        }
        if let section = metadata.structured?.section {
            return Evidenced(NormalText.string(section), source: "json-ld", confidence: 0.85)
        }
        return nil
    }
}
