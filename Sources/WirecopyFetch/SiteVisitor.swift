import Curl
import FoundationEssentials
import RobotsFile
import WebArchive
import WirecopyMessages

/// Visits a site for an address: as its rules allow, and from redirect to redirect, each of which
/// passes the same checks as the first address, as long as they stay on one host.
struct SiteVisitor: Sendable {
    private let transport: any HTTPTransport
    private let configuration: FetchConfiguration
    private let robots: RobotsCache
    private let usageFiles: UsageFileCache
    private let now: @Sendable () -> Instant

    /// What the queue takes for a pause.
    private static let shortestPause = Duration.milliseconds(1)

    init(
        transport: any HTTPTransport,
        configuration: FetchConfiguration,
        now: @escaping @Sendable () -> Instant
    ) {
        self.transport = transport
        self.configuration = configuration
        self.now = now
        robots = RobotsCache(transport: transport, configuration: configuration, now: now)
        usageFiles = UsageFileCache(transport: transport, configuration: configuration, now: now)
    }

    /// Fetches an address; the time limit holds for all steps together.
    ///
    /// - Parameters:
    ///   - address: what to fetch.
    ///   - wish: what we would like to get.
    ///   - via: the addresses that led here, oldest first.
    ///   - isMoving: whether the redirects between those were permanent.
    /// - Returns: how the visit ended.
    /// - Throws: `FetchFailure`: what hinders an answer, or too many redirects.
    func visit(
        _ address: WebAddress,
        _ wish: VisitWish = VisitWish(),
        via: [String] = [],
        isMoving: Bool = true
    ) async throws(FetchFailure) -> Visit {
        var steps = VisitSteps(address, via: via, isMoving: isMoving)
        var timeLeft = configuration.limits.totalTimeout
        let asked =
            [
                HTTPHeader("User-Agent", configuration.userAgent),
                HTTPHeader("Accept", wish.accept),
            ] + wish.headers
        while true {
            let address = steps.address
            let rules = try await rules(of: address)
            if let rules, let sentence = try prohibition(of: address, rules) {
                let pause = pause(after: .zero, of: address, rules)
                let shortened = pause.map { min($0, Self.shortestPause) }
                return steps.visit(.forbidden(sentence, pause: shortened))
            }
            let files = wish.isPage ? try await files(of: address, rules) : UsageFiles()
            steps.visited.append(address.url)
            let response = try await response(of: address, asked, timeLeft)
            let pause = pause(after: response.elapsed, of: address, rules)
            guard let target = response.redirectTarget(from: address.url) else {
                var answer = FollowedAnswer(finalURL: address.url, response: response)
                answer.hasMoved = steps.isMoving && steps.visited.count > 1
                answer.pause = pause
                answer.asked = asked
                answer.usage = usage(of: address, rules, files)
                return steps.visit(.answer(answer))
            }
            steps.exchanges.append(Exchange(address.url, asked, response))
            steps.isMoving = steps.isMoving && response.isMovedForGood
            let next = try step(from: address.url, to: target, steps.visited)
            guard next.host == address.host else {
                let redirection = Redirection(
                    target: next,
                    via: steps.visited,
                    isPermanent: steps.isMoving,
                    pause: pause
                )
                return steps.visit(.elsewhere(redirection))
            }
            steps.go(to: next)
            timeLeft -= response.elapsed
            guard timeLeft > .zero else { throw .transport(tooSlow(steps.visited[0])) }
        }
    }

    /// What the sites of a visit said besides, for the archive, which has none of it yet; what is
    /// taken is not given again.
    func takeUnarchived(of visit: Visit) async -> [Exchange] {
        var exchanges: [Exchange] = []
        for site in visit.sites {
            exchanges += await robots.takeUnarchived(of: site)
            exchanges += await usageFiles.takeUnarchived(of: site)
        }
        return exchanges
    }

    /// What the queue gets to know of a visit that began at `start` and failed: it is a request,
    /// too, after which the host is left alone, for as long as it kept us waiting.
    func failure(
        _ error: FetchFailure,
        of url: String,
        since start: Instant
    ) async -> StageFailure {
        var failure = error.stageFailure
        if failure.lanePause == nil, let address = WebAddress(url) {
            failure.lanePause = pause(
                after: now() - start,
                of: address,
                await robots.known(of: address.origin)
            )
        }
        return failure
    }

