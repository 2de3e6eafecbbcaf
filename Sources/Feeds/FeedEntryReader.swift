import MarkupReader
import WHATWGURL

/// Reads one article of a feed.
struct FeedEntryReader: Sendable {
    private let context: FeedContext

    init(context: FeedContext) { self.context = context }

    /// The article in an `item` or `entry`.
    func entry(_ element: MarkupElement) -> FeedEntry {
        let reader = FeedEntryReader(context: context.entering(element))
        var entry = FeedEntry()
        var fallback = FeedEntry()
        entry.language = reader.context.language
        for part in element.elements {
            let name = part.name.local.lowercased()
            switch reader.context.vocabulary(of: part) {
            case .core: reader.readCore(part, name, into: &entry)
            case .content where name == "encoded":
                entry.contents.appendPart(reader.texts.text(part, usual: .html))
            case .xhtml where name == "body" || name == "div": reader.readBody(part, into: &entry)
            case .dublinCore, .dublinCoreTerms: reader.readDublinCore(part, name, into: &fallback)
            case .itunes: reader.readITunes(part, name, into: &fallback)
            case .media: reader.readMedia(part, name, into: &fallback)
            case .license where name == "license":
                entry.license = entry.license ?? reader.parts.address(part)
            case .feedBurner where name == "origlink":
                entry.originalLink = reader.parts.address(part)
            default: break
            }
        }
        entry.id = entry.id ?? element.attribute("about", in: Self.rdf)
        return reader.completed(entry, with: fallback)
    }

    private static let rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

    private var texts: FeedTextReader { FeedTextReader(context: context) }
    private var parts: FeedPartReader { FeedPartReader(context: context) }

    private func readCore(_ part: MarkupElement, _ name: String, into entry: inout FeedEntry) {
        switch name {
        case "title": entry.title = entry.title ?? texts.text(part, usual: .plain)
        case "description", "summary":
            readSummary(texts.text(part, usual: name == "summary" ? .plain : .html), into: &entry)
        case "content":
            entry.contents.appendPart(texts.text(part, usual: .plain))
            entry.contentLink = entry.contentLink ?? page(part)
        case "fullitem", "content:encoded":
            entry.contents.appendPart(texts.text(part, usual: .html))
        case "body": readBody(part, into: &entry)
        case "link": readLink(part, into: &entry)
        case "id": entry.id = entry.id ?? FeedIdentifier.text(part, in: context)
        case "guid": readIdentifier(part, into: &entry)
        case "author": entry.authors.appendPart(parts.person(part))
        case "contributor": entry.contributors.appendPart(parts.person(part))
        case "category": entry.categories.appendPart(parts.category(part))
        case "enclosure": entry.enclosures.appendPart(parts.enclosure(part))
        case "comments": entry.comments = entry.comments ?? parts.address(part)
        case "rights", "copyright": entry.rights = entry.rights ?? texts.text(part, usual: .plain)
        case "source": entry.source = entry.source ?? source(part)
        case "language": entry.language = FeedContext.languageTag(part.text) ?? entry.language
        default: readDate(part, name, into: &entry)
        }
    }

    private func readDate(_ part: MarkupElement, _ name: String, into entry: inout FeedEntry) {
        switch name {
        case "pubdate", "published", "issued":
            entry.published = entry.published ?? FeedDate(part.text)
        case "updated", "modified", "lastbuilddate":
            entry.updated = entry.updated ?? FeedDate(part.text)
        case "created": entry.created = entry.created ?? FeedDate(part.text)
        case "expirationdate": entry.expires = entry.expires ?? FeedDate(part.text)
        default: break
        }
    }

    /// What follows a first summary says more than it.
    private func readSummary(_ text: FeedText?, into entry: inout FeedEntry) {
        if entry.summary == nil {
            entry.summary = text
        } else {
            entry.contents.appendPart(text)
        }
    }

    private func readBody(_ part: MarkupElement, into entry: inout FeedEntry) {
        let inside = context.entering(part)
        let markup = FeedMarkup.markup(inside: part, dropsOuterDiv: false).feedTrimmed
        guard !markup.isEmpty else { return }
        entry.contents.appendPart(
            FeedText(
                value: markup,
                kind: .xhtml,
                language: inside.language,
                base: inside.base?.href
            )
        )
    }

    private func readLink(_ part: MarkupElement, into entry: inout FeedEntry) {
        guard let link = parts.link(part) else {
            entry.link = entry.link ?? parts.address(part)
            return
        }
        entry.links.appendPart(link)
        if link.relation == "enclosure" {
            entry.enclosures.appendPart(
                FeedEnclosure(address: link.address, type: link.type, length: link.length)
            )
        }
        if link.relation == "license" { entry.license = entry.license ?? link.address }
    }

