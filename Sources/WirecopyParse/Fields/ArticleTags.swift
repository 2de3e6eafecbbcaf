import WirecopyMessages

/// The keywords that a page gives to its article: those of the most trusted place that has any.
///
/// Places are not joined: one page's `keywords` and `article:tag` say the same in two spellings.
struct ArticleTags {
    /// What a page's keywords may not be, and how they are cleaned.
    private let rules: TagRules
    private let metadata: PageMetadata

    init(_ metadata: PageMetadata, siteNames: [String], title: String?) {
        self.metadata = metadata
        rules = TagRules(siteNames: siteNames, title: title)
    }

    /// At most `ParsedArticle.tagsMax`, in the page's order.
    func found() -> [Evidenced] {
        for (source, texts, confidence) in places {
            let tags = rules.tags(in: texts)
            guard !tags.isEmpty else { continue }
            return tags.map { tag in
                let evidence = NormalText.prefix(tag.evidence, bytes: 200)
                return Evidenced(
                    tag.value,
                    source: source,
                    confidence: confidence,
                    evidence: evidence == tag.value ? nil : evidence
                )
            }
        }
        return []
    }

    /// Each place with its texts and the share of its tags that were right.
    private var places: [(source: String, texts: [String], confidence: Double)] {
        var places: [(String, [String], Double)] = [
            ("news_keywords", metadata.metas["news_keywords"] ?? [], Self.newsKeywords),
            ("json-ld", metadata.structured?.keywords ?? [], Self.structured),
            ("article:tag", metadata.metas["article:tag"] ?? [], Self.tagMeta),
            ("rel=tag", metadata.tagLinks.related, Self.related),
        ]
        let listed = metadata.tagLinks.listed
        if listed.count <= Self.listedMax { places.append(("tag links", listed, Self.listed)) }
        let items = Array(metadata.items.values("keywords"))
        places.append((items.first?.source ?? "microdata", items.map(\.text), Self.structured))
        for name in ["dc.subject", "dcterms.subject", "parsely-tags", "keywords"] {
            places.append((name, metadata.metas[name] ?? [], Self.keywords))
        }
        return places
    }

    /// More links to tags are a list of what the site is about.
    private static let listedMax = 15
    // Shares that were right among lists read on saved pages of some hundred sites, 12 to 16 of
    // each place. 137 news_keywords and 182 tags of JSON-LD were also held against those that
    // people named: .93 and .84 of them were among these.
    private static let tagMeta = 0.9
    private static let structured = 0.85
    private static let related = 0.8
    private static let listed = 0.9
    private static let newsKeywords = 0.9
    private static let keywords = 0.6
}

/// Cuts and cleans keywords.
struct TagRules {
    /// A keyword and the text that it was read from.
    struct Tag: Equatable {
        let value: String
        let evidence: String
    }

    private let siteKeys: Set<String>
    private let titleKey: String

    /// - Parameters:
    ///   - siteNames: what the page calls its site, which is no keyword of one article.
    ///   - title: the headline, which is none either.
    init(siteNames: [String], title: String?) {
        siteKeys = Set(siteNames.map { FoldedLine($0).key }.filter { !$0.isEmpty })
        titleKey = FoldedLine(title ?? "").key
    }

    /// The keywords of some texts, cut where lists are joined, each once.
    func tags(in texts: [String]) -> [Tag] {
        var tags: [Tag] = []
        var keys: Set<String> = []
        for text in texts {
            for part in Self.parts(text) {
                guard tags.count < ParsedArticle.tagsMax else { return tags }
                guard let value = cleaned(part) else { continue }
                if keys.insert(Self.key(value)).inserted {
                    tags.append(Tag(value: value, evidence: text))
                }
            }
        }
        return Self.areCodes(tags) ? [] : tags
    }

