import MarkupReader

/// Reads people, links, subjects and dates.
struct FeedPartReader: Sendable {
    let context: FeedContext

    /// A person: Atom's elements, or one text.
    func person(_ element: MarkupElement) -> FeedPerson? {
        let inside = context.entering(element)
        guard !element.elements.isEmpty else { return FeedPerson(element.text) }
        var person = FeedPerson()
        for part in element.elements {
            let text = part.text.feedTrimmed
            guard !text.isEmpty else { continue }
            switch part.name.local.lowercased() {
            case "name": person.name = text
            case "email": person.email = text
            case "url", "uri", "homepage": person.address = inside.entering(part).address(text)
            default: break
            }
        }
        return person.isEmpty ? FeedPerson(element.text) : person
    }

    /// The program that made the feed.
    func generator(_ element: MarkupElement) -> FeedPerson? {
        let inside = context.entering(element)
        let name = element.text.feedTrimmed
        let address = inside.address(element.attribute("uri") ?? element.attribute("url"))
        return name.isEmpty && address == nil
            ? nil : FeedPerson(name: name.isEmpty ? nil : name, address: address)
    }

    /// A link of Atom; `nil` without an address.
    func link(_ element: MarkupElement) -> FeedLink? {
        let inside = context.entering(element)
        guard let href = element.attribute("href"), let address = inside.address(href) else {
            return nil
        }
        let relation = Self.relation(element.attribute("rel") ?? "")
        let type = element.attribute("type")?.feedTrimmed
        return FeedLink(
            address: address,
            relation: relation.isEmpty ? "alternate" : relation,
            type: type ?? Self.usualType(of: relation),
            title: element.attribute("title"),
            language: element.attribute("hreflang"),
            length: element.attribute("length")
        )
    }

    /// A relation in lower case; those of the registry without its address (RFC 4287, 4.2.7.2).
    private static func relation(_ text: String) -> String {
        let name = text.feedTrimmed.lowercased()
        let known = registries.first(where: name.hasPrefix)
        return known.map { String(name.dropFirst($0.count)) } ?? name
    }

    private static let registries = [
        "http://www.iana.org/assignments/relation/",
        "http://www.iana.org/assignments/link-relations/",
    ]

    private static func usualType(of relation: String) -> String {
        relation == "self" ? "application/atom+xml" : "text/html"
    }

    /// A subject: Atom's attributes or RSS's text; `nil` for nothing.
    func category(_ element: MarkupElement, usualScheme: String? = nil) -> FeedCategory? {
        let text = element.text.feedTrimmed
        let term = element.attribute("term") ?? text
        let label = element.attribute("label")
        guard !term.isEmpty || label != nil else { return nil }
        return FeedCategory(
            term: term.isEmpty ? label ?? "" : term,
            scheme: element.attribute("scheme") ?? element.attribute("domain") ?? usualScheme,
            label: label
        )
    }

    /// Sound, a picture or a film; `nil` without an address.
    func enclosure(_ element: MarkupElement) -> FeedEnclosure? {
        let inside = context.entering(element)
        guard let address = inside.address(element.attribute("url")) else { return nil }
        return FeedEnclosure(
            address: address,
            type: element.attribute("type"),
            length: element.attribute("length") ?? element.attribute("fileSize")
        )
    }

    /// An address as text or in the attributes that RDF and iTunes use.
    func address(_ element: MarkupElement) -> String? {
        let inside = context.entering(element)
        let attributes = element.attributes.first {
            ["resource", "href", "url"].contains($0.name.local)
        }
        let text = element.text.feedTrimmed
        return inside.address(text.isEmpty ? attributes?.value : text)
    }
}

extension Array {
    /// Adds a part as long as there is room.
    mutating func appendPart(_ part: Element?) {
        guard let part, count < Feed.partsMax else { return }
        append(part)
    }
}
