/// Turns bytes of any encoding into UTF-8 with line feeds as line breaks. Never fails: what cannot
/// be read becomes U+FFFD.
enum TextDecoder {
    struct Decoded {
        var text: [UInt8]
        var encoding: TextEncoding
        var warnings: [ParseWarning] = []
    }

    /// What bytes are, read as UTF-8.
    enum Content {
        case ascii, utf8, neither
    }

    /// - Parameters:
    ///   - bytes: the page.
    ///   - encoding: what they are in.
    ///   - isValid: whether they are known to be UTF-8.
    /// - Returns: the text, with what was wrong with it.
    static func decode(
        _ bytes: [UInt8],
        from encoding: TextEncoding,
        isValid: Bool = false
    ) -> Decoded {
        var decoded: Decoded
        switch encoding {
        case .utf8:
            decoded = decodeUTF8(bytes, isValid: isValid)
        case .utf16BE, .utf16LE:
            decoded = decodeUTF16(bytes, encoding)
        case .replacement:
            let text = bytes.isEmpty ? [] : Array(UTF8.encodedReplacementCharacter)
            decoded = Decoded(text: text, encoding: encoding, warnings: [.malformedText])
        default:
            decoded = LegacyDecoder.decode(bytes, from: encoding)
        }
        decoded.text = normalizingLineBreaks(decoded.text)
        return decoded
    }

    static func isValidUTF8(_ bytes: [UInt8]) -> Bool {
        (try? UTF8Span(validating: bytes.span)) != nil
    }

    static func content(of bytes: [UInt8]) -> Content {
        guard let text = try? UTF8Span(validating: bytes.span) else { return .neither }
        return text.isKnownASCII ? .ascii : .utf8
    }

    private static func decodeUTF8(_ bytes: [UInt8], isValid: Bool) -> Decoded {
        var text = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            text = Array(bytes.dropFirst(3))
        }
        if isValid || isValidUTF8(text) {
            return Decoded(text: text, encoding: .utf8)
        }
        // Replaces maximal subparts, as the Encoding standard asks.
        let repaired = String(decoding: text, as: UTF8.self)
        return Decoded(text: Array(repaired.utf8), encoding: .utf8, warnings: [.malformedText])
    }

    private static func decodeUTF16(_ bytes: [UInt8], _ encoding: TextEncoding) -> Decoded {
        let isBigEndian = encoding == .utf16BE
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2 + 1)
        for index in stride(from: 0, to: bytes.count - 1, by: 2) {
            let first = UInt16(bytes[index])
            let second = UInt16(bytes[index + 1])
            units.append(isBigEndian ? first << 8 | second : second << 8 | first)
        }
        if units.first == 0xFEFF {
            units.removeFirst()
        }
        if bytes.count % 2 == 1 {
            units.append(0xFFFD)
        }
        let text = String(decoding: units, as: UTF16.self)
        return Decoded(text: Array(text.utf8), encoding: encoding)
    }

    /// Most pages have no carriage return and are read to the end.
    private static func firstCarriageReturn(in text: [UInt8]) -> Int? {
        let wanted = ASCII.carriageReturn
        let block = text.firstBlock(holding: (wanted, wanted, wanted), from: 0)
        return text[block...].firstIndex(of: wanted)
    }

    /// Turns CR LF and CR into LF (WHATWG HTML, 13.2.3.5).
    static func normalizingLineBreaks(_ text: [UInt8]) -> [UInt8] {
        guard let first = firstCarriageReturn(in: text) else { return text }
        var normalized: [UInt8] = []
        normalized.reserveCapacity(text.count)
        normalized += text[..<first]
        var lineStart = first
        for index in first..<text.count where text[index] == ASCII.carriageReturn {
            normalized += text[lineStart..<index]
            lineStart = index + 1
            if lineStart == text.count || text[lineStart] != ASCII.lineFeed {
                normalized.append(ASCII.lineFeed)
            }
        }
        normalized += text[lineStart...]
        return normalized
    }
}
