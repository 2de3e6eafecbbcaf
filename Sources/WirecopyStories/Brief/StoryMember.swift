package import WirecopyMessages

/// An article of a story with its place in the story.
package struct StoryMember: Sendable, Equatable {
    /// Identifier of the article in the store.
    package var articleID: String
    /// The article; all ranges of a brief are UTF-8 bytes into its main text.
    package var annotated: AnnotatedArticle
    /// Number of its episode; episodes with higher numbers came later.
    package var episode: Int
    /// When it came, in milliseconds since 1970 UTC, as the story takes it; it orders articles
    /// whose page gives no date.
    package var atMs: Int?
    /// Identifier of the article of which this is a copy; `nil` for an article of its own.
    package var copyOf: String?

    /// Makes a member.
    package init(
        articleID: String,
        annotated: AnnotatedArticle,
        episode: Int,
        atMs: Int? = nil,
        copyOf: String? = nil
    ) {
        self.articleID = articleID
        self.annotated = annotated
        self.episode = episode
        self.atMs = atMs
        self.copyOf = copyOf
    }

    /// Name of the outlet: what the page calls its site, else its host; `nil` for a file.
    var outlet: String? {
        if let name = annotated.article.siteName?.value, !name.isEmpty { return name }
        guard let host = Self.host(of: annotated.article.finalURL) else { return nil }
        return host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
    }

    /// The day of publication, as the page gives it: `2024-05-29`; `nil` when no day is known.
    var day: String? {
        guard let date = annotated.article.published?.date.value, date.utf8.count >= 10 else {
            return nil
        }
        return String(date.prefix(10))
    }

    private static func host(of url: String) -> String? {
        guard let scheme = url.firstRange(of: "://"), !url.hasPrefix("file:") else { return nil }
        let rest = url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let host = rest.split(separator: "@").last?.split(separator: ":").first
        return host.map { $0.lowercased() }
    }
}
