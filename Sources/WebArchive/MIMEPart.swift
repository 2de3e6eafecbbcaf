/// A part of a mail: its fields and its content.
struct MIMEPart {
    let fields: [HeaderField]
    /// The content in its transfer coding.
    let rawContent: ArraySlice<UInt8>

    /// Reads a part; `nil` when its head has no end.
    init?(_ bytes: ArraySlice<UInt8>) throws(WebArchiveFailure) {
        // A head of MIME has no first line; an empty one stands in for it, and blank lines before
        // the head, which some tools write, are passed over.
        let start = bytes.drop { $0 == 0x0D || $0 == 0x0A }
        let line = Array("MIME\r\n".utf8)
        let sample = line + start.prefix(WebArchiveLimits.headBytes)
        guard let head = try HeadReader.read(sample[...]), !head.fields.isEmpty else { return nil }
        fields = head.fields
        rawContent = start.dropFirst(head.end - line.count)
    }

    /// The media type in small letters, without parameters.
    var type: String {
        let value = fields["Content-Type"] ?? ""
        let essence = value.prefix { $0 != ";" && $0 != " " && $0 != "\t" }
        return essence.lowercased()
    }

    /// A parameter of the media type, out of its quotation marks.
    func parameter(_ name: String) -> String? {
        let value = fields["Content-Type"] ?? ""
        var rest = value.drop { $0 != ";" }.dropFirst()
        while !rest.isEmpty {
            let key = rest.prefix { $0 != "=" }.lowercased().filter { $0 != " " && $0 != "\t" }
            rest = rest.drop { $0 != "=" }.dropFirst().drop { $0 == " " }
            let isQuoted = rest.first == "\""
            if isQuoted { rest = rest.dropFirst() }
            let text = rest.prefix { isQuoted ? $0 != "\"" : $0 != ";" }
            if key == name { return isQuoted ? String(text) : text.filter { $0 != " " } }
            rest = rest.dropFirst(text.count).drop { $0 != ";" }.dropFirst()
        }
        return nil
    }

    /// The content out of its transfer coding.
    var content: [UInt8] {
        let coding = (fields["Content-Transfer-Encoding"] ?? "").lowercased()
        switch coding.filter({ $0 != " " }) {
        case "quoted-printable": return TransferCoding.quotedPrintable(rawContent)
        case "base64": return TransferCoding.base64(rawContent)
        default: return Array(rawContent)
        }
    }
}

/// The parts between the boundary lines of a multipart (RFC 2046, 5.1).
struct MIMEParts {
    private let bytes: ArraySlice<UInt8>
    private let mark: [UInt8]
    private var position: Int
    private var isAtEnd = false

    init(_ bytes: ArraySlice<UInt8>, boundary: String) {
        self.bytes = bytes
        mark = Array("--\(boundary)".utf8)
        position = bytes.startIndex
        // What stands before the first boundary is for readers without MIME.
        _ = next()
    }

    /// The next part; what follows the last boundary is none.
    mutating func next() -> ArraySlice<UInt8>? {
        guard !isAtEnd else { return nil }
        let start = position
        var lineStart = position
        while lineStart < bytes.endIndex {
            let lineEnd = bytes[lineStart...].firstIndex(of: 0x0A) ?? bytes.endIndex
            if bytes[lineStart..<lineEnd].starts(with: mark) {
                let rest = bytes[lineStart..<lineEnd].dropFirst(mark.count)
                isAtEnd = rest.starts(with: "--".utf8)
                position = min(lineEnd + 1, bytes.endIndex)
                return trimmed(bytes[start..<lineStart])
            }
            lineStart = min(lineEnd + 1, bytes.endIndex)
        }
        // A file that was cut still has what came before.
        isAtEnd = true
        return start < bytes.endIndex ? bytes[start...] : nil
    }

    /// The line end before a boundary belongs to it.
    private func trimmed(_ part: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var part = part
        if part.last == 0x0A { part.removeLast() }
        if part.last == 0x0D { part.removeLast() }
        return part
    }
}

/// Takes off the transfer codings of MIME (RFC 2045, section 6). What is in none is kept as it is.
enum TransferCoding {
    static func quotedPrintable(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            guard byte == UInt8(ascii: "=") else {
                output.append(byte)
                index += 1
                continue
            }
            let rest = bytes[(index + 1)...].prefix(2)
            if let first = rest.first, first == 0x0A {
                index += 2
            } else if rest.elementsEqual([0x0D, 0x0A]) {
                index += 3
            } else if rest.count == 2, let high = rest.first?.hexadecimal,
                let low = rest.last?.hexadecimal
            {
                output.append(high << 4 | low)
                index += 3
            } else {
                output.append(byte)
                index += 1
            }
        }
        return output
    }

    /// Reads base64; bytes outside of its alphabet are passed over (RFC 2045, 6.8).
    static func base64(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count / 4 * 3)
        var (bits, count) = (UInt32(0), 0)
        for byte in bytes {
            if byte == UInt8(ascii: "=") { break }
            guard let value = byte.sextet else { continue }
            bits = bits << 6 | value
            count += 1
            if count == 4 {
                output.append(contentsOf: [
                    UInt8(bits >> 16 & 0xFF), UInt8(bits >> 8 & 0xFF), UInt8(bits & 0xFF),
                ])
                (bits, count) = (0, 0)
            }
        }
        if count == 2 { output.append(UInt8(bits >> 4 & 0xFF)) }
        if count == 3 {
            output.append(contentsOf: [UInt8(bits >> 10 & 0xFF), UInt8(bits >> 2 & 0xFF)])
        }
        return output
    }
}

extension UInt8 {
    /// The value of a hexadecimal digit.
    fileprivate var hexadecimal: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x37
        case 0x61...0x66: self - 0x57
        default: nil
        }
    }

    /// The value of a digit of base64.
    fileprivate var sextet: UInt32? {
        switch self {
        case 0x41...0x5A: UInt32(self) - 0x41
        case 0x61...0x7A: UInt32(self) - 0x61 + 26
        case 0x30...0x39: UInt32(self) - 0x30 + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
