/// The encodings of the WHATWG Encoding standard; the raw value is the standard's name.
package enum TextEncoding: String, Sendable, CaseIterable {
    /// Unicode, and nearly every page of today.
    case utf8 = "UTF-8"
    // Single bytes.
    case ibm866 = "IBM866"
    case iso8859x2 = "ISO-8859-2"
    case iso8859x3 = "ISO-8859-3"
    case iso8859x4 = "ISO-8859-4"
    case iso8859x5 = "ISO-8859-5"
    case iso8859x6 = "ISO-8859-6"
    case iso8859x7 = "ISO-8859-7"
    case iso8859x8 = "ISO-8859-8"
    case iso8859x8i = "ISO-8859-8-I"
    case iso8859x10 = "ISO-8859-10"
    case iso8859x13 = "ISO-8859-13"
    case iso8859x14 = "ISO-8859-14"
    case iso8859x15 = "ISO-8859-15"
    case iso8859x16 = "ISO-8859-16"
    case koi8R = "KOI8-R"
    case koi8U = "KOI8-U"
    case macintosh = "macintosh"
    case windows874 = "windows-874"
    case windows1250 = "windows-1250"
    case windows1251 = "windows-1251"
    case windows1252 = "windows-1252"
    case windows1253 = "windows-1253"
    case windows1254 = "windows-1254"
    case windows1255 = "windows-1255"
    case windows1256 = "windows-1256"
    case windows1257 = "windows-1257"
    case windows1258 = "windows-1258"
    case macCyrillic = "x-mac-cyrillic"
    // Chinese, Japanese, Korean.
    case gbk = "GBK"
    case gb18030 = "gb18030"
    case big5 = "Big5"
    case eucJP = "EUC-JP"
    case iso2022JP = "ISO-2022-JP"
    case shiftJIS = "Shift_JIS"
    case eucKR = "EUC-KR"
    // The rest.
    /// Encodings that must not be decoded: the page becomes one U+FFFD.
    case replacement = "replacement"
    case utf16BE = "UTF-16BE"
    case utf16LE = "UTF-16LE"
    case userDefined = "x-user-defined"

    /// The encoding a label such as `latin1` or ` UTF8 ` stands for, `nil` if none.
    package init?(label: String) {
        self.init(label: Array(label.utf8)[...])
    }

    /// The encoding a label in ASCII bytes stands for, whatever its case and white space around it.
    package init?(label bytes: ArraySlice<UInt8>) {
        guard bytes.count <= Self.labelMaxBytes else { return nil }
        let words = bytes.split(whereSeparator: \.isHTMLWhitespace)
        guard let word = words.first, words.count == 1 else { return nil }
        let label = String(decoding: word.map(\.asciiLowercased), as: UTF8.self)
        guard let encoding = EncodingLabels.encodings[label] else { return nil }
        self = encoding
    }

    /// The longest label has 19 bytes; the rest is room for white space around it.
    private static let labelMaxBytes = 128

    /// Whether bytes below 0x80 stand for ASCII, so that markup can be read before decoding.
    var isASCIICompatible: Bool {
        self != .utf16BE && self != .utf16LE && self != .replacement
    }
}
