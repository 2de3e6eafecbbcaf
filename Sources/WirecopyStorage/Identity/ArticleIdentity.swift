import Digests
import WirecopyMessages

/// Which article a page is, and which content it shows; see docs/adr/0005-identify-articles.md.
struct ArticleIdentity: Sendable, Equatable {
    /// The first 16 hexadecimal digits of the SHA-256 of `url`.
    let id: String
    /// The URL that identifies the article.
    let url: String
    /// Host of `url`, or `file` for a saved page that declares no address.
    let host: String

    /// Length of an article's identifier: 64 bits, so that among a hundred million articles the
    /// chance of two equal identifiers is about 1 in 3,700.
    static let idLength = 16

    /// Finds the identity of a parsed article.
    init(of article: ParsedArticle) {
        let final = IdentityURL(article.finalURL)
        let canonical = article.canonicalURL.flatMap { IdentityURL($0.value) }
        let chosen = canonical.flatMap { Self.isUsable($0, for: final) ? $0 : nil } ?? final
        self.init(url: chosen?.text ?? article.finalURL, host: chosen?.host ?? "file")
    }

    /// The identity that a URL gives by itself.
    init(url text: String) {
        let url = IdentityURL(text)
        self.init(url: url?.text ?? text, host: url?.host ?? "file")
    }

    private init(url: String, host: String) {
        self.url = url
        self.host = host
        id = String(Digest.sha256(of: Array(url.utf8)).hex.prefix(Self.idLength))
    }

    /// A page may not claim to be another publisher's, and a page below the front page is not the
    /// front page: sites that declare `/` on each page would become one article.
    private static func isUsable(_ canonical: IdentityURL, for final: IdentityURL?) -> Bool {
        guard let final else { return !canonical.isFrontPage }
        return canonical.isSameSite(as: final) && (!canonical.isFrontPage || final.isFrontPage)
    }

    /// Identity of a content: SHA-256, in hexadecimal digits, of the title with single spaces and
    /// the main text.
    static func contentDigest(title: String?, text: [UInt8]) -> String {
        let title = (title ?? "").split { $0.isWhitespace }.joined(separator: " ")
        return Digest.sha256(of: Array(title.utf8) + Array("\n\n".utf8) + text).hex
    }
}
