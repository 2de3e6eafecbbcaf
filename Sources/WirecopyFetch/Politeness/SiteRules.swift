import Curl
import FoundationEssentials
import RobotsFile
import WebArchive
import WirecopyMessages

/// What a site allows, as far as it concerns us.
struct SiteRules: Sendable {
    /// What came of asking for its `robots.txt`.
    let access: RobotsAccess
    /// The lines of the file that are for us; `nil` without a file.
    let rules: RobotsRules?
    /// The last file that the archive has, to which an equal one refers.
    var reference: RecordReference?
    /// Answers that the archive does not have yet.
    var unarchived: [Exchange] = []

    /// Picks our lines once, for all pages of the site.
    init(_ access: RobotsAccess, for productToken: String) {
        self.access = access
        rules = access.rules(for: productToken)
    }

    /// Whether an address of the site may be fetched; `nil` when the site cannot be asked.
    func verdict(on target: String) -> RobotsVerdict? {
        switch access.scope {
        case .everything: .allowed(by: nil)
        case .nothing: nil
        case .file: rules?.verdict(on: RobotsPath(target))
        }
    }
}

/// What sites allow: one `robots.txt` a site.
struct RobotsCache: Sendable {
    private let transport: any HTTPTransport
    private let configuration: FetchConfiguration
    private let now: @Sendable () -> Instant
    private let sites: SiteCache<SiteRules>

    init(
        transport: any HTTPTransport,
        configuration: FetchConfiguration,
        now: @escaping @Sendable () -> Instant
    ) {
        self.transport = transport
        self.configuration = configuration
        self.now = now
        sites = SiteCache(now: now)
    }

    /// The rules of an address's site, asked for when none are known or they are too old.
    ///
    /// - Throws: `cancelled`, and `addressRefused` for a site that may not be visited at all; a
    ///   site that cannot be asked has rules too.
    func rules(of address: WebAddress) async throws(TransportFailure) -> SiteRules {
        let site = address.origin
        return try await sites.value(of: site) { (known) async throws(TransportFailure) in
            var exchanges: [Exchange] = []
            let answer = try await answer(of: site, &exchanges)
            let access = RobotsPolicy.access(
                after: answer,
                previous: known?.access,
                now: Date(now())
            )
            var rules = SiteRules(access, for: configuration.productToken)
            rules.reference = known?.reference
            rules.unarchived = exchanges
            return .init(value: rules, freshUntil: Instant(access.freshUntil))
        }
    }

    /// The rules of a site as they were known last, however old.
    func known(of site: String) async -> SiteRules? { await sites.known(of: site) }

    /// The answers of a site that the archive does not have yet, and to what an equal file refers;
    /// the caller archives them.
    func takeUnarchived(of site: String) async -> [Exchange] {
        await sites.change(site) { rules in
            defer { rules.unarchived = [] }
            return rules.unarchived
        } ?? []
    }

    /// Notes that the archive has a site's file.
    func note(_ reference: RecordReference?, of site: String) async {
        guard let reference else { return }
        _ = await sites.change(site) { $0.reference = reference }
    }

    /// What a site answers, redirects followed.
    private func answer(
        of site: String,
        _ exchanges: inout [Exchange]
    ) async throws(TransportFailure) -> RobotsAnswer {
        var url = site + "/robots.txt"
        do throws(TransportFailure) {
            for _ in 0...RobotsPolicy.redirectsMax {
                let request = request(url)
                let response = try await transport.fetch(request)
                exchanges.append(Exchange(url, request.headers, response, rulesOf: site))
                guard let target = response.redirectTarget(from: url) else {
                    return Self.answer(response)
                }
                guard let next = WebAddress(target) else { return .status(response.status) }
                url = next.url
            }
            return .status(302)
        } catch {
            // A site may not be visited where its own address is refused. One whose rules lie at a
            // refused address may, but what it allows cannot be known.
            guard error.code != .cancelled, error.code != .addressRefused || !exchanges.isEmpty
            else { throw error }
            return .unreachable
        }
    }

    private func request(_ url: String) -> HTTPRequest {
        var limits = configuration.limits
        limits.bodyBytes = RobotsFile.sizeMaxBytes
        limits.cutsBody = true
        return HTTPRequest(
            url: url,
            headers: [
                HTTPHeader("User-Agent", configuration.userAgent),
                HTTPHeader("Accept", "text/plain,*/*;q=0.5"),
            ],
            limits: limits
        )
    }

    private static func answer(_ response: HTTPResponse) -> RobotsAnswer {
        guard 200..<300 ~= response.status else { return .status(response.status) }
        let maxAge = response.header("Cache-Control").flatMap(CacheLife.maxAge)
        return .file(response.body, maxAge: maxAge)
    }
}

extension Date {
    init(_ instant: Instant) {
        self.init(timeIntervalSince1970: Double(instant.milliseconds) / 1000)
    }
}

extension Instant {
    init(_ date: Date) {
        self.init(milliseconds: Int(date.timeIntervalSince1970 * 1000))
    }
}
