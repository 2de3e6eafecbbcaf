/// An orderly answer, turned into a script at the end.
package struct HTTPAnswer: Sendable {
    /// Status code of RFC 9110.
    package var status: Int
    /// Headers in the order in which they are sent; the length and the connection are added.
    package var headers: [(name: String, value: String)]
    /// Body as sent.
    package var body: [UInt8]

    /// Joins the parts.
    package init(
        status: Int = 200,
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = []
    ) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Plain text in UTF-8.
    package static func plain(_ text: String, status: Int = 200) -> HTTPAnswer {
        HTTPAnswer(
            status: status,
            headers: [("Content-Type", "text/plain; charset=utf-8")],
            body: Array(text.utf8)
        )
    }

    /// The same answer with one header more.
    package func with(_ name: String, _ value: String) -> HTTPAnswer {
        var changed = self
        changed.headers.append((name, value))
        return changed
    }

    /// Status line and headers with the empty line; without a length, the connection's end is
    /// the end of the body.
    package func head(length: Int?, isLast: Bool) -> [UInt8] {
        var text = "HTTP/1.1 \(status) \(Self.reasons[status] ?? "Unknown")\r\n"
        for header in headers { text += "\(header.name): \(header.value)\r\n" }
        if let length, status != 304 { text += "Content-Length: \(length)\r\n" }
        if isLast { text += "Connection: close\r\n" }
        return Array((text + "\r\n").utf8)
    }

    /// The whole answer in one write, so that no delayed acknowledgement slows it.
    package func script(for request: HTTPRequest) -> WireScript {
        let head = head(length: body.count, isLast: !request.keepsAlive)
        return WireScript(
            status: status,
            steps: [.send(request.method == "HEAD" ? head : head + body)],
            keepsAlive: request.keepsAlive
        )
    }

    static let reasons = [
        200: "OK", 301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified",
        307: "Temporary Redirect", 308: "Permanent Redirect", 400: "Bad Request", 403: "Forbidden",
        404: "Not Found", 405: "Method Not Allowed", 408: "Request Timeout", 410: "Gone",
        413: "Content Too Large", 429: "Too Many Requests", 431: "Request Header Fields Too Large",
        500: "Internal Server Error", 501: "Not Implemented", 503: "Service Unavailable",
        505: "HTTP Version Not Supported",
    ]
}
