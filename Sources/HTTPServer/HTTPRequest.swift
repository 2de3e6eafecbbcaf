/// The head of a request; its body, if it has one, is read away.
package struct HTTPRequest: Sendable, Equatable {
    /// `GET`, as sent.
    package let method: String
    /// Path and query as sent, always starting with `/`.
    package let target: String
    /// Header values by lower-case name; of repeated names all values, with commas between them.
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

/// Cuts the bytes of a connection into requests. Holds at most one head of limited size and what
/// was added at once; how the bytes are cut on their way changes nothing.
package struct HTTPRequestReader {
    /// What the bytes so far amount to.
    package enum Step: Sendable, Equatable {
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

    /// Bytes that are held and not yet part of a request.
    package var heldBytes: Int { buffer.count }

    /// Takes bytes of the connection in.
    package mutating func add(_ bytes: some Sequence<UInt8>) { buffer.append(contentsOf: bytes) }

    /// The next request whose head is complete.
    package mutating func next() -> Step {
        let skipped = min(bodyRestBytes, buffer.count)
        buffer.removeFirst(skipped)
        bodyRestBytes -= skipped
        guard bodyRestBytes == 0 else { return .needsMore }
        switch headEnd() {
        case .foreign: return .malformed(status: 400)
        case .open:
            return searched < Self.headLimitBytes ? .needsMore : .malformed(status: 431)
        case .at(let end):
            let head = HTTPRequestHead.parse(buffer[..<end])
            buffer.removeFirst(end)
            searched = 0
            switch head {
            case .malformed(let status): return .malformed(status: status)
            case .request(let request, let bodyBytes):
                bodyRestBytes = bodyBytes
                return .request(request)
            }
        }
    }

    private enum HeadEnd {
        case open
        /// Offset behind the empty line that ends the head.
        case at(Int)
        /// A byte that no head has: another reader might see another end.
        case foreign
    }

    /// Looks for the empty line, up to the limit, and no byte twice.
    ///
    /// A line ends with CR LF and nothing else (RFC 9112, 2.2, allows less and warns of it), so
    /// that no two readers disagree where a head ends; control characters are refused (RFC 9110,
    /// 5.5).
    private mutating func headEnd() -> HeadEnd {
        let end = min(buffer.count, Self.headLimitBytes)
        while searched < end {
            let byte = buffer[searched]
            let isAfterReturn = searched > 0 && buffer[searched - 1] == 0x0D
            guard isAfterReturn == (byte == 0x0A), byte >= 0x20 || 0x09...0x0D ~= byte,
                byte != 0x0B, byte != 0x0C, byte != 0x7F
            else { return .foreign }
            searched += 1
            if byte == 0x0A, searched >= 4, buffer[searched - 3] == 0x0A { return .at(searched) }
        }
        return .open
    }
}
