package import Curl

/// Makes one exchange with a server: libcurl in programs, answers from memory in tests.
package protocol HTTPTransport: Sendable {
    /// Makes one exchange; a redirect is answered as it is and not followed.
    ///
    /// - Throws: `TransportFailure` when no whole answer came back.
    func fetch(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPResponse
}

extension CurlTransport: HTTPTransport {}
