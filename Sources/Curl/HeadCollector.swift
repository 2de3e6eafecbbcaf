/// Collects the lines of an answer's head as libcurl hands them over.
struct HeadCollector {
    private(set) var status = 0
    private(set) var reason = ""
    private(set) var headers: [HTTPHeader] = []
    private var lineCount = 0
    private var byteCount = 0
    private var isComplete = false

    /// Takes one line with its line end; false when a limit is passed.
    mutating func take(_ line: [UInt8], limits: TransferLimits) -> Bool {
        byteCount += line.count
        lineCount += 1
        guard byteCount <= limits.headerBytes, lineCount <= limits.headerCount else { return false }
        let text = Self.text(line[...])
        if text.hasPrefix("HTTP/") {
            // An interim answer (1xx) came before; only the last head counts.
            start(text)
        } else if text.isEmpty {
            isComplete = true
        } else if !isComplete, let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            let name = Self.text(line[..<colon])
            headers.append(HTTPHeader(name, Self.text(line[(colon + 1)...])))
        }
        return true
    }

    private mutating func start(_ line: String) {
        let parts = line.split(separator: " ", maxSplits: 2)
        status = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        reason = parts.count > 2 ? String(parts[2]) : ""
        headers = []
        isComplete = false
    }

    /// The bytes without surrounding white space, as UTF-8 or else as Latin-1.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        var bytes = bytes.drop { $0 <= 0x20 }
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        return String(validating: bytes, as: UTF8.self)
            ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
}
