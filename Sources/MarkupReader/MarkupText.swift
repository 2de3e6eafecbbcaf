package import HTMLDocument

/// Bytes of a document as text.
package enum MarkupText {
    /// Bytes that are looked at for a declaration.
    private static let declarationMaxBytes = 1024

    /// The document in UTF-8, decoded by what says most about its encoding: a byte order mark, the
    /// transport, the XML declaration, the bytes themselves. UTF-8 that is valid beyond ASCII is
    /// UTF-8, whatever is declared; what is neither declared nor UTF-8 is windows-1252.
    package static func utf8(_ bytes: [UInt8], transportEncoding: TextEncoding? = nil) -> [UInt8] {
        encoding(of: bytes, transportEncoding: transportEncoding).decoded(bytes)
    }

    private static func encoding(
        of bytes: [UInt8],
        transportEncoding: TextEncoding?
    ) -> TextEncoding {
        if let marked = TextEncoding(byteOrderMarkOf: bytes) { return marked }
        if bytes.starts(with: [0x3C, 0]) { return .utf16LE }
        if bytes.starts(with: [0, 0x3C]) { return .utf16BE }
        if TextEncoding.isUTF8(bytes) {
            // Beyond ASCII nothing else looks like UTF-8, and in ASCII only escapes differ.
            let declared = transportEncoding ?? declaredEncoding(bytes)
            return declared == .iso2022JP ? .iso2022JP : .utf8
        }
        switch transportEncoding ?? declaredEncoding(bytes) {
        case .utf16BE, .utf16LE, .utf8: return .utf8
        case .replacement, nil: return .windows1252
        case let encoding?: return encoding
        }
    }

    /// The encoding in `<?xml version="1.0" encoding="..."?>`.
    private static func declaredEncoding(_ bytes: [UInt8]) -> TextEncoding? {
        let head = String(decoding: bytes.prefix(declarationMaxBytes), as: UTF8.self)
        guard let start = head.firstRange(of: "<?xml"),
            let end = head[start.upperBound...].firstRange(of: "?>"),
            let name = head[start.upperBound..<end.lowerBound].firstRange(of: "encoding")
        else { return nil }
        let rest = head[name.upperBound..<end.lowerBound].drop { $0 == " " || $0 == "=" }
        guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
        return TextEncoding(label: String(rest.dropFirst().prefix { $0 != quote }))
    }
}
