import Digests
import PageIdentity
import WirecopyMessages

/// Which article a page is, and which content it shows; see docs/adr/0005-identify-articles.md and
/// docs/adr/0026-let-twins-share-an-identity.md.
struct ArticleIdentity: Sendable, Equatable {
    /// The first 16 hexadecimal digits of the SHA-256 of the key that all addresses of the page
    /// share.
    let id: String
    /// The address of the article: one that exists, without tracking parameters.
    let url: String
    /// Host of `url`, or `file` for a saved page that declares no address.
    let host: String

    /// Length of an article's identifier: 64 bits, so that among a hundred million articles the
    /// chance of two equal identifiers is about 1 in 3,700.
    static let idLength = 16

    /// Finds the identity of a parsed article.
    init(of article: ParsedArticle) {
        let final = PageAddress(article.finalURL)
        let canonical = article.canonicalURL.flatMap { PageAddress($0.value) }
        let chosen = canonical.flatMap { Self.isUsable($0, for: final) ? $0 : nil } ?? final
        self.init(chosen, else: article.finalURL)
    }

    /// The identity that a URL gives by itself.
    init(url text: String) {
        self.init(PageAddress(text), else: text)
    }

    private init(_ address: PageAddress?, else text: String) {
        url = address?.url ?? text
        host = address?.host ?? "file"
        let key = address?.key ?? text
        id = String(Digest.sha256(of: Array(key.utf8)).hex.prefix(Self.idLength))
    }

    /// A page may not claim to be another publisher's, and a page below the front page is not the
    /// front page: sites that declare `/` on each page would become one article.
    private static func isUsable(_ canonical: PageAddress, for final: PageAddress?) -> Bool {
        guard let final else { return !canonical.isFrontPage }
        return canonical.isSameSite(as: final) && (!canonical.isFrontPage || final.isFrontPage)
    }

    /// Identity of a content: SHA-256, in hexadecimal digits, of the title with single spaces and
    /// the main text.
    static func contentDigest(title: String?, text: [UInt8]) -> String {
        var digester = Digester(.sha256)
        digester.update(withSingleSpaces(title ?? "") + Array("\n\n".utf8))
        digester.update(text)
        return digester.finish().hex
    }

    private static func withSingleSpaces(_ title: String) -> [UInt8] {
        let bytes = Array(title.utf8)
        // Characters are slow to find, and without these no byte of ASCII is part of a longer one.
        guard bytes.allSatisfy({ $0 < 0x80 }) else {
            return Array(title.split { $0.isWhitespace }.joined(separator: " ").utf8)
        }
        return Array(bytes.split { $0 == 0x20 || 9...13 ~= $0 }.joined(separator: [0x20]))
    }
}
