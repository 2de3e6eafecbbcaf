import Curl
import RobotsFile
import WirecopyMessages

/// What a site says of the use of its pages in files of their own.
struct UsageFiles: Sendable {
    /// `ai.txt`, read for us.
    var ai: RobotsRules?
    /// `/.well-known/tdmrep.json`.
    var mining: MiningFile?
    /// Answers that the archive does not have yet.
    var unarchived: [Exchange] = []
}

/// The files of sites about the use of their pages: each is asked for once a day, of sites of which
/// a page is about to be fetched, and as their rules allow.
struct UsageFileCache: Sendable {
    private let transport: any HTTPTransport
    private let configuration: FetchConfiguration
    private let now: @Sendable () -> Instant
    private let sites: SiteCache<UsageFiles>

    /// A day, as for rules: publishers change their mind more rarely.
    private static let life = Duration.seconds(86_400)
    /// A page must not wait for long for files that most sites do not have.
    private static let patience = Duration.seconds(5)
    private static let ai = "/ai.txt"
    private static let mining = "/.well-known/tdmrep.json"

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

    /// What the site of an address says; nothing where it cannot be asked or has no such file.
    ///
    /// - Throws: `cancelled`.
    func files(
        of address: WebAddress,
        _ rules: SiteRules?
    ) async throws(TransportFailure) -> UsageFiles {
        let site = address.origin
        return try await sites.value(of: site) { (_) async throws(TransportFailure) in
            var files = UsageFiles()
            if let body = try await body(of: Self.ai, at: site, rules, &files) {
                files.ai = RobotsFile(body).rules(for: configuration.productToken)
            }
            if let body = try await body(of: Self.mining, at: site, rules, &files) {
                files.mining = MiningFile(body)
            }
            return .init(value: files, freshUntil: now() + Self.life)
        }
    }

    /// The answers of a site that the archive does not have yet; the caller archives them.
    func takeUnarchived(of site: String) async -> [Exchange] {
        await sites.change(site) { files in
            defer { files.unarchived = [] }
            return files.unarchived
        } ?? []
    }

    private func body(
        of path: String,
        at site: String,
        _ rules: SiteRules?,
        _ files: inout UsageFiles
    ) async throws(TransportFailure) -> [UInt8]? {
        guard rules?.verdict(on: path)?.isAllowed ?? true else { return nil }
        var request = HTTPRequest(
            url: site + path,
            headers: [
                HTTPHeader("User-Agent", configuration.userAgent),
                HTTPHeader("Accept", "text/plain,application/json;q=0.9,*/*;q=0.5"),
            ],
            limits: configuration.limits
        )
        request.limits.bodyBytes = MiningFile.sizeMaxBytes
        request.limits.firstByteTimeout = Self.patience
        request.limits.totalTimeout = Self.patience
        do throws(TransportFailure) {
            let response = try await transport.fetch(request)
            guard response.status == 200 else { return nil }
            files.unarchived.append(Exchange(request.url, request.headers, response))
            return response.body
        } catch {
            guard error.code != .cancelled else { throw error }
            return nil
        }
    }
}
