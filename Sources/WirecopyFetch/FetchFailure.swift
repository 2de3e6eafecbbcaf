import Curl
import WirecopyMessages

/// What can go wrong in stage one, and whether it is worth another attempt.
enum FetchFailure: Error, Equatable {
    case urlInvalid(String)
    case transport(TransportFailure)
    case status(Int, url: String, retryAfter: Duration?)
    case bodyEmpty(url: String)
    case pageTooLarge(url: String, bytes: Int)
    case robotsUnreachable(url: String, again: Duration)

    /// What the queue gets to know.
    var stageFailure: StageFailure {
        switch self {
        case .urlInvalid(let url):
            StageFailure(
                .urlInvalid,
                .bury,
                "\(url.prefix(200)) is no address with scheme http or https."
            )
        case .transport(let failure):
            StageFailure(
                Self.errorCode(of: failure.code),
                Self.isFinal(failure.code) ? .bury : .retry(after: nil),
                failure.message
            )
        case .status(let status, let url, let pause):
            Self.stageFailure(status: status, url: url, pause: pause)
        case .bodyEmpty(let url):
            StageFailure(.bodyEmpty, .bury, "\(url) answered with an empty page.")
        case .pageTooLarge(let url, let bytes):
            StageFailure(
                .bodyTooLarge,
                .bury,
                "\(url) has \(bytes) bytes when packed; the limit is "
                    + "\(MessageLimits.attachmentBytes) bytes."
            )
        case .robotsUnreachable(let url, let pause): Self.robotsUnreachable(url, pause)
        }
    }

    /// Until a site says what it allows, nothing of it is fetched; all its pages wait together.
    private static func robotsUnreachable(_ url: String, _ pause: Duration) -> StageFailure {
        var failure = StageFailure(
            .robotsUnreachable,
            .retry(after: pause),
            "The robots.txt for \(url) cannot be read, so nobody knows whether the page may be."
        )
        failure.lanePause = pause
        return failure
    }

    private static func stageFailure(status: Int, url: String, pause: Duration?) -> StageFailure {
        let sentence = "\(url) answered with status \(status)."
        return switch status {
        case 404, 410: StageFailure(.httpGone, .bury, sentence)
        // The server gave up waiting for our request: its slowness or ours, not the page's fault.
        case 408: StageFailure(.responseTimedOut, .retry(after: pause), sentence)
        case 429: StageFailure(.httpRateLimited, .retry(after: pause), sentence)
        case 400..<500: StageFailure(.httpClientError, .bury, sentence)
        case 500..<600: StageFailure(.httpServerError, .retry(after: pause), sentence)
        default: StageFailure(.responseBroken, .retry(after: nil), sentence)
        }
    }

    private static func isFinal(_ code: TransportFailure.Code) -> Bool {
        switch code {
        case .urlInvalid, .addressRefused, .headersTooLarge, .bodyTooLarge, .tooManyRedirects: true
        case .nameNotResolved, .connectionFailed, .connectionTimedOut, .tlsFailed,
            .responseTimedOut, .responseBroken, .bodyUndecodable, .bodiesTooLarge, .cancelled:
            false
        }
    }

    private static func errorCode(of code: TransportFailure.Code) -> ErrorCode {
        switch code {
        case .urlInvalid: .urlInvalid
        case .addressRefused: .addressRefused
        case .nameNotResolved: .nameNotResolved
        case .connectionFailed: .connectionFailed
        case .connectionTimedOut: .connectionTimedOut
        case .tlsFailed: .tlsFailed
        // The machine had no room for it at that moment; that passes as slowness does.
        case .responseTimedOut, .bodiesTooLarge: .responseTimedOut
        case .responseBroken, .headersTooLarge, .bodyUndecodable: .responseBroken
        case .bodyTooLarge: .bodyTooLarge
        case .tooManyRedirects: .tooManyRedirects
        case .cancelled: .stageTimedOut
        }
    }
}
