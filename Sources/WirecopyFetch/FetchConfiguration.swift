package import Curl

/// How stage one behaves towards servers.
package struct FetchConfiguration: Sendable, Equatable {
    /// How the fetcher names itself; operators of sites expect a way to reach someone.
    package var userAgent: String
    /// Limits of one page, over all its redirects.
    package var limits = TransferLimits()
    /// Redirects of one page; browsers stop at 20, honest sites need three.
    package var redirectsMax = 10
    /// Whether what a site's `robots.txt` says is followed.
    package var followsRobots = true
    /// How long any host is left alone after a request, besides what it asks for itself; not this
    /// machine. Two requests a second are no burden for a site of news.
    package var hostPause: Duration = .milliseconds(500)
    /// A server that asks for a longer pause is asked again after this; 429 of a day is an error
    /// of configuration more often than a wish.
    package var retryAfterMax: Duration = .seconds(3600)

    /// Makes the usual configuration.
    package init(userAgent: String) {
        self.userAgent = userAgent
    }

    /// The name that `robots.txt` files know the fetcher by: that of the user agent up to its
    /// version.
    var productToken: String {
        let token = userAgent.prefix { $0.isASCII && ($0.isLetter || $0 == "-" || $0 == "_") }
        return token.isEmpty ? "wirecopy" : String(token)
    }
}
