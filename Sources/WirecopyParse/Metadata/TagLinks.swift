import HTMLDocument

/// Texts of the links by which a page shows the keywords of its article, in order.
struct TagLinks: Sendable {
    /// Of links with `rel=tag` (microformats).
    private(set) var related: [String] = []
    /// Of links to pages of tags, in a list that its class calls one.
    private(set) var listed: [String] = []
    private var examined = 0

    /// Links that are kept; an index of all tags has thousands.
    private static let linksMax = 60
    private static let textBytesMax = 200
    /// Elements between a link and the list of tags.
    private static let listDepthMax = 4
    /// Links to tags that are looked at; those of an article stand below it.
    private static let examinedMax = 300
    private static let classBytesMax = 400

    /// Takes a link with its `rel` in lower case.
    mutating func read(
        _ node: NodeID,
        of document: HTMLDocument,
        relation: [UInt8],
        isTagPage: Bool
    ) {
        if relation.holds(Self.tagRelation) {
            // `rel="category tag"` names a section of the site.
            let words = relation.split(whereSeparator: \.isSpace)
            if words.contains(where: { $0.elementsEqual(Self.tagRelation) }),
                !relation.holds(Self.categoryRelation)
            {
                add(node, of: document, to: \.related)
            }
        }
        guard isTagPage, examined < Self.examinedMax else { return }
        examined += 1
        if Self.isInList(node, document) { add(node, of: document, to: \.listed) }
    }

    private static let tagRelation = Array("tag".utf8)
    private static let categoryRelation = Array("category".utf8)

    private mutating func add(
        _ node: NodeID,
        of document: HTMLDocument,
        to list: WritableKeyPath<TagLinks, [String]>
    ) {
        guard self[keyPath: list].count < Self.linksMax else { return }
        let text = document.textContent(of: node, limitBytes: Self.textBytesMax)
        self[keyPath: list].append(NormalText.string(text))
    }

    private static func isInList(_ node: NodeID, _ document: HTMLDocument) -> Bool {
        for element in [node] + document.ancestors(of: node).prefix(listDepthMax) {
            if [.nav, .header, .footer, .aside].contains(document.tag(of: element)) {
                return false
            }
            for name in [AttributeName.className, .identifier] {
                guard let bytes = document.attributeBytes(name, of: element) else { continue }
                var words: [UInt64] = []
                ClassWords.appendHashes(of: bytes.prefix(classBytesMax), to: &words)
                if words.contains(where: siteWords.contains) { return false }
                if words.contains(where: listWords.contains) { return true }
            }
        }
        return false
    }

    /// Words that sites give to the list of an article's tags; `label` and `category` say less.
    private static let listWords = hashes([
        "tag", "tags", "taglist", "topics", "topiclist", "keywords", "keyword", "schlagwort",
        "schlagworte", "etiquetas", "articletags", "posttags", "themen",
    ])
    /// Words of lists of what the whole site is about.
    private static let siteWords = hashes([
        "cloud", "tagcloud", "widget", "sidebar", "menu", "nav", "navigation", "trending",
        "popular", "footer",
    ])

    private static func hashes(_ words: [String]) -> Set<UInt64> {
        Set(words.map { WordHash(of: $0.utf8).value })
    }
}

extension AttributeName {
    fileprivate static let className = AttributeName("class")
    fileprivate static let identifier = AttributeName("id")
}
