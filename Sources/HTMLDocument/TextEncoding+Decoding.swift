// The decoders and names of characters for other readers of markup.
extension TextEncoding {
    /// Bytes in this encoding as UTF-8 with line feeds as line breaks. Never fails: what cannot be
    /// read becomes U+FFFD. A byte order mark is taken away from Unicode.
    package func decoded(_ bytes: [UInt8]) -> [UInt8] {
        TextDecoder.decode(bytes, from: self).text
    }

    /// The encoding that a byte order mark names; `nil` without one.
    package init?(byteOrderMarkOf bytes: [UInt8]) {
        guard let encoding = EncodingSniffer.encodingOfByteOrderMark(bytes) else { return nil }
        self = encoding
    }

    /// Whether bytes are valid UTF-8.
    package static func isUTF8(_ bytes: [UInt8]) -> Bool { TextDecoder.isValidUTF8(bytes) }

    /// The text of a named character of HTML, such as `nbsp` for `&nbsp;`; `nil` for other names.
    package static func text(ofCharacterNamed name: some Sequence<UInt8>) -> String? {
        let bytes = name + [ASCII.semicolon]
        guard let match = CharacterReferences.shared.longestMatch(in: bytes, at: 0),
            match.end == bytes.count
        else { return nil }
        var scalars = String.UnicodeScalarView([match.first])
        if let second = match.second { scalars.append(second) }
        return String(scalars)
    }
}
