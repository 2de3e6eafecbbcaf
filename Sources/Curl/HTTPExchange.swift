/// One line of a head of HTTP.
package struct HTTPHeader: Sendable, Equatable {
    /// The name as it came; compared without regard to case.
    package let name: String
    /// The value without surrounding white space; bytes that are not UTF-8 are read as Latin-1.
    package let value: String

    /// Makes a header.
    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// A page to ask a server for, by GET.
package struct HTTPRequest: Sendable, Equatable {
    /// Absolute address with scheme http or https.
    package var url: String
    /// What is sent besides what HTTP itself needs.
    package var headers: [HTTPHeader]
    /// How much time and room the answer may take.
    package var limits: TransferLimits

    /// Makes a request.
    package init(url: String, headers: [HTTPHeader] = [], limits: TransferLimits = .init()) {
        self.url = url
        self.headers = headers
        self.limits = limits
    }
}

/// What a server answered.
package struct HTTPResponse: Sendable, Equatable {
    /// From 100 to 999.
    package var status: Int
    /// The words after the status; empty in HTTP/2.
    package var reason: String
    /// The fields of the head in the order in which they came.
    package var headers: [HTTPHeader]
    /// The body without its content and transfer codings.
    package var body: [UInt8]
    /// The absolute address to which a redirect leads; `nil` when the answer is none.
    package var redirectURL: String?
    /// From the call to the last byte.
    package var elapsed: Duration
    /// Whether the body is the beginning of a longer one (`TransferLimits.cutsBody`).
    package var isCut = false

    /// Makes an answer.
    package init(
        status: Int,
        reason: String = "",
        headers: [HTTPHeader] = [],
        body: [UInt8] = [],
        redirectURL: String? = nil,
        elapsed: Duration = .zero
    ) {
        self.status = status
        self.reason = reason
        self.headers = headers
        self.body = body
        self.redirectURL = redirectURL
        self.elapsed = elapsed
    }

    /// The value of the first header with this name, in any case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
