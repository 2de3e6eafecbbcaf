import WebArchive

/// What an input holds.
package enum InputKind: String, Sendable, CaseIterable {
    /// One saved page.
    case html
    /// One page as text copied out of a browser.
    case text
    /// One address a line; lines that start with `#` are comments.
    case urls
    /// One page a line, as JSON lines of another crawler.
    case jsonl
    /// JSON of another crawler, one page an object: an array, or objects in a row.
    case json
    /// One page that a browser saved as a single file (MIME HTML).
    case mhtml
    /// A web archive (WARC).
    case warc
    /// A web archive in the format before WARC.
    case arc

    /// The kind that the name of a file states, with or without `.gz`; `nil` when it states none.
    init?(fileName: String) {
        var name = fileName.lowercased()
        if name.hasSuffix(".gz") { name.removeLast(3) }
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
        switch name[name.index(after: dot)...] {
        case "html", "htm", "xhtml", "shtml": self = .html
        case "txt", "text": self = .text
        case "urls", "list": self = .urls
        case "jsonl", "ndjson", "jl": self = .jsonl
        case "json": self = .json
        case "mhtml", "mht": self = .mhtml
        case "warc": self = .warc
        case "arc": self = .arc
        default: return nil
        }
    }

}

/// Looks at the beginning of a file; `isWhole` says that there is no more of it.
struct InputSniffer {
    /// How much of a file is looked at: enough for the longest licence comment before a doctype.
    static let sampleBytes = 64 << 10

    private let bytes: ArraySlice<UInt8>
    private let isWhole: Bool

    init(_ beginning: [UInt8], isWhole: Bool) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        bytes = beginning.dropFirst(beginning.starts(with: mark) ? mark.count : 0)
        self.isWhole = isWhole
    }

    /// The beginnings of pages, as in the WHATWG MIME sniffing standard, section 7.1.
    private static let htmlMarks = [
        "<!doctype html", "<html", "<head", "<body", "<script", "<title", "<meta", "<div", "<p>",
        "<article", "<h1", "<!--", "<?xml", "<table", "<style", "<link",
    ]

    /// The kind that the beginning shows; `text` when it shows none.
    var kind: InputKind {
        if looksLikeHTML { return .html }
        if bytes.starts(with: "WARC/".utf8) { return .warc }
        if bytes.starts(with: "filedesc://".utf8) { return .arc }
        if looksLikeMHTML { return .mhtml }
        if looksLikeJSONLines { return .jsonl }
        if looksLikeArray { return .json }
        return looksLikeURLs ? .urls : .text
    }

    /// Whether the text starts like a page: `  <!DOCTYPE html>`, and not `< 5 people`.
    var looksLikeHTML: Bool {
        let start = bytes.drop { $0 <= 0x20 }.prefix(16).map(\.asciiLowercase)
        return Self.htmlMarks.contains { start.starts(with: $0.utf8) }
    }

    /// Whether the text starts like an object with a key: `{"url"`, and not `{note}`.
    var looksLikeJSONLines: Bool {
        let rest = bytes.drop { $0 <= 0x20 }
        guard rest.first == UInt8(ascii: "{") else { return false }
        return rest.dropFirst().first { $0 > 0x20 } == UInt8(ascii: "\"")
    }

    /// Whether the text starts like an array of objects: `[{"url"`, over lines too.
    var looksLikeArray: Bool {
        let marks = bytes.lazy.filter { $0 > 0x20 }.prefix(3)
        return marks.elementsEqual("[{\"".utf8)
    }

    /// Whether a file of JSON looks like pages of a crawler: its beginning has an address under
    /// one of the usual names, and a text or markup under another.
    var holdsPages: Bool {
        guard looksLikeJSONLines || looksLikeArray else { return false }
        let text = String(decoding: bytes.prefix(Self.sampleBytes), as: UTF8.self)
        let hasAddress = ["\"url\"", "_url\""].contains { text.contains($0) }
        let names = [
            "\"html\"", "\"maintext\"", "\"text\"", "\"plaintext\"", "\"body\"", "\"raw_html\"",
        ]
        return hasAddress && names.contains { text.contains($0) }
    }

    /// Whether the text starts like a page that a browser saved as a mail.
    var looksLikeMHTML: Bool { MHTMLPage.looksLike(bytes) }

    /// Whether the bytes are packed with zstd, as some archives are.
    var isZstandard: Bool { bytes.starts(with: Self.zstandardMark) }

    /// RFC 8878, 3.1.1; a dictionary in front of an archive begins otherwise (`5D 2A 4D 18`).
    private static let zstandardMark: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

    /// Whether every line is empty, a comment or an address, and one is an address. A last line
    /// that is cut by the end of the sample says nothing.
    var looksLikeURLs: Bool {
        var lines = bytes.split(separator: UInt8(ascii: "\n"))
        if !isWhole, bytes.last != UInt8(ascii: "\n"), !lines.isEmpty { lines.removeLast() }
        let meaningful = lines.map { String(decoding: $0, as: UTF8.self).trimmingSpaces }
            .filter { !$0.isEmpty && !$0.hasPrefix("#") }
        return !meaningful.isEmpty
            && meaningful.allSatisfy { !$0.contains(" ") && WebAddress($0) != nil }
    }

    /// Signatures of files that are not text, though some have text names.
    private static let binarySignatures: [[UInt8]] = [
        Array("%PDF-".utf8), [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF], Array("GIF8".utf8),
        [0x50, 0x4B, 0x03, 0x04], [0x7F, 0x45, 0x4C, 0x46], [0x42, 0x5A, 0x68],
        [0xFD, 0x37, 0x7A, 0x58, 0x5A], [0x28, 0xB5, 0x2F, 0xFD], [0xD0, 0xCF, 0x11, 0xE0],
    ]

    /// Whether the bytes are no text in any encoding: a known signature, or more than one control
    /// character in fifty. UTF-16 with a byte order mark is text.
    var looksBinary: Bool {
        if Self.binarySignatures.contains(where: { bytes.starts(with: $0) }) { return true }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return false }
        let sample = bytes.prefix(4096)
        let controls = sample.count { $0 < 0x20 && ![0x09, 0x0A, 0x0C, 0x0D, 0x1B].contains($0) }
        return controls * 50 > sample.count
    }
}

extension UInt8 {
    /// The byte with ASCII capitals made small.
    var asciiLowercase: UInt8 { 0x41...0x5A ~= self ? self | 0x20 : self }
}

extension String {
    /// The text without white space and control characters of ASCII at both ends.
    var trimmingSpaces: String {
        var bytes = utf8.drop { $0 <= 0x20 }
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
