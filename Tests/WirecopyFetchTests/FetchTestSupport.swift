import Curl
import Synchronization
import WirecopyMessages

@testable import WirecopyFetch

/// 2026-03-05 12:00:00 UTC, a fixed present.
let testNow = Instant(milliseconds: 1_772_712_000_000)

/// A mint whose clock stands still and whose chance is a counter.
func testMint() -> MessageMint {
    let counter = Mutex<UInt64>(0)
    return MessageMint(now: { testNow }) {
        counter.withLock { count in
            count += 1
            return count
        }
    }
}

/// Answers from a table; sites have no robots.txt unless it stands there, and every other address
/// that it does not hold is not resolved.
struct TableTransport: HTTPTransport {
    let answers: [String: HTTPResponse]

    func fetch(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPResponse {
        guard let answer = answers[request.url] else {
            if request.url.hasSuffix("/robots.txt") { return HTTPResponse(status: 404) }
            throw TransportFailure(.nameNotResolved, "\(request.url) is not in the table.")
        }
        return answer
    }
}

/// Runs the stage on one address, and on again where that leads to another host.
func fetched(
    _ url: String,
    transport: any HTTPTransport,
    configuration: FetchConfiguration = FetchConfiguration(userAgent: "wirecopy-tests/1")
) async throws(StageFailure) -> StageOutput {
    let mint = testMint()
    let stage = FetchStage(transport: transport, configuration: configuration, mint: mint)
    var request = FetchRequest(url: url, origin: "url")
    while true {
        let envelope = Envelope(
            entering: .fetchRequest,
            id: mint.makeID(at: testNow),
            subject: url,
            lane: "test",
            source: "/test",
            madeAt: testNow
        )
        let input = StageInput(envelope: envelope, payload: request, attachments: [], attempt: 1)
        let outputs = try await stage.process(input)
        precondition(outputs.count == 1, "The stage gives exactly one output.")
        guard let next = outputs[0].payload as? FetchRequest else { return outputs[0] }
        request = next
    }
}

/// Answers from a table, counts what it is asked, and lets time pass.
final class Site: HTTPTransport {
    private let answers: Mutex<[String: HTTPResponse]>
    private let state = Mutex((asked: [HTTPRequest](), now: testNow))

    init(_ answers: [String: HTTPResponse]) { self.answers = Mutex(answers) }

    /// Answers otherwise from now on.
    func answer(_ url: String, _ response: HTTPResponse?) {
        answers.withLock { $0[url] = response }
    }

    var requests: [HTTPRequest] { state.withLock { $0.asked } }
    var asked: [String] { requests.map(\.url) }
    var now: Instant { state.withLock { $0.now } }

    func pass(_ duration: Duration) { state.withLock { $0.now = $0.now + duration } }

    func fetch(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPResponse {
        state.withLock { $0.asked.append(request) }
        guard let answer = answers.withLock({ $0[request.url] }) else {
            throw TransportFailure(.connectionFailed, "Nobody answers at \(request.url).")
        }
        return answer
    }
}
