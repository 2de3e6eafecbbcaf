import Curl
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

    /// The request goes back to the queue, to wait for the other host's turn; it takes the records
    /// of its way along.
    func output(of request: FetchRequest, _ attachments: [[UInt8]] = []) -> StageOutput {
        var request = request
        request.url = target.url
        request.via = via
        if request.poll != nil { request.poll?.isMoving = isPermanent }
        var output = StageOutput(request, attachments: attachments)
        output.lane = target.host
        output.lanePause = pause
        return output
    }
}

/// A visit to a host: how it ended, and how it went.
struct Visit: Sendable {
    let end: VisitEnd
    /// Redirects on the way, in their order.
    let exchanges: [Exchange]
    /// Sites of the host that were visited: those of its schemes and ports.
    let sites: [String]
}

/// What is asked of a site.
struct VisitWish: Sendable {
    /// What we would like to get, in the order of preference.
    var accept = "text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1"
    /// What is sent besides the usual, such as conditions.
    var headers: [HTTPHeader] = []
    /// Whether it is a page, for which the site's wishes about its use are wanted too.
    var isPage = true
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

/// Where a visit is, and how it came there.
struct VisitSteps {
    private(set) var address: WebAddress
    /// Addresses that were asked, those of other hosts included.
    var visited: [String]
    /// Whether the redirects so far were permanent.
    var isMoving: Bool
    /// Redirects of this host.
    var exchanges: [Exchange] = []
    /// Sites of this host: those of its schemes and ports.
    private(set) var sites: [String]

    init(_ address: WebAddress, via: [String], isMoving: Bool) {
        self.address = address
        visited = via
        self.isMoving = isMoving
        sites = [address.origin]
    }

    func visit(_ end: VisitEnd) -> Visit {
        Visit(end: end, exchanges: exchanges, sites: sites)
    }

    mutating func go(to next: WebAddress) {
        address = next
        if !sites.contains(next.origin) { sites.append(next.origin) }
    }
}
