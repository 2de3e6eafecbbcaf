import HTMLDocument

/// What elements say of the page's article by microdata (`itemprop`, WHATWG HTML, section 5) and by
/// RDFa Lite (`property`, W3C 2015), each value with the item that it is said of.
struct ItemProperties: Sendable {
    /// One property.
    struct Value: Sendable, Equatable {
        /// Lower case, without vocabulary: `datepublished`.
        let name: String
        let text: String
        /// The type of the item it is said of, lower case, without vocabulary; empty for none.
        let type: String
        /// The property as which that item is said of another: `author`, `image`; empty for none.
        let role: String
        /// `microdata` or `rdfa`.
        let source: String
    }

    /// In the order of the page.
    private(set) var values: [Value] = []

    /// Properties that are kept; a page of products has thousands.
    private static let valuesMax = 300
    /// Elements between a property and its item; deeper ones are said of no item.
    private static let scopeDepthMax = 40
    private static let valueBytesMax = 2048
    /// Names in one attribute; RDFa allows several, Drupal writes two.
    private static let namesMax = 4

    /// The values of a property of the page's article, or of an item without a type.
    func values(_ name: String) -> [Value] {
        values.filter { $0.name == name && $0.role.isEmpty && Self.isArticle($0.type) }
    }

    /// The values of a property of the item that the article has under another: `image`, `caption`.
    func values(_ role: String, _ name: String) -> [Value] {
        values.filter { $0.name == name && $0.role == role }
    }

    /// Takes the properties of an element.
    mutating func read(_ node: NodeID, of document: HTMLDocument) {
        guard values.count < Self.valuesMax else { return }
        document.forEachAttribute(of: node, named: Self.attributes) { number, bytes in
            let isMicrodata = number == 0
            // What `meta` elements are for is read from them.
            guard isMicrodata || !Self.foreignPrefixes.contains(where: bytes.starts) else { return }
            let names = String(decoding: bytes.prefix(Self.namesBytesMax), as: UTF8.self)
                .split(whereSeparator: \.isWhitespace).prefix(Self.namesMax)
                .compactMap { isMicrodata ? $0.lowercased() : Self.rdfaName($0) }
                .filter(Self.usedNames.contains)
            guard !names.isEmpty else { return }
            let isNamed =
                !isMicrodata
                && bytes.prefix(Self.namesBytesMax)
                    .contains { ":/#".utf8.contains($0) }
            add(names, node, document, isMicrodata: isMicrodata, isNamed: isNamed)
        }
    }

    private mutating func add(
        _ names: [String],
        _ node: NodeID,
        _ document: HTMLDocument,
        isMicrodata: Bool,
        isNamed: Bool
    ) {
        let scope = Self.scope(of: node, document, isMicrodata: isMicrodata)
        // Without an item, a bare name is none of RDFa's: `<meta property="author">`.
        guard isMicrodata || scope != nil || isNamed else { return }
        for name in names {
            let text = Self.text(of: node, document, isAddress: Self.addressNames.contains(name))
            guard !text.isEmpty, values.count < Self.valuesMax else { continue }
            values.append(
                Value(
                    name: name,
                    text: text,
                    type: scope?.type ?? "",
                    role: scope?.role ?? "",
                    source: isMicrodata ? "microdata" : "rdfa"
                )
            )
        }
    }

    private static func text(
        of node: NodeID,
        _ document: HTMLDocument,
        isAddress: Bool
    ) -> String {
        let names = isAddress ? ["content", "src", "href"] : ["content", "datetime", "value"]
        let stated = names.lazy.compactMap { document.attributeBytes($0, of: node) }.first
        if let stated { return NormalText.string(stated.prefix(2 * valueBytesMax)) }
        guard !isAddress else { return "" }
        // Elements in elements give the same text again: no more is read than is kept.
        return NormalText.prefix(
            NormalText.string(document.textContent(of: node, limitBytes: 2 * valueBytesMax)),
            bytes: valueBytesMax
        )
    }

    /// The item that the nearest element around a node opens.
    private static func scope(
        of node: NodeID,
        _ document: HTMLDocument,
        isMicrodata: Bool
    ) -> (type: String, role: String)? {
        let opening = isMicrodata ? "itemscope" : "typeof"
        for element in document.ancestors(of: node).prefix(scopeDepthMax)
        where document.hasAttribute(opening, of: element) {
            let type = document.attributeBytes(isMicrodata ? "itemtype" : "typeof", of: element)
            let role = document.attributeBytes(isMicrodata ? "itemprop" : "property", of: element)
            return (localName(type), localName(role))
        }
        return nil
    }

    /// `https://schema.org/NewsArticle` and `schema:NewsArticle` are `newsarticle`.
    private static func localName(_ bytes: ArraySlice<UInt8>?) -> String {
        let word = bytes?.prefix(namesBytesMax).split(whereSeparator: \.isSpace).first ?? []
        let name = word.split { "/#:".utf8.contains($0) }.last ?? []
        return String(decoding: name, as: UTF8.self).lowercased()
    }

    private static func isArticle(_ type: String) -> Bool {
        type.isEmpty || type.hasSuffix("article") || type.hasSuffix("posting")
            || type == "webpage" || type == "report" || type == "review"
    }

    /// The name in schema.org's words: `schema:headline`, `rnews:headline` and `dc:title` are
    /// `headline`; `og:title` is none, for it is read as `meta`.
    private static func rdfaName(_ text: Substring) -> String? {
        let name = text.lowercased()
        guard let end = name.lastIndex(where: { ":/#".contains($0) }) else { return name }
        let (vocabulary, local) = (name[..<end], String(name[name.index(after: end)...]))
        if vocabulary.hasPrefix("dc") || vocabulary.contains("purl.org/dc") {
            return dublinCore[local]
        }
        let isKnown = ["schema", "s", "rnews"].contains(String(vocabulary))
        return isKnown || vocabulary.hasSuffix("//schema.org") ? local : nil
    }

    /// Terms of Dublin Core (DCMI Metadata Terms) in schema.org's words.
    private static let dublinCore = [
        "title": "headline", "alternative": "alternativeheadline", "creator": "author",
        "date": "datepublished", "issued": "datepublished", "created": "datecreated",
        "modified": "datemodified", "description": "description", "abstract": "description",
        "subject": "keywords", "language": "inlanguage", "publisher": "publisher",
    ]

    private static let foreignPrefixes = ["og:", "article:", "fb:", "twitter:", "al:"]
        .map { Array($0.utf8) }
    private static let attributes = ["itemprop", "property"].map { AttributeName($0) }
    private static let namesBytesMax = 200
    private static let addressNames: Set<String> = [
        "image", "url", "contenturl", "thumbnailurl", "mainentityofpage",
    ]
    private static let usedNames: Set<String> = addressNames.union([
        "headline", "datepublished", "datemodified", "datecreated", "author", "name", "creator",
        "articlesection", "keywords", "alternativeheadline", "description", "caption",
        "credittext", "copyrightholder", "isaccessibleforfree", "inlanguage", "publisher",
        "sourceorganization",
    ])
}
