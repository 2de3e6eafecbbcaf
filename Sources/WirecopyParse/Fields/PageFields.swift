import HTMLDocument
import WirecopyMessages

/// Decides on each field of a page of HTML.
struct PageFields {
    let page: PageSource
    let metadata: PageMetadata
    let blocks: PageBlocks
    /// Decide among candidates.
    let models: FieldModels

    // MARK: - Title and site

    /// The publisher's or site's name.
    func siteName() -> Evidenced? {
        if let meta = metadata.meta("og:site_name", "application-name", "twitter:app:name:iphone") {
            return Evidenced(meta.value, source: meta.name, confidence: 0.95)
        }
        if let name = metadata.structured?.publisher {
            return Evidenced(NormalText.string(name), source: "json-ld", confidence: 0.9)
        }
        if let item = metadata.items.values("publisher", "name").first {
            return Evidenced(item.text, source: item.source, confidence: 0.85)
        }
        if let meta = metadata.meta("dc.publisher", "dcterms.publisher") {
            return Evidenced(meta.value, source: meta.name, confidence: 0.8)
        }
        let host = page.host
        return host.isEmpty ? nil : Evidenced(host, source: "url", confidence: 0.4)
    }

    /// The headline: the candidate that the forest believes most.
    func title() -> Evidenced? {
        let candidates = TitleCandidates(context(text: ProseRegion.range(of: blocks)))
        guard let best = models.titles.best(candidates.rows()) else { return nil }
        return candidates.table.evidenced(best.index, best.probability)
    }

    func context(text: Range<Int>) -> FieldContext {
        FieldContext(
            page: page,
            metadata: metadata,
            blocks: blocks,
            text: text.isEmpty ? ProseRegion.range(of: blocks) : text
        )
    }

    // MARK: - Authors

    /// Names of authors in the order in which the page gives them.
    func authors(text: Range<Int>, title: String?) -> [Evidenced] {
        let candidates = AuthorCandidates(context(text: text), title: title)
        let probabilities = models.authors.probabilities(candidates.rows())
        return candidates.chosen(probabilities).map {
            candidates.table.evidenced($0, probabilities[$0])
        }
    }

    // MARK: - Dates

    /// When the article was published.
    func published(text: Range<Int>, title: String?) -> PublicationDate? {
        let candidates = DateCandidates(context(text: text), title: title)
        guard let best = candidates.best(models.dates),
            best.probability >= Self.dateProbabilityMin
        else { return nil }
        let date = candidates.date(best.index)
        var evidenced = candidates.table.evidenced(best.index, best.probability)
        evidenced.value = date.rfc3339
        if evidenced.evidence == evidenced.value { evidenced.evidence = nil }
        return PublicationDate(evidenced, precision: date.precision)
    }

    /// A date that is less sure is left open.
    private static let dateProbabilityMin = 0.25

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
            let source = metadata.source(ofProperty: "datemodified")
            witnesses.append(.init(source: source, text: date, confidence: 0.9))
        }
        return decision.decided(witnesses)
    }

    private var decision: DateDecision {
        DateDecision(
            readOn: CalendarDate(page.fetchedAt),
            order: page.numericOrder(language: metadata.language)
        )
    }

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
            ("microdata", metadata.items.values("mainentityofpage").first?.text, 0.8),
            ("dc.identifier", metadata.meta("dc.identifier", "dcterms.identifier")?.value, 0.7),
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
            ("microdata", metadata.items.values("inlanguage").first?.text, 0.7),
            ("dc.language", metadata.meta("dc.language", "dcterms.language")?.value, 0.7),
            ("content-language", metadata.meta("content-language", "language")?.value, 0.7),
        ]
        return candidates.lazy.compactMap { source, tag, confidence in
            tag.flatMap(LanguageTag.normal)
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
        if let item = metadata.items.values("articlesection").first {
            return Evidenced(item.text, source: item.source, confidence: 0.85)
        }
        return nil
    }
}
