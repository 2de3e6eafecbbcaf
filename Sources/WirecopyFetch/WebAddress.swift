/// An absolute address of the web in a form that servers accept and that compares well.
///
/// A part of what the WHATWG URL standard does for `http` and `https`: white space around and
/// line ends inside go away, scheme and host become small, what may not stand in a path or query
/// is percent-encoded, the fragment is dropped. A host that is not ASCII stays as it is; libcurl
/// translates it (IDNA).
package struct WebAddress: Sendable, Hashable {
    /// The address.
    package let url: String
    /// The host without user, port and brackets, in lower case.
    package let host: String

    /// Longer addresses are not taken; servers refuse them, and the envelope has to hold them.
    static let lengthMaxBytes = 8 << 10

    /// Reads an address; `nil` for other schemes, addresses with a user's name or password in
    /// them, and anything that is no address.
    package init?(_ text: String) {
        let bytes = Self.cleaned(text)
        guard let schemeEnd = Self.schemeEnd(of: bytes) else { return nil }
        let scheme = bytes[..<schemeEnd].map(Self.lowercased)
        let authorityEnd =
            bytes[schemeEnd...].firstIndex { "/?#\\".utf8.contains($0) } ?? bytes.endIndex
        let authority = bytes[schemeEnd..<authorityEnd].map(Self.lowercased)
        guard let host = Self.host(in: authority) else { return nil }
        let url = scheme + authority + Self.encodedPath(bytes[authorityEnd...])
        guard url.count <= Self.lengthMaxBytes else { return nil }
        self.host = host
        self.url = String(decoding: url, as: UTF8.self)
    }

    /// Whether a text means an address of the web and not a file, whatever is wrong with it.
    static func hasScheme(_ text: String) -> Bool { schemeEnd(of: cleaned(text)) != nil }

    private static func cleaned(_ text: String) -> [UInt8] {
        var bytes = text.utf8.drop { $0 <= 0x20 }
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        return bytes.filter { ![0x09, 0x0A, 0x0D].contains($0) }
    }

    /// Index after `http://` or `https://`.
    private static func schemeEnd(of bytes: [UInt8]) -> Int? {
        let start = bytes.prefix("https://".utf8.count).map(lowercased)
        return ["http://", "https://"].first { start.starts(with: $0.utf8) }?.utf8.count
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        0x41...0x5A ~= byte ? byte | 0x20 : byte
    }

    private static func host(in authority: [UInt8]) -> String? {
        let forbidden = Array(" <>\"{}|\\^`%@".utf8)
        guard authority.allSatisfy({ $0 > 0x20 && $0 != 0x7F && !forbidden.contains($0) })
        else { return nil }
        let name: ArraySlice<UInt8>
        if authority.first == UInt8(ascii: "[") {
            guard let end = authority.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            name = authority[1..<end]
            guard isPort(authority[(end + 1)...]),
                name.allSatisfy({ "0123456789abcdef:.".utf8.contains($0) })
            else { return nil }
        } else {
            let end = authority.firstIndex(of: UInt8(ascii: ":")) ?? authority.endIndex
            name = authority[..<end]
            guard isPort(authority[end...]), !name.contains(where: { "[]".utf8.contains($0) })
            else { return nil }
        }
        return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
    }

    /// Whether the bytes are nothing, or a colon and a number of at most five digits.
    private static func isPort(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first else { return true }
        let digits = bytes.dropFirst()
        return first == UInt8(ascii: ":") && digits.count <= 5
            && digits.allSatisfy { 0x30...0x39 ~= $0 }
    }

    /// Path and query with a leading slash, without the fragment.
    private static func encodedPath(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        var isInPath = true
        for byte in bytes {
            if byte == UInt8(ascii: "#") { break }
            if byte == UInt8(ascii: "?") {
                if output.isEmpty { output.append(UInt8(ascii: "/")) }
                isInPath = false
            }
            if byte == UInt8(ascii: "\\"), isInPath {
                output.append(UInt8(ascii: "/"))
            } else if byte <= 0x20 || byte >= 0x7F || "\"<>`{}|^\\".utf8.contains(byte) {
                output.appendPercentEncoded(byte)
            } else {
                output.append(byte)
            }
        }
        return output.isEmpty ? [UInt8(ascii: "/")] : output
    }
}

extension [UInt8] {
    /// Appends `%` and two capital hexadecimal digits.
    mutating func appendPercentEncoded(_ byte: UInt8) {
        let digits = Array("0123456789ABCDEF".utf8)
        append(UInt8(ascii: "%"))
        append(digits[Int(byte >> 4)])
        append(digits[Int(byte & 15)])
    }
}
