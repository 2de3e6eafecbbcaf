import CCurl

/// Why no answer came back from a server.
package struct TransportFailure: Error, Sendable, Equatable {
    /// The kinds of failure, closed so that callers can decide on each.
    package enum Code: String, Sendable, CaseIterable {
        case urlInvalid = "url_invalid"
        case addressRefused = "address_refused"
        case nameNotResolved = "name_not_resolved"
        case connectionFailed = "connection_failed"
        case connectionTimedOut = "connection_timed_out"
        case tlsFailed = "tls_failed"
        case responseTimedOut = "response_timed_out"
        case responseBroken = "response_broken"
        case headersTooLarge = "headers_too_large"
        case bodyTooLarge = "body_too_large"
        /// All bodies together became too large, and this was the largest.
        case bodiesTooLarge = "bodies_too_large"
        case bodyUndecodable = "body_undecodable"
        case tooManyRedirects = "too_many_redirects"
        case cancelled
    }

    /// The kind of failure.
    package let code: Code
    /// A full sentence for people, with libcurl's own name of the error where it has one.
    package let message: String

    /// Makes a failure with a full sentence as its message.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Translates an error of libcurl.
    ///
    /// `detail` is libcurl's own explanation; `wasRequestSent` tells a slow server from one that
    /// cannot be reached.
    init(_ error: CURLcode, url: String, detail: String, wasRequestSent: Bool) {
        let name = Self.names[error.rawValue] ?? "CURLcode \(error.rawValue)"
        let reason = detail.isEmpty ? String(cString: curl_easy_strerror(error)) : detail
        code = Self.code(of: error, wasRequestSent: wasRequestSent)
        message = "Fetching \(url) failed: \(reason) (\(name))."
    }

    private static func code(of error: CURLcode, wasRequestSent: Bool) -> Code {
        switch error {
        case CURLE_URL_MALFORMAT: .urlInvalid
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .nameNotResolved
        case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED: .connectionFailed
        case CURLE_OPERATION_TIMEDOUT: wasRequestSent ? .responseTimedOut : .connectionTimedOut
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            .tlsFailed
        case CURLE_FILESIZE_EXCEEDED: .bodyTooLarge
        case CURLE_BAD_CONTENT_ENCODING: .bodyUndecodable
        default: .responseBroken
        }
    }

    /// The names of the errors that a GET over HTTP can give.
    private static let names: [UInt32: String] = [
        CURLE_UNSUPPORTED_PROTOCOL.rawValue: "CURLE_UNSUPPORTED_PROTOCOL",
        CURLE_URL_MALFORMAT.rawValue: "CURLE_URL_MALFORMAT",
        CURLE_COULDNT_RESOLVE_PROXY.rawValue: "CURLE_COULDNT_RESOLVE_PROXY",
        CURLE_COULDNT_RESOLVE_HOST.rawValue: "CURLE_COULDNT_RESOLVE_HOST",
        CURLE_COULDNT_CONNECT.rawValue: "CURLE_COULDNT_CONNECT",
        CURLE_WEIRD_SERVER_REPLY.rawValue: "CURLE_WEIRD_SERVER_REPLY",
        CURLE_HTTP2.rawValue: "CURLE_HTTP2",
        CURLE_HTTP2_STREAM.rawValue: "CURLE_HTTP2_STREAM",
        CURLE_PARTIAL_FILE.rawValue: "CURLE_PARTIAL_FILE",
        CURLE_WRITE_ERROR.rawValue: "CURLE_WRITE_ERROR",
        CURLE_OUT_OF_MEMORY.rawValue: "CURLE_OUT_OF_MEMORY",
        CURLE_OPERATION_TIMEDOUT.rawValue: "CURLE_OPERATION_TIMEDOUT",
        CURLE_SSL_CONNECT_ERROR.rawValue: "CURLE_SSL_CONNECT_ERROR",
        CURLE_SSL_CIPHER.rawValue: "CURLE_SSL_CIPHER",
        CURLE_PEER_FAILED_VERIFICATION.rawValue: "CURLE_PEER_FAILED_VERIFICATION",
        CURLE_GOT_NOTHING.rawValue: "CURLE_GOT_NOTHING",
        CURLE_SEND_ERROR.rawValue: "CURLE_SEND_ERROR",
        CURLE_RECV_ERROR.rawValue: "CURLE_RECV_ERROR",
        CURLE_BAD_CONTENT_ENCODING.rawValue: "CURLE_BAD_CONTENT_ENCODING",
        CURLE_FILESIZE_EXCEEDED.rawValue: "CURLE_FILESIZE_EXCEEDED",
        CURLE_UNRECOVERABLE_POLL.rawValue: "CURLE_UNRECOVERABLE_POLL",
    ]
}
