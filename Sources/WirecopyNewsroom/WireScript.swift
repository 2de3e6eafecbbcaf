/// What the server does on the wire for one request, step by step: answers are data, so that
/// even misbehaviour can be read, listed and tested without a socket.
package struct WireScript: Sendable, Equatable {
    /// One thing to do on the connection.
    package enum Step: Sendable, Equatable {
        case send([UInt8])
        case pause(milliseconds: Int)
        /// Sends the bytes again and again, until it is done or the client is gone.
        case sendRepeatedly([UInt8], times: Int, everyMilliseconds: Int)
    }

    /// The status it claims, for the request log; 0 where it never sends one.
    package let status: Int
    /// What to do, in order.
    package let steps: [Step]
    /// Whether another request may follow on the connection.
    package let keepsAlive: Bool
}

/// An orderly answer, turned into a script at the end.
struct HTTPAnswer {
    var status = 200
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    static func html(_ text: String, status: Int = 200) -> HTTPAnswer {
        HTTPAnswer(
            status: status,
            headers: [("Content-Type", "text/html; charset=utf-8")],
            body: Array(text.utf8)
        )
    }

    static func plain(_ text: String, status: Int = 200) -> HTTPAnswer {
        HTTPAnswer(
            status: status,
            headers: [("Content-Type", "text/plain; charset=utf-8")],
            body: Array(text.utf8)
        )
    }

    func with(_ name: String, _ value: String) -> HTTPAnswer {
        var changed = self
        changed.headers.append((name, value))
        return changed
    }

    /// Status line and headers with the empty line; without a length, the connection's end is
    /// the end of the body.
    func head(now: Int, length: Int?, isLast: Bool) -> [UInt8] {
        var text = "HTTP/1.1 \(status) \(Self.reasons[status] ?? "Unknown")\r\n"
        text += "Date: \(Timestamp(utcSeconds: now).httpDate)\r\nServer: newsroom\r\n"
        for header in headers { text += "\(header.name): \(header.value)\r\n" }
        if let length, status != 304 { text += "Content-Length: \(length)\r\n" }
        if isLast { text += "Connection: close\r\n" }
        return Array((text + "\r\n").utf8)
    }

    /// The whole answer in one write, so that no delayed acknowledgement slows it.
    func script(for request: HTTPRequest, now: Int) -> WireScript {
        let head = head(now: now, length: body.count, isLast: !request.keepsAlive)
        return WireScript(
            status: status,
            steps: [.send(request.method == "HEAD" ? head : head + body)],
            keepsAlive: request.keepsAlive
        )
    }

    static let reasons = [
        200: "OK", 301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified",
        307: "Temporary Redirect", 308: "Permanent Redirect", 400: "Bad Request", 403: "Forbidden",
        404: "Not Found", 405: "Method Not Allowed", 410: "Gone", 413: "Content Too Large",
        429: "Too Many Requests", 431: "Request Header Fields Too Large",
        500: "Internal Server Error", 501: "Not Implemented", 503: "Service Unavailable",
        505: "HTTP Version Not Supported",
    ]
}
