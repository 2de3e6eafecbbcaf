/// One request as the server took it in; what pages need of it, and nothing else.
package struct WebRequest: Sendable {
    /// `GET`, `HEAD`, `POST` or any other, as it was sent.
    package var method: String
    /// Path and query as they were sent, percent-encoded.
    package var target: String
    /// Header `Host`, or the authority.
    package var host: String?
    /// Header `Origin`.
    package var origin: String?
    /// Header `Cookie`.
    package var cookie: String?
    /// Header `Authorization`.
    package var authorization: String?
    /// Header `Content-Type`.
    package var contentType: String?
    /// The body; at most `WebLimits.bodyBytesMax`.
    package var body: [UInt8]

    /// Describes a request.
    package init(_ method: String = "GET", _ target: String, body: [UInt8] = []) {
        self.method = method
        self.target = target
        self.body = body
    }

    /// The path alone.
    var path: Substring { target.prefix { $0 != "?" && $0 != "#" } }
    /// The query alone, empty when there is none.
    var query: Substring {
        guard let mark = target.firstIndex(of: "?") else { return "" }
        return target[target.index(after: mark)...].prefix { $0 != "#" }
    }
    /// Whether the answer is for programs.
    var isForAPI: Bool { path == "/api" || path.hasPrefix("/api/") }
}

/// What the server sends back.
package struct WebAnswer: Sendable {
    /// What the body is made of.
    package enum Body: Sendable {
        /// All of it.
        case bytes([UInt8])
        /// Events, until one side leaves.
        case events(LiveReader)
        /// Pieces of a download, each made when the one before it is sent.
        case pieces(ExportStream)
    }

    /// The HTTP status.
    package var status: Int
    /// The headers with their lower-case names.
    package var headers: [(name: String, value: String)]
    /// The body.
    package var body: Body

    /// Makes an answer of one content type.
    package init(_ status: Int = 200, _ contentType: String, _ bytes: [UInt8]) {
        self.status = status
        headers = [("content-type", contentType)]
        body = .bytes(bytes)
    }

    /// Makes a page.
    init(_ status: Int = 200, page: HTML) {
        self.init(status, "text/html; charset=utf-8", Array(page.text.utf8))
    }

    /// Sends a browser elsewhere with a GET.
    init(seeOther path: String) {
        self.init(303, "text/plain; charset=utf-8", Array("See \(path)\n".utf8))
        headers.append(("location", path))
    }

    /// The value of a header.
    package func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// The body as text; empty for events and downloads.
    package var text: String {
        guard case .bytes(let bytes) = body else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }
}
