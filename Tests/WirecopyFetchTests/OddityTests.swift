import Curl
import Testing
import WirecopyMessages
import WirecopyNewsroom

@testable import WirecopyFetch

/// Each address of the newsroom that misbehaves ends in its named way within bounded time.
@Suite struct OddityTests {
    /// How the fetch of an address must end.
    enum Ending: Sendable {
        case page(bodyBytes: Int)
        case rejected(ErrorCode)
        case buried(ErrorCode)
        case retried(ErrorCode, after: Duration? = nil)

        var code: ErrorCode? {
            switch self {
            case .page: nil
            case .rejected(let code), .buried(let code), .retried(let code, _): code
            }
        }
    }

    private static let okBytes = 573

    /// One for all cases, for it reads its pages at the start; it ends with the process.
    private static let newsroom = Result {
        let newsroom = try Newsroom(port: 0, clock: { testNow.milliseconds / 1000 })
        newsroom.start()
        return newsroom
    }

    /// Addresses that are not here are ordinary pages in odd encodings.
    private static let endings: [(String, Ending)] = [
        ("301", .page(bodyBytes: okBytes)), ("302", .page(bodyBytes: okBytes)),
        ("303", .page(bodyBytes: okBytes)), ("307", .page(bodyBytes: okBytes)),
        ("308", .page(bodyBytes: okBytes)), ("chain", .page(bodyBytes: okBytes)),
        ("loop", .buried(.tooManyRedirects)), ("self", .buried(.tooManyRedirects)),
        ("endless-redirect", .buried(.tooManyRedirects)),
        ("no-location", .retried(.responseBroken)), ("to-file", .buried(.urlInvalid)),
        ("to-private", .buried(.addressRefused)), ("to-nonsense", .buried(.urlInvalid)),
        ("403", .buried(.httpClientError)), ("404", .buried(.httpGone)),
        ("410", .buried(.httpGone)), ("500", .retried(.httpServerError)),
        ("429", .retried(.httpRateLimited, after: .seconds(1))),
        ("429-date", .retried(.httpRateLimited, after: .seconds(2))),
        ("503", .retried(.httpServerError, after: .seconds(1))),
        ("503-date", .retried(.httpServerError, after: .seconds(2))),
        ("503-silent", .retried(.httpServerError)), ("503-nonsense", .retried(.httpServerError)),
        ("hang-headers", .retried(.responseTimedOut)),
        ("hang-mid-headers", .retried(.responseTimedOut)),
        ("hang-body", .retried(.responseTimedOut)), ("slow-drip", .retried(.responseTimedOut)),
        ("endless-headers", .buried(.responseBroken)), ("huge-header", .buried(.responseBroken)),
        ("endless-body", .buried(.bodyTooLarge)), ("huge", .buried(.bodyTooLarge)),
        ("length-too-long", .retried(.responseBroken)),
        ("length-negative", .retried(.responseBroken)),
        ("length-too-short", .page(bodyBytes: okBytes / 2)),
        ("no-length", .page(bodyBytes: okBytes)), ("chunked", .page(bodyBytes: okBytes)),
        ("chunked-broken", .retried(.responseBroken)), ("no-answer", .retried(.responseBroken)),
        ("not-http", .retried(.responseBroken)), ("bare-newlines", .page(bodyBytes: okBytes)),
        ("header-binary", .page(bodyBytes: 2)), ("gzip", .page(bodyBytes: okBytes)),
        ("gzip-twice", .page(bodyBytes: okBytes)), ("brotli", .page(bodyBytes: okBytes)),
        ("zstd", .page(bodyBytes: okBytes)), ("brotli-bomb", .buried(.bodyTooLarge)),
        ("zstd-bomb", .buried(.bodyTooLarge)),
        ("deflate", .page(bodyBytes: okBytes)), ("deflate-raw", .page(bodyBytes: okBytes)),
        ("gzip-corrupt", .retried(.responseBroken)), ("gzip-lie", .retried(.responseBroken)),
        ("gzip-bomb", .buried(.bodyTooLarge)), ("coding-unknown", .retried(.responseBroken)),
        ("empty", .buried(.bodyEmpty)), ("type-lie", .rejected(.contentTypeUnsupported)),
        ("no-type", .page(bodyBytes: okBytes)), ("binary", .page(bodyBytes: 65_536)),
        ("deep", .page(bodyBytes: 160_004)),
    ]