    /// `AER`, `ASXPAC`, `CCOS`: what agencies file their reports under.
    private static func areCodes(_ tags: [Tag]) -> Bool {
        let codes = tags.count { tag in
            let form = LineForm(tag.value)
            return form.words == 1 && form.isAllCapitals && form.bytes <= 8
        }
        return codes >= codesMin && codes * 2 > tags.count
    }

    private static let codesMin = 6

    private static func key(_ value: String) -> String {
        let key = FoldedLine(value).key
        return key.isEmpty ? value : key
    }

    private static func parts(_ text: String) -> [Substring] {
        let text = NormalText.prefix(text, bytes: textBytesMax)
        let bytes = Array(text.utf8)
        for mark in marks where bytes.holds(Array(mark.utf8)) {
            return text.split(separator: mark, maxSplits: partsMax)
        }
        return [text[...]]
    }

    /// What stands between the keywords of a list, the first that occurs.
    private static let marks: [Character] = [",", "،", "、", "，", ";", "|"]

    private func cleaned(_ part: Substring) -> String? {
        let value = Self.withoutKind(Self.trimmed(PlainText.withoutMarkup(String(part))))
        let form = LineForm(value)
        guard form.hasLetter, 2...Self.tagBytesMax ~= form.bytes, form.words <= Self.wordsMax,
            !form.endsSentence || form.words == 1, !Self.isMachineWord(value)
        else { return nil }
        let folded = FoldedLine(value)
        let key = folded.key
        guard key != titleKey, !siteKeys.contains(key), !Self.noTags.equals(folded) else {
            return nil
        }
        return value
    }

    /// `Topic: Floods` is `Floods`; `contentId: 12` is nothing.
    private static func withoutKind(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: ":")), let colon = text.firstRange(of: ": ") else {
            return text
        }
        let kind = text[..<colon.lowerBound]
        let isWord = kind.utf8.allSatisfy { $0 < 0x80 && ($0.isLetter || $0 == 0x2D || $0 == 0x5F) }
        guard isWord, !kind.isEmpty else { return text }
        if ["topic", "tag", "keyword"].contains(kind.lowercased()) {
            return String(text[colon.upperBound...])
        }
        return kind.utf8.first?.isCapital == true ? text : ""
    }

    private static func trimmed(_ text: String) -> String {
        if let first = text.utf8.first, let last = text.utf8.last, first.isLetter, last.isLetter,
            first < 0x80, last < 0x80
        {
            return text
        }
        var rest = text[...]
        while let first = rest.first, "#@\"'“”‘’„[]{} ".contains(first) { rest = rest.dropFirst() }
        while let last = rest.last, "\"'“”‘’[]{},: ".contains(last) { rest = rest.dropLast() }
        return String(rest)
    }

    /// `type:article`, `section/news`, `ad_free`, `b2c3d4e5f6`: words for programs.
    private static func isMachineWord(_ value: String) -> Bool {
        if value.contains("://") || value.contains("=") || value.contains("_") { return true }
        let bytes = Array(value.utf8)
        if let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon + 1 < bytes.count,
            bytes[colon + 1] != 0x20
        {
            return true
        }
        guard !bytes.contains(0x20), bytes.allSatisfy({ $0 < 0x80 }) else { return false }
        let digits = bytes.count(where: \.isDigit)
        return digits >= 5 || (bytes.contains(UInt8(ascii: "/")) && bytes.count > 12)
    }

    /// Lists of some hundred keywords are made for search engines.
    private static let textBytesMax = 4096
    private static let partsMax = 200
    private static let tagBytesMax = 100
    private static let wordsMax = 8

    /// Words that name no matter.
    private static let noTags = PhraseList(
        """
        article | articles | news | newsarticle | story | post | blog | page | uncategorized | \
        uncategorised | default | none | null | undefined | tag | tags | keywords | video | \
        not set | allgemein | general | lists | highlight | highlights | \
        breaking news | latest news | online | home | homepage | nachrichten | noticias | \
        actualités | standard | text | true | false | premium | free | featured | content
        """
    )
}
