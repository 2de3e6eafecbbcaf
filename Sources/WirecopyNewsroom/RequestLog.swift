import HTTPServer

/// One request that the newsroom saw.
package struct RequestRecord: Sendable, Equatable {
    /// Host header in lower case, with port.
    package let host: String
    /// `GET`, as sent.
    package let method: String
    /// Path and query.
    package let target: String
    /// The `User-Agent` header; empty without one.
    package let userAgent: String
    /// The status answered; 0 where none was sent.
    package let status: Int
    /// When the head of the request was complete, since the newsroom was opened.
    package let arrivedAfter: Duration
    /// When the answer was out or the client gone; nil while it is being answered.
    package fileprivate(set) var finishedAfter: Duration?
}

/// What was asked of the newsroom, so that a test can judge a client's manners.
package struct RequestLog: Sendable {
    /// All requests in the order of arrival, the first `recordLimit` of them.
    package private(set) var records: [RequestRecord] = []
    private var counts: [String: Int] = [:]
    private var inFlight: [String: Int] = [:]
    private var inFlightMax: [String: Int] = [:]

    /// Keeps a long benchmark from growing without bound; about 30 MB.
    static let recordLimit = 100_000

    /// Requests of a path with its query, also those beyond the record limit.
    package func count(of target: String) -> Int { counts[target] ?? 0 }

    /// Most requests of a host that were answered at one time.
    package func inFlightMax(host: String) -> Int { inFlightMax[host] ?? 0 }

    /// Notes a request; the result goes back into `finish`.
    mutating func begin(_ request: HTTPRequest, status: Int, after: Duration) -> Int? {
        counts[request.target, default: 0] += 1
        inFlight[request.host, default: 0] += 1
        let now = inFlight[request.host] ?? 0
        inFlightMax[request.host] = max(now, inFlightMax[request.host] ?? 0)
        guard records.count < Self.recordLimit else { return nil }
        records.append(
            RequestRecord(
                host: request.host,
                method: request.method,
                target: request.target,
                userAgent: request.headers["user-agent"] ?? "",
                status: status,
                arrivedAfter: after
            )
        )
        return records.count - 1
    }

    /// Notes the end of a request. A reset in between makes it void.
    mutating func finish(_ index: Int?, host: String, after: Duration) {
        inFlight[host] = max(0, (inFlight[host] ?? 0) - 1)
        guard let index, records.indices.contains(index) else { return }
        records[index].finishedAfter = after
    }

    /// Forgets all but the requests in flight.
    mutating func reset() {
        records = []
        counts = [:]
        inFlightMax = inFlight
    }
}
