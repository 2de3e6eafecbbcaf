import MarkupReader

/// Reads what a feed says of itself.
struct FeedHeadReader: Sendable {
    let context: FeedContext

    /// Takes the parts of an element; what is known already stays.
    func read(_ element: MarkupElement, into head: inout FeedHead) {
        for part in element.elements {
            let name = part.name.local.lowercased()
            switch context.vocabulary(of: part) {
            case .core: readCore(part, name, into: &head)
            case .dublinCore, .dublinCoreTerms: readDublinCore(part, name, into: &head)
            case .itunes: readITunes(part, name, into: &head)
            case .license where name == "license":
                head.license = head.license ?? parts.address(part)
            default: break
            }
        }
        if head.link == nil {
            head.link = head.links.first { $0.relation == "alternate" }?.address
        }
    }

    private var texts: FeedTextReader { FeedTextReader(context: context) }
    private var parts: FeedPartReader { FeedPartReader(context: context) }

    private func readCore(_ part: MarkupElement, _ name: String, into head: inout FeedHead) {
        switch name {
        case "title": head.title = head.title ?? texts.text(part, usual: .plain)
        case "description":
            head.subtitle = head.subtitle ?? texts.text(part, usual: .html)
        case "subtitle", "tagline": head.subtitle = head.subtitle ?? texts.text(part, usual: .plain)
        case "info": head.note = head.note ?? texts.text(part, usual: .plain)
        case "rights", "copyright": head.rights = head.rights ?? texts.text(part, usual: .plain)
        case "link": readLink(part, into: &head)
        case "id", "guid": head.id = head.id ?? FeedIdentifier.text(part, in: context)
        case "author", "managingeditor": head.authors.appendPart(parts.person(part))
        case "contributor": head.contributors.appendPart(parts.person(part))
        case "webmaster": head.publisher = head.publisher ?? parts.person(part)
        case "category": head.categories.appendPart(parts.category(part))
        case "generator": head.generator = head.generator ?? parts.generator(part)
        case "image", "logo", "icon": readImage(part, into: &head)
        case "language":
            head.language = FeedContext.languageTag(part.text) ?? head.language
        case "ttl": head.lifeMinutes = head.lifeMinutes ?? part.text.feedTrimmed
        case "redirect", "newlocation": readNewAddress(part, into: &head)
        default: readDate(part, name, into: &head)
        }
    }

    private func readDate(_ part: MarkupElement, _ name: String, into head: inout FeedHead) {
        switch name {
        case "pubdate", "published", "issued":
            head.published = head.published ?? FeedDate(part.text)
        case "lastbuilddate", "updated", "modified":
            head.updated = head.updated ?? FeedDate(part.text)
        default: break
        }
    }

    private func readLink(_ part: MarkupElement, into head: inout FeedHead) {
        if let link = parts.link(part) {
            head.links.appendPart(link)
        } else {
            head.link = head.link ?? parts.address(part)
        }
    }

    /// RSS has the address in an element, Atom as text.
    private func readImage(_ part: MarkupElement, into head: inout FeedHead) {
        let inside = part.elements.first { $0.name.local.lowercased() == "url" }
        guard head.image == nil else { return }
        head.image =
            inside.map { FeedPartReader(context: context.entering(part)).address($0) }
            ?? (part.elements.isEmpty ? parts.address(part) : nil)
    }

    private func readNewAddress(_ part: MarkupElement, into head: inout FeedHead) {
        let inside = part.elements.first { $0.name.local.lowercased() == "newlocation" }
        head.newAddress = head.newAddress ?? parts.address(inside ?? part)
    }

    private func readDublinCore(_ part: MarkupElement, _ name: String, into head: inout FeedHead) {
        switch name {
        case "title": head.title = head.title ?? texts.text(part, usual: .plain)
        case "description": head.subtitle = head.subtitle ?? texts.text(part, usual: .html)
        case "creator", "author": head.authors.appendPart(parts.person(part))
        case "contributor": head.contributors.appendPart(parts.person(part))
        case "publisher": head.publisher = head.publisher ?? parts.person(part)
        case "rights": head.rights = head.rights ?? texts.text(part, usual: .plain)
        case "subject": head.categories.appendPart(parts.category(part))
        case "language":
            head.language = head.language ?? FeedContext.languageTag(part.text)
        case "date", "modified": head.updated = head.updated ?? FeedDate(part.text)
        case "issued": head.published = head.published ?? FeedDate(part.text)
        default: break
        }
    }

    private func readITunes(_ part: MarkupElement, _ name: String, into head: inout FeedHead) {
        switch name {
        case "author" where head.authors.isEmpty: head.authors.appendPart(parts.person(part))
        case "summary", "subtitle": head.subtitle = head.subtitle ?? texts.text(part, usual: .plain)
        case "image": head.image = head.image ?? parts.address(part)
        case "new-feed-url": head.newAddress = head.newAddress ?? parts.address(part)
        default: break
        }
    }
}

/// Identifiers of feeds and entries.
enum FeedIdentifier {
    /// The text; a path, which is no identifier by itself, is made absolute.
    static func text(_ element: MarkupElement, in context: FeedContext) -> String? {
        let text = element.text.feedTrimmed
        guard text.hasPrefix("/") else { return text.isEmpty ? nil : text }
        return context.entering(element).address(text)
    }
}
