import Curl
import WHATWGURL

extension HTTPResponse {
    /// The statuses that lead elsewhere (RFC 9110 section 15.4).
    private static let redirects: Set<Int> = [301, 302, 303, 307, 308]
    private static let permanentRedirects: Set<Int> = [301, 308]

    /// Whether the address is to be replaced by that to which it leads.
    var isMovedForGood: Bool { Self.permanentRedirects.contains(status) }

    /// Where a redirect leads, as browsers read it, and as libcurl does when that gives nothing;
    /// `nil` when the answer is none.
    func redirectTarget(from url: String) -> String? {
        guard Self.redirects.contains(status) else { return nil }
        let location = header("Location").flatMap { WebURL($0, base: WebURL(url)) }
        return location?.href ?? redirectURL
    }
}
