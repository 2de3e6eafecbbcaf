/// Reads a head: a first line, fields and an empty line, as WARC and HTTP/1.1 have it.
///
/// Forgiving in what tools got wrong over the years: lines may end with LF alone, values may be
/// folded (RFC 9112 section 5.2) and lines without a colon are passed over. A value that is not
/// UTF-8 is read as Latin-1.
struct HeadReader {
    /// A head and where it ended.
    struct Head {
        let firstLine: String
        let fields: [HeaderField]
        /// Index of the first byte after the empty line.
        let end: Int
    }

    /// Reads a head that starts at `bytes.startIndex`.
    ///
    /// - Returns: `nil` when the bytes end before the empty line.
    /// - Throws: `headBroken` when a limit is passed.
    static func read(_ bytes: ArraySlice<UInt8>) throws(WebArchiveFailure) -> Head? {
        var lines: [ArraySlice<UInt8>] = []
        var start = bytes.startIndex
        let limit = bytes.prefix(WebArchiveLimits.headBytes)
        while let end = limit[start...].firstIndex(of: UInt8(ascii: "\n")) {
            let line = limit[start..<end].trimmingCarriageReturn
            start = end + 1
            if line.isEmpty { return head(of: lines, end: start) }
            lines.append(line)
            guard lines.count <= WebArchiveLimits.headLines else {
                throw WebArchiveFailure(
                    .headBroken,
                    "The head has more than \(WebArchiveLimits.headLines) lines."
                )
            }
        }
        guard bytes.count < WebArchiveLimits.headBytes else {
            throw WebArchiveFailure(
                .headBroken,
                "The head has more than \(WebArchiveLimits.headBytes) bytes."
            )
        }
        return nil
    }

    private static func head(of lines: [ArraySlice<UInt8>], end: Int) -> Head {
        var fields: [HeaderField] = []
        for line in lines.dropFirst() {
            if let first = line.first, first.isSpace, let last = fields.popLast() {
                fields.append(HeaderField(last.name, last.value + " " + text(line.trimmed)))
            } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
                let name = text(line[..<colon].trimmed)
                fields.append(HeaderField(name, text(line[(colon + 1)...].trimmed)))
            }
        }
        return Head(firstLine: text(lines.first?.trimmed ?? []), fields: fields, end: end)
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
}

extension UInt8 {
    /// Whether this is a space or a tab.
    var isSpace: Bool { self == 0x20 || self == 0x09 }
}

extension ArraySlice<UInt8> {
    /// The slice without a carriage return at its end.
    fileprivate var trimmingCarriageReturn: ArraySlice<UInt8> {
        last == UInt8(ascii: "\r") ? dropLast() : self
    }

    /// The slice without spaces and tabs at both ends.
    fileprivate var trimmed: ArraySlice<UInt8> {
        var slice = drop(while: \.isSpace)
        while let last = slice.last, last.isSpace { slice.removeLast() }
        return slice
    }
}
