/// Reads the head of a request (RFC 9112), strictly: what a proxy in front of us might read as
/// another request is refused, so that nobody slips one in.
enum HTTPRequestHead {
    /// What a head says.
    enum Reading {
        case request(HTTPRequest, bodyBytes: Int)
        case malformed(status: Int)
    }

    /// Most fields of a head, as of Apache; browsers send 10 to 20.
    private static let fieldsMax = 100

    /// Reads a whole head with the empty line that ends it.
    static func parse(_ head: ArraySlice<UInt8>) -> Reading {
        // The empty line and the end of the line before it.
        var lines = head.dropLast(4).split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { $0.last == 0x0D ? $0.dropLast() : $0 }
        // One empty line before a request is forgiven (RFC 9112, 2.2).
        if lines.count > 1, lines[0].isEmpty { lines.removeFirst() }
        let words = lines[0].split(separator: 0x20, omittingEmptySubsequences: false)
        guard words.count == 3, isToken(words[0]), words[1].first == UInt8(ascii: "/"),
            !words[1].contains(0x09)
        else { return .malformed(status: 400) }
        let version = text(words[2])
        guard version == "HTTP/1.1" || version == "HTTP/1.0" else {
            return .malformed(status: version.hasPrefix("HTTP/") ? 505 : 400)
        }
        guard lines.count <= fieldsMax + 1 else { return .malformed(status: 431) }
        guard let headers = fields(lines.dropFirst()) else { return .malformed(status: 400) }
        if headers["transfer-encoding"] != nil { return .malformed(status: 501) }
        guard let bodyBytes = length(headers["content-length"] ?? "0") else {
            return .malformed(status: 400)
        }
        guard bodyBytes <= HTTPRequestReader.bodyLimitBytes else {
            return .malformed(status: 413)
        }
        let request = HTTPRequest(
            method: text(words[0]),
            target: text(words[1]),
            headers: headers,
            keepsAlive: version == "HTTP/1.1" && !closes(headers["connection"] ?? "")
        )
        return .request(request, bodyBytes: bodyBytes)
    }

    /// `nil` when a line is no field: folded, without colon or name, with space before the colon.
    private static func fields(_ lines: ArraySlice<ArraySlice<UInt8>>) -> [String: String]? {
        var headers: [String: String] = [:]
        for line in lines {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), isToken(line[..<colon])
            else { return nil }
            let name = text(line[..<colon]).lowercased()
            let value = text(trimmed(line[(colon + 1)...]))
            guard let before = headers[name] else {
                headers[name] = value
                continue
            }
            // Two hosts or two lengths: nobody can say which holds.
            if name == "host" || name == "content-length" { return nil }
            // Nothing more is no member of a list (RFC 9110, 5.6.1).
            headers[name] = [before, value].filter { !$0.isEmpty }.joined(separator: ", ")
        }
        return headers
    }

    /// Digits and nothing else; `Int.max` for more than a number holds.
    private static func length(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        return Int(text) ?? .max
    }

    private static func closes(_ connection: String) -> Bool {
        connection.utf8.split(separator: UInt8(ascii: ",")).contains { option in
            text(trimmed(Array(option)[...])).lowercased() == "close"
        }
    }

    /// Whether bytes are a `token` (RFC 9110, 5.6.2): letters, digits and some signs.
    private static func isToken(_ bytes: ArraySlice<UInt8>) -> Bool {
        !bytes.isEmpty
            && bytes.allSatisfy { byte in
                0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
                    || tokenSigns.contains(byte)
            }
    }

    private static let tokenSigns = Array("!#$%&'*+-.^_`|~".utf8)

    /// Without blanks and tabs at both ends.
    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        guard let first = bytes.firstIndex(where: { !isBlank($0) }),
            let last = bytes.lastIndex(where: { !isBlank($0) })
        else { return [] }
        return bytes[first...last]
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
