import CCurl
import Synchronization

/// What holds for all exchanges of a transport.
package struct CurlConfiguration: Sendable, Equatable {
    /// Which addresses may be connected to.
    package var addressPolicy = AddressPolicy()
    /// Connections to one host and port at a time; further exchanges wait.
    package var connectionsPerHost = 4
    /// Connections kept open for later, besides those in use.
    package var idleConnections = 64
    /// Bytes of all bodies that are coming in at a time, eight of the largest; beyond, the largest
    /// is ended. A page has a hundred kilobytes, so that this holds a thousand of them and more.
    package var bodiesBytes = 256 << 20
    /// Exchanges that may take longer than `slowAfter` at a time; beyond, the one that has waited
    /// longest without a byte of its answer is ended, else the oldest, so that servers that hold
    /// the line do not keep others out. `nil` for any number.
    package var slowTransfersMax: Int?
    /// From here on an exchange is slow: ten times as long as honest pages take.
    package var slowAfter: Duration = .seconds(5)
    /// Address of a proxy, such as `http://proxy.example:3128`, which may be a private one; it
    /// makes the connections then, and only addresses that stand in a URL are checked. `nil` for
    /// none, whatever the environment says.
    package var proxy: String?
    /// File with the certificates that are trusted, in PEM; `nil` for those of the system.
    package var trustedCertificates: String?

    /// Makes the usual configuration: public addresses only, no proxy.
    package init() {}
}

/// Fetches pages with libcurl on a thread of its own.
///
/// It may be used from any number of tasks. The thread ends when the last reference goes.
package final class CurlTransport: Sendable {
    private let loop: CurlLoop

    /// Starts the thread.
    package init(configuration: CurlConfiguration = .init()) {
        _ = Self.isLibraryReady
        loop = CurlLoop(configuration: configuration)
        loop.start()
    }

    deinit { loop.stop() }

    /// Makes one exchange; a redirect is answered as it is and not followed.
    ///
    /// - Throws: every `TransportFailure` but `tooManyRedirects`; `cancelled` when the task is.
    package func fetch(
        _ request: HTTPRequest
    ) async throws(TransportFailure) -> HTTPResponse {
        let ticket = loop.makeTicket()
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                loop.begin(ticket, request) { continuation.resume(returning: $0) }
            }
        } onCancel: {
            loop.cancel(ticket)
        }
        return try outcome.get()
    }

    /// libcurl must be told once before its first use, while no other thread uses it.
    private static let isLibraryReady: Bool = {
        let code = curl_global_init(Int(CURL_GLOBAL_ALL))
        precondition(code == CURLE_OK, "libcurl cannot start: \(code.rawValue).")
        return true
    }()
}
