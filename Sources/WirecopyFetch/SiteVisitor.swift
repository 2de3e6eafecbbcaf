import Curl
import FoundationEssentials
import RobotsFile
import WirecopyMessages

/// An answer that is no redirect, and the address that gave it.
struct FollowedAnswer: Sendable, Equatable {
    let finalURL: String
    let response: HTTPResponse
    /// Whether every redirect on the way was permanent (301 or 308), and there was one.
    var hasMoved = false
    /// How long the host is to be left alone.
    var pause: Duration?
    /// What it was asked with, besides what HTTP itself needs.
    var asked: [HTTPHeader] = []
    /// What the site's `robots.txt` says of the use of the page.
    var usage: Set<UsageStatement> = []
}

/// A redirect to another host.
struct Redirection: Sendable, Equatable {
    let target: WebAddress
    /// The addresses that led there, oldest first.
    let via: [String]
    /// Whether every redirect on the way was permanent.
    let isPermanent: Bool
    /// How long the host that redirects is to be left alone.
    let pause: Duration?

    /// The request goes back to the queue, to wait for the other host's turn.
    func output(of request: FetchRequest) -> StageOutput {
        var request = request
        request.url = target.url
        request.via = via
        if request.poll != nil { request.poll?.isMoving = isPermanent }
        var output = StageOutput(request)
        output.lane = target.host
        output.lanePause = pause
        return output
    }
}

/// How a visit to a site ends.
enum VisitEnd: Sendable {
    case answer(FollowedAnswer)
    /// The site's rules forbid the address; a full sentence that names the line.
    ///
    /// It cost the host nothing; the pause is short, and says no more than that the host wants one.
    case forbidden(String, pause: Duration?)
    /// It redirects to another host, whose turn has to be waited for.
    case elsewhere(Redirection)
}

/// Visits a site for an address: as its rules allow, and from redirect to redirect, each of which
/// passes the same checks as the first address, as long as they stay on one host.
struct SiteVisitor: Sendable {
    private let transport: any HTTPTransport
    private let configuration: FetchConfiguration
    private let robots: RobotsCache
    private let now: @Sendable () -> Instant

    /// What the queue takes for a pause.
    private static let shortestPause = Duration.milliseconds(1)
    /// What we would like to get of a page, in the order of preference.
    private static let accept = "text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1"

    init(
        transport: any HTTPTransport,
        configuration: FetchConfiguration,
        now: @escaping @Sendable () -> Instant
    ) {
        self.transport = transport
        self.configuration = configuration
        self.now = now
        robots = RobotsCache(transport: transport, configuration: configuration, now: now)
    }

    /// Fetches an address; the time limit holds for all steps together.
    ///
    /// - Parameters:
    ///   - address: what to fetch.
    ///   - accept: what we would like to get, in the order of preference.
    ///   - headers: what is sent besides the usual, such as conditions.
    ///   - via: the addresses that led here, oldest first.
    ///   - isMoving: whether the redirects between those were permanent.
    /// - Returns: how the visit ended.
    /// - Throws: `FetchFailure`: what hinders an answer, or too many redirects.
    func visit(
        _ address: WebAddress,
        accept: String = Self.accept,
        headers: [HTTPHeader] = [],
        via: [String] = [],
        isMoving: Bool = true
    ) async throws(FetchFailure) -> VisitEnd {
        var (address, visited) = (address, via)
        var hasMoved = isMoving
        var timeLeft = configuration.limits.totalTimeout
        let asked =
            [HTTPHeader("User-Agent", configuration.userAgent), HTTPHeader("Accept", accept)]
            + headers
        while true {
            let access = try await access(to: address)
            if let access, let sentence = try prohibition(of: address, access) {
                let pause = pause(after: .zero, of: address, access)
                return .forbidden(sentence, pause: pause.map { min($0, Self.shortestPause) })
            }
            visited.append(address.url)
            let response = try await response(of: address, asked, timeLeft)
            let pause = pause(after: response.elapsed, of: address, access)
            guard let target = response.redirectTarget(from: address.url) else {
                var answer = FollowedAnswer(finalURL: address.url, response: response)
                answer.hasMoved = hasMoved && visited.count > 1
                answer.pause = pause
                answer.asked = asked
                answer.usage = usage(of: address, access)
                return .answer(answer)
            }
            hasMoved = hasMoved && response.isMovedForGood
            let next = try step(from: address.url, to: target, visited)
            guard next.host == address.host else {
                let redirection = Redirection(
                    target: next,
                    via: visited,
                    isPermanent: hasMoved,
                    pause: pause
                )
                return .elsewhere(redirection)
            }
            address = next
            timeLeft -= response.elapsed
            guard timeLeft > .zero else { throw .transport(tooSlow(visited[0])) }
        }
    }

    /// What the queue gets to know of a visit that failed: it is a request, too, after which the
    /// host is left alone.
    func failure(_ error: FetchFailure, of url: String) async -> StageFailure {
        var failure = error.stageFailure
        if failure.lanePause == nil, let address = WebAddress(url) {
            failure.lanePause = pause(after: .zero, of: address, await robots.known(of: address))
        }
        return failure
    }

    private func pause(
        after elapsed: Duration,
        of address: WebAddress,
        _ access: RobotsAccess?
    ) -> Duration? {
        HostPause.after(
            elapsed,
            crawlDelay: access?.rules(for: configuration.productToken)?.crawlDelay,
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
    private func access(
        to address: WebAddress
    ) async throws(FetchFailure) -> RobotsAccess? {
        guard configuration.followsRobots else { return nil }
        do throws(TransportFailure) {
            return try await robots.access(to: address)
        } catch {
            throw .transport(error)
        }
    }

    /// Sitemaps that the rules of an address's site name, as they are written there.
    func sitemaps(of address: WebAddress) async -> [String] {
        guard case .file(let file) = (try? await robots.access(to: address))?.scope else {
            return []
        }
        return file.sitemaps
    }

    /// What the site's rules say of the use of a page.
    private func usage(of address: WebAddress, _ access: RobotsAccess?) -> Set<UsageStatement> {
        guard let rules = access?.rules(for: configuration.productToken) else { return [] }
        let path = RobotsPath(address.target)
        return UsageReader.statements(robots: rules, ai: nil, mining: nil, on: path)
    }

    /// Why an address may not be fetched, a full sentence; `nil` when it may.
    private func prohibition(
        of address: WebAddress,
        _ access: RobotsAccess
    ) throws(FetchFailure) -> String? {
        let token = configuration.productToken
        switch access.verdict(on: address.target, for: token) {
        case .allowed: return nil
        case .forbidden(let rule):
            return "\(address.url) may not be fetched: line \(rule.line) of "
                + "\(address.origin)/robots.txt forbids it to \(token)."
        case .tooCostly:
            return "\(address.url) is not fetched: the rules in \(address.origin)/robots.txt "
                + "take too long to follow."
        case nil:
            let now = Double(now().milliseconds) / 1000
            let pause = Duration.seconds(max(1, access.freshUntil.timeIntervalSince1970 - now))
            throw .robotsUnreachable(url: address.url, again: pause)
        }
    }
}
