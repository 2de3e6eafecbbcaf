import MarkupReader
import WHATWGURL

/// Reads one `url` or `sitemap` element.
struct SitemapElementReader: Sendable {
    let base: WebURL?

    /// The vocabularies of sitemaps.
    private enum Vocabulary {
        case core, news, image, video, translation, other

        /// By a part of the namespace's address, for its versions and misspellings are many; the
        /// core is whatever is not an extension.
        init(_ name: MarkupName) {
            // Most elements are in the namespace of the protocol.
            guard name.namespace != Self.usualNamespace else {
                self = .core
                return
            }
            let namespace = name.namespace.isEmpty ? name.prefix : name.namespace.lowercased()
            let words = namespace.split { "/-:.".contains($0) }
            self = words.lazy.compactMap { Self.extensions[$0] }.first ?? .core
        }

        private static let usualNamespace = "http://www.sitemaps.org/schemas/sitemap/0.9"

        private static let extensions: [Substring: Vocabulary] = [
            "news": .news, "image": .image, "video": .video, "xhtml": .translation,
            "mobile": .other, "pagemap": .other, "content": .other,
        ]
    }

    /// The entry; `nil` when it has no address of the web.
    func entry(_ element: MarkupElement, isSitemap: Bool) -> SitemapEntry? {
        let core = element.elements.filter { Vocabulary($0.name) == .core }
        let location = core.first { $0.name.local.lowercased() == "loc" }
        // Some write the address without `loc`.
        guard let address = address(location?.text ?? Self.ownText(element)) else { return nil }
        guard !isSitemap else {
            return .sitemap(
                SitemapLocation(address: address, lastModified: Self.text("lastmod", in: core))
            )
        }
        var page = SitemapPage(address: address)
        page.lastModified = Self.text("lastmod", in: core)
        page.changeFrequency = Self.text("changefreq", in: core)
        page.priority = Self.text("priority", in: core)
        for part in element.elements { read(part, into: &page) }
        return .page(page)
    }

    private func read(_ part: MarkupElement, into page: inout SitemapPage) {
        let name = part.name.local.lowercased()
        switch (Vocabulary(part.name), name) {
        case (.news, "news"): page.news = page.news ?? news(part)
        case (.image, "image") where page.images.count < SitemapReader.partsMax:
            page.images.append(medium(part))
        case (.video, "video") where page.videos.count < SitemapReader.partsMax:
            page.videos.append(medium(part))
        case (.translation, "link") where page.translations.count < SitemapReader.partsMax:
            guard let language = part.attribute("hreflang"),
                let address = address(part.attribute("href"))
            else { return }
            page.translations.append(SitemapTranslation(language: language, address: address))
        default: break
        }
    }

    private func news(_ element: MarkupElement) -> SitemapNews {
        var news = SitemapNews()
        news.title = Self.text("title", in: element.elements)
        news.published = Self.text("publication_date", in: element.elements)
        news.access = Self.text("access", in: element.elements)
        news.genres = Self.list("genres", in: element.elements)
        news.keywords = Self.list("keywords", in: element.elements)
        let paper = element.elements.first { $0.name.local.lowercased() == "publication" }
        news.publication = Self.text("name", in: paper?.elements ?? [])
        news.language =
            Self.text("language", in: paper?.elements ?? [])
            ?? Self.text("language", in: element.elements)
        return news
    }

    private func medium(_ element: MarkupElement) -> SitemapMedium {
        let parts = element.elements
        var medium = SitemapMedium()
        medium.address =
            ["loc", "content_loc", "player_loc"].lazy
            .compactMap { address(Self.text($0, in: parts)) }.first
        medium.thumbnail = address(Self.text("thumbnail_loc", in: parts))
        medium.title = Self.text("title", in: parts)
        medium.caption = Self.text("caption", in: parts) ?? Self.text("description", in: parts)
        medium.published = Self.text("publication_date", in: parts)
        medium.license = address(Self.text("license", in: parts))
        return medium
    }

    private func address(_ text: String?) -> String? {
        // Nothing, read from a base, would be the sitemap itself.
        guard let text, !text.allSatisfy(\.isWhitespace), let url = WebURL(text, base: base),
            url.isHTTP
        else { return nil }
        return url.href
    }

    /// The text of the first element with a name, with single spaces; `nil` for nothing.
    private static func text(_ name: String, in elements: [MarkupElement]) -> String? {
        let text = elements.first { $0.name.local.lowercased() == name }?.text
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return text?.isEmpty == false ? text : nil
    }

    /// Words between commas.
    private static func list(_ name: String, in elements: [MarkupElement]) -> [String] {
        (text(name, in: elements) ?? "").split(separator: ",").prefix(SitemapReader.partsMax)
            .map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }
    }

    private static func ownText(_ element: MarkupElement) -> String? {
        let text = element.children.compactMap { child in
            if case .text(let text) = child { text } else { nil }
        }
        let joined = text.joined()
        return joined.allSatisfy(\.isWhitespace) ? nil : joined
    }
}
