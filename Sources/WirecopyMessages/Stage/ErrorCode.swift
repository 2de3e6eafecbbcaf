/// The closed list of reasons for which a stage gives a message back.
///
/// They are labels of metrics and causes of dead letters; `docs/guides/errors.md` explains each.
package enum ErrorCode: String, Sendable, CaseIterable, Hashable, Codable {
    // Network.
    case nameNotResolved = "name_not_resolved"
    case connectionFailed = "connection_failed"
    case connectionTimedOut = "connection_timed_out"
    case tlsFailed = "tls_failed"
    case responseTimedOut = "response_timed_out"
    case responseBroken = "response_broken"
    case tooManyRedirects = "too_many_redirects"
    case addressRefused = "address_refused"
    case urlInvalid = "url_invalid"
    // HTTP answers.
    case httpClientError = "http_client_error"
    case httpGone = "http_gone"
    case httpRateLimited = "http_rate_limited"
    case httpServerError = "http_server_error"
    // What sites allow.
    case robotsForbidden = "robots_forbidden"
    case robotsUnreachable = "robots_unreachable"
    // Content.
    case bodyTooLarge = "body_too_large"
    case bodyEmpty = "body_empty"
    case bodyUndecodable = "body_undecodable"
    case contentTypeUnsupported = "content_type_unsupported"
    case noMainText = "no_main_text"
    case dataInvalid = "data_invalid"
    case attachmentInvalid = "attachment_invalid"
    case inputUnreadable = "input_unreadable"
    case outputTooLarge = "output_too_large"
    // The worker itself.
    case stageTimedOut = "stage_timed_out"
    case stageFailed = "stage_failed"
    case workerLost = "worker_lost"
    case workerKiller = "worker_killer"
    // The queue itself.
    case journalDamaged = "journal_damaged"
    case contentUnavailable = "content_unavailable"
    // The store.
    case storeBusy = "store_busy"
    case storeFull = "store_full"
    case storeFailed = "store_failed"
}

extension ErrorCode {
    /// Whether the trouble is the machine's and the message is innocent: another one would have
    /// fared no better. Such a failure is excused: it is tried again after a growing pause, and
    /// spends none of the message's attempts.
    package var isExcused: Bool {
        switch self {
        case .contentUnavailable, .storeBusy, .storeFull, .storeFailed: true
        case .nameNotResolved, .connectionFailed, .connectionTimedOut, .tlsFailed,
            .responseTimedOut, .responseBroken, .tooManyRedirects, .addressRefused, .urlInvalid,
            .httpClientError, .httpGone, .httpRateLimited, .httpServerError, .robotsForbidden,
            .robotsUnreachable, .bodyTooLarge,
            .bodyEmpty, .bodyUndecodable, .contentTypeUnsupported, .noMainText, .dataInvalid,
            .attachmentInvalid, .inputUnreadable, .outputTooLarge, .stageTimedOut, .stageFailed,
            .workerLost, .workerKiller, .journalDamaged:
            false
        }
    }

    /// The words of the reasons that are excused.
    package static let excused = allCases.filter(\.isExcused)
}
