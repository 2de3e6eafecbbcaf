import HTMLDocument

/// What the page says of itself outside of what a reader sees: `meta`, `link`, JSON-LD, microdata,
/// RDFa.
struct PageMetadata: Sendable {
    /// Contents of `meta` elements by lower-case `property`, `name` or `http-equiv`, in order.
    private(set) var metas: [String: [String]] = [:]
    /// Values of microdata and RDFa by name, in order.
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
    /// The articles of the page's JSON-LD, the page's own first.
    private(set) var structuredArticles: [StructuredData] = []
    /// The texts of which each `h1` is made up: one, unless elements divide it.
    private(set) var headings: [[String]] = []
    /// Texts of links to what looks like an author's page, in order.
    private(set) var authorPages: [String] = []
    /// Dates in attributes of elements of the body that are not shown, in order.
    private(set) var attributeDates: [String] = []
    /// What the page's other scripts say of its article.
    private(set) var scriptFacts = ScriptFacts()
    /// Microdata and RDFa, with the items that they are said of.
    private(set) var items = ItemProperties()
    /// Links that show the article's keywords.
    private(set) var tagLinks = TagLinks()
    /// `link rel=image_src` as it stands.
    private(set) var imageLink: String?
    /// Properties whose first value stands in RDFa.
    private var rdfaProperties: Set<String> = []
    /// The whole text of the author's item that was read last.
    private var authorText = ""

    /// The article of the page's JSON-LD.
    var structured: StructuredData? { structuredArticles.first }

    /// Reads a whole page in one pass.
    init(_ document: HTMLDocument, pageURL: String) {
        var scripts: [[UInt8]] = []
        for node in document.descendants(of: document.root)
        where document.kind(of: node) == .element {
            read(node, of: document, &scripts)
        }
        structuredArticles = StructuredData.articles(in: scripts, pageURL: pageURL)
        // Data too broken to be read, or of a type that is no article's, still have keys.
        if structuredArticles.isEmpty { for script in scripts { scriptFacts.read(script) } }
    }

    /// The first content that is not empty under one of the names, with the name it stood under.
    func meta(_ names: String...) -> (name: String, value: String)? {
        for name in names {
            if let value = metas[name]?.first(where: { !$0.isEmpty }) { return (name, value) }
        }
        return nil
    }