    /// Patient, so that a busy machine changes nothing, but where impatience is what is tested.
    private static func configuration(isPatient: Bool) -> FetchConfiguration {
        var configuration = FetchConfiguration(userAgent: "wirecopy-tests/1")
        if !isPatient {
            configuration.limits.firstByteTimeout = .seconds(1)
            configuration.limits.paceWindow = .seconds(1)
            configuration.limits.paceWindowMinBytes = 100
        }
        configuration.limits.bodyBytes = 1 << 20
        return configuration
    }

    @Test(.timeLimit(.minutes(1)), arguments: endings)
    func `an odd address ends in its named way`(path: String, ending: Ending) async throws {
        let newsroom = try Self.newsroom.get()
        var curl = CurlConfiguration()
        curl.addressPolicy.allowedNetworks = [try #require(IPNetwork("127.0.0.0/8"))]
        let found = await result(
            of: "\(newsroom.baseURL)/_odd/\(path)",
            transport: CurlTransport(configuration: curl),
            isPatient: ending.code != .responseTimedOut
        )
        try check(found, ending)
    }

    private func check(
        _ found: Result<StageOutput, StageFailure>,
        _ ending: Ending
    ) throws {
        switch ending {
        case .page(let bodyBytes):
            let page = try #require(try found.get().payload as? FetchedPage)
            #expect(page.bodyBytes == bodyBytes)
        case .rejected(let code):
            let outcome = try #require(try found.get().payload as? Outcome)
            #expect(outcome.outcome == .rejected)
            #expect(outcome.reason == code)
        case .buried(let code):
            let failure = #expect(throws: StageFailure.self) { try found.get() }
            #expect(failure?.code == code)
            #expect(failure?.disposition == .bury)
        case .retried(let code, let pause):
            let failure = #expect(throws: StageFailure.self) { try found.get() }
            #expect(failure?.code == code)
            #expect(failure?.disposition == .retry(after: pause))
        }
    }

    /// How the fetch of a good page ends on a host whose rules misbehave.
    private static let rulesEndings: [(String, Ending)] = [
        ("robots-500", .retried(.robotsUnreachable, after: .seconds(60))),
        ("robots-429", .retried(.robotsUnreachable, after: .seconds(60))),
        ("robots-hang", .retried(.robotsUnreachable, after: .seconds(60))),
        ("robots-private", .retried(.robotsUnreachable, after: .seconds(60))),
        ("robots-closed", .rejected(.robotsForbidden)),
        ("robots-moved", .rejected(.robotsForbidden)), ("robots-loop", .page(bodyBytes: okBytes)),
        ("robots-page", .page(bodyBytes: okBytes)), ("robots-delay", .page(bodyBytes: okBytes)),
        ("robots-endless", .page(bodyBytes: okBytes)),
    ]

    @Test(.timeLimit(.minutes(1)), arguments: rulesEndings)
    func `rules that misbehave decide as the standard says`(
        name: String,
        ending: Ending
    ) async throws {
        let newsroom = try Self.newsroom.get()
        var curl = CurlConfiguration()
        curl.addressPolicy.allowedNetworks = ["127.0.0.0/8", "::1/128"].compactMap { IPNetwork($0) }
        let base = newsroom.baseURL.replacing("127.0.0.1", with: "\(name).localhost")
        let found = await result(
            of: "\(base)/_odd/ok",
            transport: CurlTransport(configuration: curl),
            isPatient: name != "robots-hang"
        )
        try check(found, ending)
    }

    @Test func `every oddity that this suite names exists`() {
        let paths = Set(Oddity.all.map(\.path))
        for (name, _) in Self.rulesEndings { #expect(paths.contains("/_odd/\(name)")) }
        for (path, _) in Self.endings { #expect(paths.contains("/_odd/\(path)")) }
    }

    private func result(
        of url: String,
        transport: CurlTransport,
        isPatient: Bool
    ) async -> Result<StageOutput, StageFailure> {
        do throws(StageFailure) {
            let configuration = Self.configuration(isPatient: isPatient)
            return .success(
                try await fetched(url, transport: transport, configuration: configuration)
            )
        } catch {
            return .failure(error)
        }
    }
}
