import Curl
import Foundation
import RobotsFile
import WHATWGURL
import WirecopyMessages

/// What sites allow: one `robots.txt` a site (scheme, host and port), asked for once while it
/// holds, however many pages of the site are fetched at the same time.
actor RobotsCache {
    /// Sites that are remembered; at a few kilobytes each, 40 MB in usual crawls.
    private static let sitesMax = 10_000
    /// Entries that go at once when there are too many, so that looking for the oldest is rare.
    private static let evictedShare = 8

    private struct Site {
        let access: RobotsAccess
        var lastUse: Instant
    }

    private let transport: any HTTPTransport
    private let configuration: FetchConfiguration
    private let now: @Sendable () -> Instant
    private var sites: [String: Site] = [:]
    /// Callers that wait for a file that another one is asking for, by site.
    private var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]

    init(
        transport: any HTTPTransport,
        configuration: FetchConfiguration,
        now: @escaping @Sendable () -> Instant
    ) {
        self.transport = transport
        self.configuration = configuration
        self.now = now
    }

    /// The rules of an address's site, asked for when none are known or they are too old.
    ///
    /// - Throws: `cancelled`, and `addressRefused` for a site that may not be visited at all; a
    ///   site that cannot be asked has rules too.
    func access(to address: WebAddress) async throws(TransportFailure) -> RobotsAccess {
        let site = address.origin
        while true {
            if let known = sites[site], known.access.freshUntil > Self.date(now()) {
                sites[site]?.lastUse = now()
                return known.access
            }
            guard waiting[site] == nil else {
                await withCheckedContinuation { waiting[site, default: []].append($0) }
                continue
            }
            waiting[site] = []
            defer { for caller in waiting.removeValue(forKey: site) ?? [] { caller.resume() } }
            let answer = try await answer(of: site)
            let access = RobotsPolicy.access(
                after: answer,
                previous: sites[site]?.access,
                now: Self.date(now())
            )
            remember(access, of: site)
            return access
        }
    }

    /// The rules of an address's site as they were known last, however old.
    func known(of address: WebAddress) -> RobotsAccess? { sites[address.origin]?.access }

    /// What a site answers, redirects followed.
    private func answer(of site: String) async throws(TransportFailure) -> RobotsAnswer {
        var url = site + "/robots.txt"
        do throws(TransportFailure) {
            for _ in 0...RobotsPolicy.redirectsMax {
                let response = try await transport.fetch(request(url))
                guard let target = response.redirectTarget(from: url) else {
                    return Self.answer(response)
                }
                guard let next = WebAddress(target) else { return .status(response.status) }
                url = next.url
            }
            return .status(302)
        } catch {
            guard error.code != .cancelled, error.code != .addressRefused else { throw error }
            return .unreachable
        }
    }

    private func request(_ url: String) -> HTTPRequest {
        var limits = configuration.limits
        limits.bodyBytes = Self.bodyBytesMax
        return HTTPRequest(
            url: url,
            headers: [
                HTTPHeader("User-Agent", configuration.userAgent),
                HTTPHeader("Accept", "text/plain,*/*;q=0.5"),
            ],
            limits: limits
        )
    }

    /// Larger answers are no rules; a file is read up to `RobotsFile.sizeMaxBytes`.
    private static let bodyBytesMax = 4 << 20

    private static func answer(_ response: HTTPResponse) -> RobotsAnswer {
        guard 200..<300 ~= response.status else { return .status(response.status) }
        let maxAge = response.header("Cache-Control").flatMap(CacheLife.maxAge)
        return .file(response.body, maxAge: maxAge)
    }

    private func remember(_ access: RobotsAccess, of site: String) {
        sites[site] = Site(access: access, lastUse: now())
        guard sites.count > Self.sitesMax else { return }
        let oldest = sites.sorted { $0.value.lastUse < $1.value.lastUse }
        for (site, _) in oldest.prefix(Self.sitesMax / Self.evictedShare) { sites[site] = nil }
    }

    private static func date(_ instant: Instant) -> Date {
        Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000)
    }
}
