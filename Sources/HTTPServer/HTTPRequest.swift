/// The head of a request; its body, if it has one, is read away.
package struct HTTPRequest: Sendable, Equatable {
    /// `GET`, as sent.
    package let method: String
    /// Path and query as sent, always starting with `/`.
    package let target: String
    /// Header values by lower-case name; of repeated names the last one.
    package let headers: [String: String]
    /// False for HTTP/1.0 and for `Connection: close`.
    package let keepsAlive: Bool

    /// The target without its query.
    package var path: String { String(target.prefix { $0 != "?" }) }
    /// The part of the target after `?`; empty without one.
    package var query: String { String(target.drop { $0 != "?" }.dropFirst()) }
    /// The `Host` header in lower case.
    package var host: String { (headers["host"] ?? "").lowercased() }
}

/// Cuts the bytes of a connection into requests. Holds at most one head of limited size.
package struct HTTPRequestReader {
    /// What the bytes so far amount to.
    package enum Step: Equatable {
        case needsMore
        case request(HTTPRequest)
        /// The bytes are no acceptable request: answer with this status and close.
        case malformed(status: Int)
    }

    /// Longest head; browsers send 1 to 4 KiB, common servers stop at 8 or 16.
    package static let headLimitBytes = 16 * 1024
    /// Longest body of a control request; there is nothing to say in it.
    package static let bodyLimitBytes = 64 * 1024

    private var buffer: [UInt8] = []
    /// Bytes of the last request's body that have not come yet.
    private var bodyRestBytes = 0
    private var searched = 0

    /// Makes a reader that has seen nothing.
    package init() {}

    /// True while part of a request has come and the rest is missing.
    var isInside: Bool { !buffer.isEmpty || bodyRestBytes > 0 }

    /// Takes bytes of the connection in.
    package mutating func add(_ bytes: some Sequence<UInt8>) { buffer.append(contentsOf: bytes) }

    /// The next request whose head is complete.
    package mutating func next() -> Step {
        let skipped = min(bodyRestBytes, buffer.count)
        buffer.removeFirst(skipped)
        bodyRestBytes -= skipped
        guard bodyRestBytes == 0 else { return .needsMore }
        guard let end = headEnd() else {
            return buffer.count > Self.headLimitBytes ? .malformed(status: 431) : .needsMore
        }
        guard end <= Self.headLimitBytes else { return .malformed(status: 431) }
        let head = String(decoding: buffer[..<end], as: UTF8.self)
        buffer.removeFirst(end)
        searched = 0
        return parse(head)
    }

    /// Offset behind the empty line that ends the head.
    private mutating func headEnd() -> Int? {
        var index = max(searched, 3)
        while index < buffer.count {
            if buffer[index] == 0x0A, buffer[index - 1] == 0x0D, buffer[index - 2] == 0x0A,
                buffer[index - 3] == 0x0D
            {
                return index + 1
            }
            index += 1
        }
        searched = index
        return nil
    }

    private mutating func parse(_ head: String) -> Step {
        // CR LF is one Character in Swift, so lines are cut at scalars.
        let lines = head.unicodeScalars.split(separator: "\n")
            .map { String($0).trimmed }
            .filter { !$0.isEmpty }
        guard let first = lines.first else { return .malformed(status: 400) }
        let words = first.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 3, !words[0].isEmpty, words[1].hasPrefix("/") else {
            return .malformed(status: 400)
        }
        guard words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0" else {
            return .malformed(status: words[2].hasPrefix("HTTP/") ? 505 : 400)
        }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":"), colon != line.startIndex else {
                return .malformed(status: 400)
            }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmed
        }
        if headers["transfer-encoding"] != nil { return .malformed(status: 501) }
        let length = headers["content-length"].map { Int($0) ?? -1 } ?? 0
        guard (0...Self.bodyLimitBytes).contains(length) else { return .malformed(status: 413) }
        bodyRestBytes = length
        return .request(
            HTTPRequest(
                method: words[0],
                target: words[1],
                headers: headers,
                keepsAlive: words[2] == "HTTP/1.1"
                    && headers["connection"]?.lowercased() != "close"
            )
        )
    }
}

extension StringProtocol {
    /// Without white space at both ends.
    fileprivate var trimmed: String {
        let start = drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}