    private func pause(
        after elapsed: Duration,
        of address: WebAddress,
        _ rules: SiteRules?
    ) -> Duration? {
        HostPause.after(
            elapsed,
            crawlDelay: rules?.rules?.crawlDelay,
            usual: HostPause.isOwnMachine(address.host) ? .zero : configuration.hostPause
        )
    }

    private func response(
        of address: WebAddress,
        _ headers: [HTTPHeader],
        _ timeLeft: Duration
    ) async throws(FetchFailure) -> HTTPResponse {
        var request = HTTPRequest(
            url: address.url,
            headers: headers,
            limits: configuration.limits
        )
        request.limits.totalTimeout = timeLeft
        do throws(TransportFailure) {
            return try await transport.fetch(request)
        } catch {
            throw .transport(error)
        }
    }

    private func step(
        from url: String,
        to target: String,
        _ visited: [String]
    ) throws(FetchFailure) -> WebAddress {
        guard let next = WebAddress(target) else {
            throw .transport(
                TransportFailure(
                    .urlInvalid,
                    "\(url) redirects to \(target.prefix(200)), which is no address of the web."
                )
            )
        }
        guard !visited.contains(next.url) else {
            throw .transport(
                TransportFailure(
                    .tooManyRedirects,
                    "\(url) redirects to \(next.url), which was asked before: a circle."
                )
            )
        }
        guard visited.count <= configuration.redirectsMax else {
            throw .transport(
                TransportFailure(
                    .tooManyRedirects,
                    "\(visited[0]) redirects more than \(configuration.redirectsMax) times."
                )
            )
        }
        return next
    }

    private func tooSlow(_ url: String) -> TransportFailure {
        TransportFailure(
            .responseTimedOut,
            "The redirects of \(url) took longer than \(configuration.limits.totalTimeout)."
        )
    }
}

// The site's rules.
extension SiteVisitor {
    /// What the site of an address allows; `nil` when rules are not asked for.
    private func rules(of address: WebAddress) async throws(FetchFailure) -> SiteRules? {
        guard configuration.followsRobots else { return nil }
        do throws(TransportFailure) {
            return try await robots.rules(of: address)
        } catch {
            throw .transport(error)
        }
    }

    /// What the site of an address says of the use of its pages.
    private func files(
        of address: WebAddress,
        _ rules: SiteRules?
    ) async throws(FetchFailure) -> UsageFiles {
        do throws(TransportFailure) {
            return try await usageFiles.files(of: address, rules)
        } catch {
            throw .transport(error)
        }
    }

    /// Sitemaps that the rules of an address's site name, as they are written there.
    func sitemaps(of address: WebAddress) async -> [String] {
        guard case .file(let file) = (try? await robots.rules(of: address))?.access.scope else {
            return []
        }
        return file.sitemaps
    }

    /// What the site's files say of the use of a page.
    private func usage(
        of address: WebAddress,
        _ rules: SiteRules?,
        _ files: UsageFiles
    ) -> Set<UsageStatement> {
        let path = RobotsPath(address.target)
        return UsageReader.statements(
            robots: rules?.rules,
            ai: files.ai,
            mining: files.mining,
            on: path
        )
    }

    /// The record to which an equal answer refers: a site's rules that the archive has.
    func reference(of exchange: Exchange) async -> RecordReference? {
        guard let site = exchange.site else { return nil }
        return await robots.known(of: site)?.reference
    }

    /// Notes that the archive has a site's rules.
    func note(_ reference: RecordReference?, of exchange: Exchange) async {
        guard let site = exchange.site else { return }
        await robots.note(reference, of: site)
    }

    /// Why an address may not be fetched, a full sentence; `nil` when it may.
    private func prohibition(
        of address: WebAddress,
        _ rules: SiteRules
    ) throws(FetchFailure) -> String? {
        switch rules.verdict(on: address.target) {
        case .allowed: return nil
        case .forbidden(let rule):
            return "\(address.url) may not be fetched: line \(rule.line) of "
                + "\(address.origin)/robots.txt forbids it to \(configuration.productToken)."
        case .tooCostly:
            return "\(address.url) is not fetched: the rules in \(address.origin)/robots.txt "
                + "take too long to follow."
        case nil:
            let pause = Instant(rules.access.freshUntil) - now()
            throw .robotsUnreachable(url: address.url, again: max(.seconds(1), pause))
        }
    }
}
