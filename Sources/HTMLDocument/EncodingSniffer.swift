/// Finds a page's encoding (WHATWG HTML, 13.2.3.2): byte order mark, transport, declaration within
/// the first 1,024 bytes, and last a guess.
enum EncodingSniffer {
    enum Origin: Sendable {
        case byteOrderMark, transport, declaration
        /// The content reads as UTF-8 beyond ASCII; a later declaration of something else is wrong.
        case content
        /// Nothing is known; a later declaration counts.
        case guess
    }

    struct Sniffed: Equatable, Sendable {
        var encoding: TextEncoding
        var origin: Origin
    }

    static func sniff(_ bytes: [UInt8], transportEncoding: TextEncoding?) -> Sniffed {
        if let marked = encodingOfByteOrderMark(bytes) {
            return Sniffed(encoding: marked, origin: .byteOrderMark)
        }
        if let transportEncoding {
            return Sniffed(encoding: transportEncoding, origin: .transport)
        }
        var prescan = EncodingPrescan(bytes)
        if let declared = prescan.run() {
            return Sniffed(encoding: declared, origin: .declaration)
        }
        // The standard leaves this step to the implementation. Text in a legacy encoding that is
        // valid UTF-8 by chance is next to impossible beyond a few words.
        guard TextDecoder.isValidUTF8(bytes) else {
            return Sniffed(encoding: .windows1252, origin: .guess)
        }
        let isASCII = !bytes.contains { $0 >= 0x80 }
        return Sniffed(encoding: .utf8, origin: isASCII ? .guess : .content)
    }

    static func encodingOfByteOrderMark(_ bytes: [UInt8]) -> TextEncoding? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            return .utf8
        }
        if bytes.starts(with: [0xFE, 0xFF]) {
            return .utf16BE
        }
        return bytes.starts(with: [0xFF, 0xFE]) ? .utf16LE : nil
    }

    /// What a label found inside of a page means: a page that could be read cannot be UTF-16.
    static func encoding(declared label: ArraySlice<UInt8>) -> TextEncoding? {
        switch TextEncoding(label: label) {
        case .utf16BE, .utf16LE: .utf8
        case .userDefined: .windows1252
        case let encoding: encoding
        }
    }

    /// The label in `text/html; charset=...` (WHATWG HTML, "extracting a character encoding from a
    /// meta element").
    static func labelInContentType(_ content: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var rest = content
        while let found = firstRange(ofCharset: rest) {
            rest = rest[found...].drop(while: \.isHTMLWhitespace)
            guard rest.first == ASCII.equals else { continue }
            rest = rest.dropFirst().drop(while: \.isHTMLWhitespace)
            guard let first = rest.first else { return nil }
            if first == ASCII.quotationMark || first == ASCII.apostrophe {
                let quoted = rest.dropFirst()
                return quoted.firstIndex(of: first).map { quoted[..<$0] }
            }
            return rest.prefix { !$0.isHTMLWhitespace && $0 != ASCII.semicolon }
        }
        return nil
    }

    /// The index behind the first `charset`, in any case.
    private static func firstRange(ofCharset bytes: ArraySlice<UInt8>) -> Int? {
        let word = Array("charset".utf8)
        guard bytes.count >= word.count else { return nil }
        for start in bytes.startIndex...(bytes.endIndex - word.count)
        where bytes[start..<(start + word.count)].lazy.map(\.asciiLowercased).elementsEqual(word) {
            return start + word.count
        }
        return nil
    }
}