    /// Where the first value of a property stands: `microdata` or `rdfa`.
    func source(ofProperty name: String) -> String {
        rdfaProperties.contains(name) ? "rdfa" : "microdata"
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
            title = NormalText.prefix(
                NormalText.string(text(of: node, document)),
                bytes: Self.valueBytesMax
            )
        case .html where language == nil:
            language =
                document.attribute("lang", of: node)
                ?? document.attribute("xml:lang", of: node)
        case .script: readScript(node, of: document, &scripts)
        case .h1 where headings.count < Self.headingsMax: readHeading(node, of: document)
        default: readProperty(node, of: document)
        }
    }

    private mutating func readMeta(_ node: NodeID, of document: HTMLDocument) {
        let stated = document.attribute("content", of: node)
        // Some archives of pages keep what a page says under another name.
        guard let content = stated ?? document.attribute("value", of: node) else { return }
        let value = NormalText.prefix(NormalText.string(content), bytes: Self.valueBytesMax)
        for key in ["property", "name", "http-equiv"] {
            guard let name = document.attribute(key, of: node) else { continue }
            add(value, to: \.metas, under: Self.metaName(name.lowercased()))
        }
        readItemProperty(node, of: document)
    }

    /// Dublin Core is written with points and with colons.
    private static func metaName(_ name: String) -> String {
        guard name.hasPrefix("dc:") || name.hasPrefix("dcterms:") else { return name }
        return name.replacing(":", with: ".", maxReplacements: 1)
    }

    /// Takes microdata and RDFa; false when the element has none that is used.
    @discardableResult
    private mutating func readItemProperty(_ node: NodeID, of document: HTMLDocument) -> Bool {
        let count = items.values.count
        items.read(node, of: document)
        guard items.values.count > count else { return false }
        for value in Array(items.values[count...]) {
            if value.name == "name", value.role == "author" || value.role == "creator" {
                readNameOfAuthor(value)
            }
            guard Self.flatProperties.contains(value.name) else { continue }
            if value.source == "rdfa", properties[value.name] == nil {
                rdfaProperties.insert(value.name)
            }
            if value.name == "author" || value.name == "creator" { authorText = value.text }
            add(value.text, to: \.properties, under: value.name)
        }
        return true
    }

    /// The names in an author's item are the authors; the item's text has other things too.
    private mutating func readNameOfAuthor(_ name: ItemProperties.Value) {
        guard authorText.contains(name.text) else { return }
        if properties[name.role]?.last == authorText { properties[name.role]?.removeLast() }
        add(name.text, to: \.properties, under: name.role)
    }

    private mutating func readLink(_ node: NodeID, of document: HTMLDocument) {
        readItemProperty(node, of: document)
        guard let relation = document.attribute("rel", of: node)?.lowercased(),
            let address = document.attribute("href", of: node)
        else { return }
        switch relation {
        case "canonical" where canonical == nil: canonical = NormalText.string(address)
        case "image_src" where imageLink == nil: imageLink = NormalText.string(address)
        case "next", "prev": neighbours.append(NormalText.string(address.utf8.prefix(2048)))
        default: break
        }
    }

    private mutating func readScript(
        _ node: NodeID,
        of document: HTMLDocument,
        _ scripts: inout [[UInt8]]
    ) {
        var bytes: [UInt8] = []
        document.appendTextContent(of: node, to: &bytes)
        if let type = document.attributeBytes("type", of: node),
            String(decoding: type, as: UTF8.self).lowercased().contains("ld+json")
        {
            scripts.append(bytes)
        } else {
            scriptFacts.read(bytes)
        }
    }

    private mutating func readHeading(_ node: NodeID, of document: HTMLDocument) {
        let pieces = document.children(of: node).prefix(Self.piecesMax)
            .filter { document.kind(of: $0) == .text || document.kind(of: $0) == .element }
            .map { child in
                document.kind(of: child) == .text
                    ? NormalText.string(document.textBytes(of: child))
                    : NormalText.string(document.textContent(of: child))
            }
            .filter { !$0.isEmpty }
        if !pieces.isEmpty { headings.append(pieces) }
        readProperty(node, of: document)
    }

    private mutating func readProperty(_ node: NodeID, of document: HTMLDocument) {
        if !readItemProperty(node, of: document), document.tag(of: node) == .a {
            readAnchor(node, of: document)
        }
        guard attributeDates.count < Self.valuesMax else { return }
        switch document.tag(of: node) {
        case .time, .abbr, .span:
            for name in Self.dateAttributes {
                guard let value = document.attributeBytes(name, of: node),
                    Self.datedBytes ~= value.count, value.contains(where: \.isDigit)
                else { continue }
                attributeDates.append(NormalText.string(value))
            }
        default: break
        }
    }

    private mutating func readAnchor(_ node: NodeID, of document: HTMLDocument) {
        let relation = (document.attributeBytes(.relation, of: node) ?? [])
            .prefix(Self.relationBytesMax).map(\.lowercased)
        if authorLinks.count < Self.valuesMax, relation.holds(Self.authorRelation) {
            authorLinks.append(NormalText.string(text(of: node, document)))
        }
        let folder = document.attributeBytes(.address, of: node)
            .flatMap { Self.folder(of: $0.prefix(Self.addressBytesMax)) }
        tagLinks.read(
            node,
            of: document,
            relation: relation,
            // Lists above the headline are menus.
            isTagPage: folder == .tag && !headings.isEmpty
        )
        guard authorPages.count < Self.valuesMax, folder == .author else { return }
        let text = NormalText.string(text(of: node, document).utf8.prefix(200))
        if !text.isEmpty, !authorPages.contains(text) { authorPages.append(text) }
    }

    /// Elements in elements give the same text again and again: no more is read than is kept.
    private func text(of node: NodeID, _ document: HTMLDocument) -> String {
        document.textContent(of: node, limitBytes: 2 * Self.valueBytesMax)
    }

    /// Folders of a site whose pages are about one thing.
    private enum Folder {
        case author, tag
    }

    /// What the parts of an address's path are called that begin as folders of pages of authors or
    /// of tags do: `/author/ann-lee`, `/autoren/`, not `/authority/`; authors go first.
    private static func folder(of address: ArraySlice<UInt8>) -> Folder? {
        var found: Folder?
        for slash in address.indices where address[slash] == UInt8(ascii: "/") {
            let start = slash + 1
            guard start < address.endIndex, mayStartFolder[Int(address[start])] else { continue }
            var (end, folder) = (start, WordHash())
            while end < address.endIndex, address[end].isLetter || address[end] == UInt8(ascii: "-")
            {
                folder.add(address[end].lowercased)
                end += 1
            }
            guard 2...16 ~= end - start else { continue }
            if authorFolders[folder.value] != nil { return .author }
            if tagFolders[folder.value] != nil { found = .tag }
        }
        return found
    }

    private static let authorRelation = Array("author".utf8)
    /// Bytes of a `rel` that are looked at.
    private static let relationBytesMax = 200
    private static let headingsMax = 12
    private static let piecesMax = 8
    private static let addressBytesMax = 200
    private static let datedBytes = 6...60
    private static let dateAttributes: [AttributeName] = [
        "title", "data-date", "data-timestamp", "data-datetime", "data-published", "data-time",
        "data-published-date", "data-publish-date", "data-utime", "content",
    ].map { AttributeName($0) }
    private static let folderNames = [
        "author", "authors", "autor", "autoren", "autores", "auteur", "auteurs", "autore", "autori",
        "people", "person", "personen", "persons", "staff", "profile", "profiles", "profil",
        "journalist", "journalists", "journaliste", "journalistes", "journalisten", "contributor",
        "contributors", "writer", "writers", "reporter", "reporters", "by", "byline", "firma",
        "firmas", "redakteur", "redaktion", "columnist", "columnists", "correspondents", "bio",
        "auteure", "autorzy", "avtor", "biography", "forfatter", "redactor", "yazar", "yazarlar",
        "penulis", "biografia", "team", "mitarbeiter", "medarbejder", "our-team", "user", "users",
        "member", "members", "expert", "experts", "bloggers", "blogger",
    ]
    private static let authorFolders = WordIndex(folderNames.map { WordHash(of: $0.utf8).value })
    private static let tagNames = [
        "tag", "tags", "topic", "topics", "thema", "themen", "keyword", "keywords", "tema", "temas",
        "theme", "themes", "sujet", "sujets", "etiqueta", "etiquetas", "schlagwort", "argomento",
        "argomenti", "emne", "onderwerp", "temat", "label", "search",
    ]
    private static let tagFolders = WordIndex(tagNames.map { WordHash(of: $0.utf8).value })
    /// Whether a byte begins one of the names.
    private static let mayStartFolder = (0...255).map { (byte: UInt8) in
        (folderNames + tagNames).contains { $0.utf8.first == byte.lowercased }
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

    /// Properties that the tables of candidates read without their items.
    private static let flatProperties: Set<String> = [
        "headline", "datepublished", "datemodified", "datecreated", "author", "name", "creator",
        "articlesection",
    ]
}

extension AttributeName {
    fileprivate static let address = AttributeName("href")
    fileprivate static let relation = AttributeName("rel")
}
