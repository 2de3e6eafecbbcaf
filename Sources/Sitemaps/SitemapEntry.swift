/// What a sitemap lists.
package enum SitemapEntry: Sendable, Hashable {
    /// A page.
    case page(SitemapPage)
    /// Another sitemap; an index lists nothing else.
    case sitemap(SitemapLocation)
}

/// A sitemap that an index lists.
package struct SitemapLocation: Sendable, Hashable {
    /// Where it is.
    package let address: String
    /// When it was changed last, as it is written.
    package let lastModified: String?
}

/// A page with what its site says of it.
package struct SitemapPage: Sendable, Hashable {
    /// Where it is.
    package let address: String
    /// When it was changed last, as it is written.
    package internal(set) var lastModified: String?
    /// `always` to `never`, as it is written; sites seldom mean it.
    package internal(set) var changeFrequency: String?
    /// 0.0 to 1.0, as it is written; sites seldom mean it.
    package internal(set) var priority: String?
    /// What a news sitemap says.
    package internal(set) var news: SitemapNews?
    /// Pictures on the page.
    package internal(set) var images: [SitemapMedium] = []
    /// Films on the page.
    package internal(set) var videos: [SitemapMedium] = []
    /// The page in other languages.
    package internal(set) var translations: [SitemapTranslation] = []

    init(address: String) { self.address = address }

    /// When the page was published, where the sitemap says so.
    package var published: String? { news?.published ?? videos.first?.published }
}

/// An article in a news sitemap (Google's `sitemap-news`).
package struct SitemapNews: Sendable, Hashable {
    /// The headline.
    package internal(set) var title: String?
    /// When it was published, as it is written.
    package internal(set) var published: String?
    /// Name of the paper.
    package internal(set) var publication: String?
    /// BCP 47 as it is written.
    package internal(set) var language: String?
    /// `PressRelease`, `Blog`, ...
    package internal(set) var genres: [String] = []
    /// What it is about.
    package internal(set) var keywords: [String] = []
    /// `Subscription` or `Registration`.
    package internal(set) var access: String?
}

/// A picture or a film.
package struct SitemapMedium: Sendable, Hashable {
    /// Where it is, or where it is played; `nil` when the sitemap does not say.
    package internal(set) var address: String?
    /// A small picture of it.
    package internal(set) var thumbnail: String?
    /// What it is called.
    package internal(set) var title: String?
    /// Caption or description.
    package internal(set) var caption: String?
    /// When it was published, as it is written.
    package internal(set) var published: String?
    /// Address of its licence.
    package internal(set) var license: String?
}

/// A page in another language.
package struct SitemapTranslation: Sendable, Hashable {
    /// BCP 47 as it is written, or `x-default`.
    package let language: String
    /// Where it is.
    package let address: String
}
