package import HTMLDocument

/// Bytes of a document as text.
package enum MarkupText {
    /// Bytes that are looked at for a declaration.
    private static let declarationMaxBytes = 1024

    /// The document in UTF-8, decoded by what says most about its encoding: a byte order mark, the
    /// transport, the XML declaration, the bytes themselves. UTF-8 that is valid beyond ASCII is
    /// UTF-8, whatever is declared; what is declared as UTF-8 and has no character of it beyond
    /// ASCII is windows-1252, and so is what is neither declared nor UTF-8.
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
        case .utf16BE, .utf16LE, .utf8: return holdsUTF8(bytes) ? .utf8 : .windows1252
        case .replacement, nil: return .windows1252
        case let encoding?: return encoding
        }
    }

    /// Whether a character of two or more bytes is among them: broken UTF-8 has most whole.
    private static func holdsUTF8(_ bytes: [UInt8]) -> Bool {
        var index = 0
        while let lead = bytes[index...].firstIndex(where: { 0xC2...0xF4 ~= $0 }) {
            let length = bytes[lead] < 0xE0 ? 2 : bytes[lead] < 0xF0 ? 3 : 4
            let rest = bytes[(lead + 1)...].prefix(length - 1)
            if rest.count == length - 1, rest.allSatisfy({ 0x80...0xBF ~= $0 }) { return true }
            index = lead + 1
        }
        return false
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
