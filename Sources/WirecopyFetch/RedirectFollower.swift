import Curl

/// An answer that is no redirect, and the address that gave it.
struct FollowedAnswer: Sendable, Equatable {
    let finalURL: String
    let response: HTTPResponse
}

/// Follows redirects one by one, so that each address passes the same checks as the first.
struct RedirectFollower: Sendable {
    private let transport: any HTTPTransport
    private let configuration: FetchConfiguration

    /// What we would like to get, in the order of preference.
    private static let accept = "text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1"
    /// The statuses that lead elsewhere (RFC 9110 section 15.4).
    private static let statuses: Set<Int> = [301, 302, 303, 307, 308]

    init(transport: any HTTPTransport, configuration: FetchConfiguration) {
        self.transport = transport
        self.configuration = configuration
    }

    /// Fetches an address and what it leads to; the time limit holds for all steps together.
    func fetch(_ address: WebAddress) async throws(TransportFailure) -> FollowedAnswer {
        var request = HTTPRequest(
            url: address.url,
            headers: [
                HTTPHeader("User-Agent", configuration.userAgent),
                HTTPHeader("Accept", Self.accept),
            ],
            limits: configuration.limits
        )
        var visited: Set<String> = []
        for _ in 0...configuration.redirectsMax {
            visited.insert(request.url)
            let response = try await transport.fetch(request)
            guard Self.statuses.contains(response.status), let target = response.redirectURL
            else { return FollowedAnswer(finalURL: request.url, response: response) }
            let next = try step(from: request.url, to: target, visited: visited)
            request.url = next.url
            request.limits.totalTimeout -= response.elapsed
            guard request.limits.totalTimeout > .zero else {
                throw TransportFailure(
                    .responseTimedOut,
                    "The redirects of \(address.url) took longer than "
                        + "\(configuration.limits.totalTimeout)."
                )
            }
        }
        throw TransportFailure(
            .tooManyRedirects,
            "\(address.url) redirects more than \(configuration.redirectsMax) times."
        )
    }

    private func step(
        from url: String,
        to target: String,
        visited: Set<String>
    ) throws(TransportFailure) -> WebAddress {
        guard let next = WebAddress(target) else {
            throw TransportFailure(
                .urlInvalid,
                "\(url) redirects to \(target.prefix(200)), which is no address of the web."
            )
        }
        guard !visited.contains(next.url) else {
            throw TransportFailure(
                .tooManyRedirects,
                "\(url) redirects to \(next.url), which was asked before: a circle."
            )
        }
        return next
    }
}