    /// RSS's identifier, which is the page's address too unless it says that it is not.
    private func readIdentifier(_ part: MarkupElement, into entry: inout FeedEntry) {
        let text = part.text.feedTrimmed
        guard !text.isEmpty else { return }
        let isLink = part.attribute("isPermaLink")?.lowercased() != "false"
        // A number or a word is no path, though a browser would take it for one.
        let isAddress = WebURL(text) != nil || text.hasPrefix("/")
        let address = isLink && isAddress ? context.entering(part).address(text) : nil
        entry.id = entry.id ?? text
        entry.hasOpaqueID = !isLink
        if let address, WebURL(address)?.isHTTP == true { entry.guidLink = address }
    }

    /// Where a content lies that is a page.
    private func page(_ part: MarkupElement) -> String? {
        let type = (part.attribute("type") ?? "").lowercased()
        let isPage = ["", "html", "xhtml", "text/html", "application/xhtml+xml"].contains(type)
        return isPage ? part.attribute("src").flatMap(context.entering(part).address) : nil
    }

    private func source(_ part: MarkupElement) -> FeedHead? {
        var head = FeedHead()
        let inside = context.entering(part)
        if part.elements.isEmpty {
            head.title = texts.text(part, usual: .plain)
            head.link = inside.address(part.attribute("url"))
        } else {
            FeedHeadReader(context: inside).read(part, into: &head)
        }
        return head
    }

    private func readDublinCore(_ part: MarkupElement, _ name: String, into entry: inout FeedEntry)
    {
        switch name {
        case "title": entry.title = entry.title ?? texts.text(part, usual: .plain)
        case "description", "abstract":
            entry.summary = entry.summary ?? texts.text(part, usual: .html)
        case "creator", "author": entry.authors.appendPart(parts.person(part))
        case "contributor": entry.contributors.appendPart(parts.person(part))
        case "publisher": entry.publisher = entry.publisher ?? parts.person(part)
        case "rights": entry.rights = entry.rights ?? texts.text(part, usual: .plain)
        case "subject": entry.categories.appendPart(parts.category(part))
        case "language": entry.language = FeedContext.languageTag(part.text)
        case "date", "modified": entry.updated = entry.updated ?? FeedDate(part.text)
        case "issued": entry.published = entry.published ?? FeedDate(part.text)
        case "created": entry.created = entry.created ?? FeedDate(part.text)
        default: break
        }
    }

    private func readITunes(_ part: MarkupElement, _ name: String, into entry: inout FeedEntry) {
        switch name {
        case "author": entry.authors.appendPart(parts.person(part))
        case "summary", "subtitle":
            entry.summary = entry.summary ?? texts.text(part, usual: .plain)
        case "image": entry.thumbnails.appendPart(parts.address(part))
        default: break
        }
    }

    /// Media stand in groups or by themselves; texts in a content belong to the picture.
    private func readMedia(_ part: MarkupElement, _ name: String, into entry: inout FeedEntry) {
        switch name {
        case "group":
            for inner in part.elements where context.vocabulary(of: inner) == .media {
                readMedia(inner, inner.name.local.lowercased(), into: &entry)
            }
        case "content":
            entry.enclosures.appendPart(parts.enclosure(part))
            for inner in part.elements where inner.name.local.lowercased() == "thumbnail" {
                entry.thumbnails.appendPart(parts.address(inner))
            }
        case "thumbnail": entry.thumbnails.appendPart(parts.address(part))
        case "title": entry.title = entry.title ?? texts.text(part, usual: .plain)
        case "description": entry.summary = entry.summary ?? texts.text(part, usual: .plain)
        case "category":
            entry.categories.appendPart(parts.category(part, usualScheme: Self.mediaScheme))
        default: break
        }
    }

    private static let mediaScheme = "http://search.yahoo.com/mrss/category_schema"

    /// An entry with what only other vocabularies say.
    private func completed(_ entry: FeedEntry, with other: FeedEntry) -> FeedEntry {
        var entry = entry
        entry.title = entry.title ?? other.title
        entry.summary = entry.summary ?? other.summary
        if entry.authors.isEmpty { entry.authors = other.authors }
        if entry.contributors.isEmpty { entry.contributors = other.contributors }
        entry.publisher = other.publisher
        entry.rights = entry.rights ?? other.rights
        for category in other.categories { entry.categories.appendPart(category) }
        for enclosure in other.enclosures { entry.enclosures.appendPart(enclosure) }
        entry.thumbnails = other.thumbnails
        entry.language = other.language ?? entry.language
        entry.published = entry.published ?? other.published
        entry.updated = entry.updated ?? other.updated
        entry.created = entry.created ?? other.created
        let pages = entry.links.filter { $0.relation == "alternate" }
        entry.link =
            entry.link ?? pages.first { $0.type?.hasPrefix("text/html") ?? true }?.address
            ?? pages.first?.address ?? entry.guidLink
        return entry
    }
}
