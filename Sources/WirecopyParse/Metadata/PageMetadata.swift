import HTMLDocument

/// What the page says of itself outside of what a reader sees: `meta`, `link`, JSON-LD, microdata.
struct PageMetadata: Sendable {
    /// Contents of `meta` elements by lower-case `property`, `name` or `http-equiv`, in order.
    private(set) var metas: [String: [String]] = [:]
    /// Values of microdata by `itemprop`, in order.
    private(set) var properties: [String: [String]] = [:]
    /// Texts of links with `rel=author`, in order.
    private(set) var authorLinks: [String] = []
    /// `link rel=next` and `rel=prev` as they stand.
    private(set) var neighbours: [String] = []
    /// `link rel=canonical` as it stands.
    private(set) var canonical: String?
    /// The `title` element.
    private(set) var title: String?
    /// `html lang`.
    private(set) var language: String?
    /// The article of the page's JSON-LD.
    private(set) var structured: StructuredData?

    /// Reads a whole page in one pass.
    init(_ document: HTMLDocument, pageURL: String) {
        var scripts: [[UInt8]] = []
        for node in document.descendants(of: document.root)
        where document.kind(of: node) == .element {
            read(node, of: document, &scripts)
        }
        structured = StructuredData.article(in: scripts, pageURL: pageURL)
    }

    /// The first content that is not empty under one of the names, with the name it stood under.
    func meta(_ names: String...) -> (name: String, value: String)? {
        for name in names {
            if let value = metas[name]?.first(where: { !$0.isEmpty }) { return (name, value) }
        }
        return nil
    }

    /// Values of one property that are kept; lists of products repeat the same one.
    private static let valuesMax = 20
    /// Bytes of a value that are kept.
    private static let valueBytesMax = 2048

    private mutating func read(
        _ node: NodeID,
        of document: HTMLDocument,
        _ scripts: inout [[UInt8]]
    ) {
        switch document.tag(of: node) {
        case .meta: readMeta(node, of: document)
        case .link: readLink(node, of: document)
        case .title where title == nil && document.namespace(of: node) == .html:
            title = NormalText.string(document.textContent(of: node))
        case .html where language == nil:
            language =
                document.attribute("lang", of: node)
                ?? document.attribute("xml:lang", of: node)
        case .script: readScript(node, of: document, &scripts)
        default: readProperty(node, of: document)
        }
    }

    private mutating func readMeta(_ node: NodeID, of document: HTMLDocument) {
        guard let content = document.attribute("content", of: node) else { return }
        let value = NormalText.prefix(NormalText.string(content), bytes: Self.valueBytesMax)
        for key in ["property", "name", "http-equiv"] {
            guard let name = document.attribute(key, of: node) else { continue }
            add(value, to: \.metas, under: name.lowercased())
        }
        if let name = document.attribute("itemprop", of: node) {
            add(value, to: \.properties, under: name.lowercased())
        }
    }

    private mutating func readLink(_ node: NodeID, of document: HTMLDocument) {
        guard let relation = document.attribute("rel", of: node)?.lowercased(),
            let address = document.attribute("href", of: node)
        else { return }
        switch relation {
        case "canonical" where canonical == nil: canonical = NormalText.string(address)
        case "next", "prev": neighbours.append(NormalText.string(address.utf8.prefix(2048)))
        default: break
        }
    }

    private func readScript(
        _ node: NodeID,
        of document: HTMLDocument,
        _ scripts: inout [[UInt8]]
    ) {
        guard let type = document.attributeBytes("type", of: node),
            String(decoding: type, as: UTF8.self).lowercased().contains("ld+json")
        else { return }
        var bytes: [UInt8] = []
        document.appendTextContent(of: node, to: &bytes)
        scripts.append(bytes)
    }

    private mutating func readProperty(_ node: NodeID, of document: HTMLDocument) {
        if let name = document.attribute("itemprop", of: node) {
            let key = name.lowercased()
            guard Self.usedProperties.contains(key) else { return }
            let value =
                document.attribute("content", of: node) ?? document.attribute("datetime", of: node)
                ?? document.textContent(of: node)
            add(NormalText.string(value.utf8.prefix(4096)), to: \.properties, under: key)
        } else if document.tag(of: node) == .a, authorLinks.count < Self.valuesMax,
            document.attribute("rel", of: node)?.lowercased() == "author"
        {
            authorLinks.append(NormalText.string(document.textContent(of: node)))
        }
    }

    private mutating func add(
        _ value: String,
        to table: WritableKeyPath<PageMetadata, [String: [String]]>,
        under name: String
    ) {
        guard !value.isEmpty, self[keyPath: table][name, default: []].count < Self.valuesMax else {
            return
        }
        self[keyPath: table][name, default: []].append(
            NormalText.prefix(value, bytes: Self.valueBytesMax)
        )
    }

    private static let usedProperties: Set<String> = [
        "headline", "datepublished", "datemodified", "datecreated", "author", "name", "creator",
        "articlesection",
    ]
}
