/// Reads addresses: the "basic URL parser" of the URL standard (section 4.4) without state
/// overrides. Each of the standard's states is a function over the rest of the input.
struct WebURLParser {
    private let input: ArraySlice<UInt8>
    private let base: WebURL?
    private var url: WebURL

    static func url(_ text: String, base: WebURL?) throws(WebURLFailure) -> WebURL {
        guard text.utf8.count <= WebURL.lengthMaxBytes else { throw .tooLong }
        var parser = WebURLParser(text, base: base)
        try parser.parse()
        // Percent-encoding makes three bytes of one.
        if text.utf8.count > WebURL.lengthMaxBytes / 3 || base != nil {
            guard parser.url.href.utf8.count <= WebURL.lengthMaxBytes else { throw .tooLong }
        }
        return parser.url
    }

    private init(_ text: String, base: WebURL?) {
        var bytes = Array(text.utf8)
        if bytes.contains(where: Self.isIgnored) { bytes.removeAll(where: Self.isIgnored) }
        var rest = bytes.drop { $0 <= 0x20 }
        while let last = rest.last, last <= 0x20 { rest.removeLast() }
        input = rest
        self.base = base
        url = WebURL(scheme: "", path: .segments([]))
    }

    /// Tabs and ends of lines, which may stand anywhere.
    private static func isIgnored(_ byte: UInt8) -> Bool {
        byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    // MARK: Scheme

    private mutating func parse() throws(WebURLFailure) {
        guard let colon = schemeEnd else { return try parseWithoutScheme() }
        url.scheme = String(decoding: input[..<colon].map(\.lowercased), as: UTF8.self)
        let rest = input[(colon + 1)...]
        if url.scheme == "file" {
            try parseFile(rest)
        } else if url.isSpecial {
            if let base, base.scheme == url.scheme, !rest.starts(with: "//".utf8) {
                try parseRelative(rest, to: base)
            } else {
                try parseAuthority(rest.drop(while: isSlash))
            }
        } else if rest.starts(with: "//".utf8) {
            try parseAuthority(rest.dropFirst(2))
        } else if rest.first == slash {
            parsePath(rest.dropFirst())
        } else {
            parseOpaquePath(rest)
        }
    }

    /// Index of the colon behind a scheme.
    private var schemeEnd: Int? {
        guard input.first?.isLetter == true else { return nil }
        let end = input.firstIndex { !($0.isLetter || $0.isDigit || "+-.".utf8.contains($0)) }
        return end.flatMap { input[$0] == UInt8(ascii: ":") ? $0 : nil }
    }

    private mutating func parseWithoutScheme() throws(WebURLFailure) {
        guard let base else { throw .notAbsolute }
        if case .opaque = base.path {
            guard input.first == numberSign else { throw .notAbsolute }
            url = base
            parseFragment(input)
        } else if base.scheme == "file" {
            url.scheme = "file"
            try parseFile(input)
        } else {
            url.scheme = base.scheme
            try parseRelative(input, to: base)
        }
    }

    private mutating func parseRelative(
        _ rest: ArraySlice<UInt8>,
        to base: WebURL
    ) throws(WebURLFailure) {
        guard let first = rest.first, isSlash(first) else {
            url = base.withoutFragment
            return parseAfterCopy(rest)
        }
        let behind = rest.dropFirst()
        if let second = behind.first, isSlash(second) {
            let authority = behind.dropFirst()
            return try parseAuthority(url.isSpecial ? authority.drop(while: isSlash) : authority)
        }
        url = base.withoutFragment
        url.query = nil
        url.path = .segments([])
        parsePath(behind)
    }

    /// Reads what replaces the end of a base's path.
    private mutating func parseAfterCopy(_ rest: ArraySlice<UInt8>) {
        guard let first = rest.first, first != numberSign else { return parseFragment(rest) }
        url.query = nil
        if first == questionMark { return parseQuery(rest) }
        shortenPath()
        parsePath(rest)
    }

    // MARK: Host

    private mutating func parseAuthority(_ rest: ArraySlice<UInt8>) throws(WebURLFailure) {
        let end = rest.firstIndex { isSlash($0) || $0 == questionMark || $0 == numberSign }
        var authority = rest[..<(end ?? rest.endIndex)]
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
            let credentials = authority[..<at]
            let colon = credentials.firstIndex(of: colon) ?? credentials.endIndex
            url.username = EncodeSet.userInformation.encoded(credentials[..<colon])
            url.password = EncodeSet.userInformation.encoded(credentials[colon...].dropFirst())
            authority = authority[(at + 1)...]
            guard !authority.isEmpty else { throw .hostMissing }
        }
        let hostEnd = portColon(in: authority) ?? authority.endIndex
        let host = authority[..<hostEnd]
        let port = authority[hostEnd...].dropFirst()
        if host.isEmpty {
            guard !url.isSpecial, hostEnd == authority.endIndex else { throw .hostMissing }
            url.host = .empty
        } else {
            url.host = try WebHost(host, isSpecial: url.isSpecial)
        }
        url.port = try Self.port(port, scheme: url.scheme)
        parsePathStart(rest[authority.endIndex...])
    }

    /// Index of the first colon outside of brackets.
    private func portColon(in authority: ArraySlice<UInt8>) -> Int? {
        var isInBrackets = false
        for (index, byte) in zip(authority.indices, authority) {
            switch byte {
            case UInt8(ascii: "["): isInBrackets = true
            case UInt8(ascii: "]"): isInBrackets = false
            case colon where !isInBrackets: return index
            default: break
            }
        }
        return nil
    }

    private static func port(
        _ digits: ArraySlice<UInt8>,
        scheme: String
    ) throws(WebURLFailure) -> Int? {
        guard !digits.isEmpty else { return nil }
        var port = 0
        for digit in digits {
            guard digit.isDigit else { throw .portInvalid }
            port = port * 10 + Int(digit &- 0x30)
            guard port <= Int(UInt16.max) else { throw .portInvalid }
        }
        return port == WebURL.defaultPort(of: scheme) ? nil : port
    }

    // MARK: Files

    private mutating func parseFile(_ rest: ArraySlice<UInt8>) throws(WebURLFailure) {
        url.host = .empty
        let base = base.flatMap { $0.scheme == "file" ? $0 : nil }
        guard let first = rest.first, isSlash(first) else {
            guard let base else { return parsePath(rest) }
            url = base.withoutFragment
            guard startsWithDriveLetter(rest) else { return parseAfterCopy(rest) }
            url.query = nil
            url.path = .segments([])
            return parsePath(rest)
        }
        let behind = rest.dropFirst()
        if let second = behind.first, isSlash(second) {
            return try parseFileHost(behind.dropFirst())
        }
        if let base {
            url.host = base.host
            if !startsWithDriveLetter(behind), case .segments(let segments) = base.path,
                let drive = segments.first, isDriveLetter(drive.utf8, normalized: true)
            {
                url.path = .segments([drive])
            }
        }
        parsePath(behind)
    }

    private mutating func parseFileHost(_ rest: ArraySlice<UInt8>) throws(WebURLFailure) {
        let end =
            rest.firstIndex { isSlash($0) || $0 == questionMark || $0 == numberSign }
            ?? rest.endIndex
        let host = rest[..<end]
        if isDriveLetter(host, normalized: false) { return parsePath(rest) }
        if !host.isEmpty {
            let host = try WebHost(host, isSpecial: true)
            url.host = host == .domain("localhost") ? .empty : host
        }
        parsePathStart(rest[end...])
    }

    private func startsWithDriveLetter(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard isDriveLetter(bytes.prefix(2), normalized: false) else { return false }
        guard let third = bytes.dropFirst(2).first else { return true }
        return isSlash(third) || third == questionMark || third == numberSign
    }

    private func isDriveLetter(_ bytes: some Collection<UInt8>, normalized: Bool) -> Bool {
        guard bytes.count == 2, bytes.first?.isLetter == true, let second = bytes.dropFirst().first
        else { return false }
        return second == colon || !normalized && second == UInt8(ascii: "|")
    }

    // MARK: Path, query, fragment

    private mutating func parsePathStart(_ rest: ArraySlice<UInt8>) {
        if let first = rest.first, isSlash(first) {
            parsePath(rest.dropFirst())
        } else if url.isSpecial {
            parsePath(rest)
        } else {
            parseQuery(rest)
        }
    }

    /// Reads the segments behind a slash, and what follows them.
    private mutating func parsePath(_ rest: ArraySlice<UInt8>) {
        let end = rest.firstIndex { $0 == questionMark || $0 == numberSign } ?? rest.endIndex
        let pieces = rest[..<end].split(
            omittingEmptySubsequences: false,
            whereSeparator: isSlash
        )
        for (index, piece) in pieces.enumerated() {
            append(EncodeSet.path.encoded(piece), isLast: index == pieces.count - 1)
        }
        parseQuery(rest[end...])
    }

    private mutating func append(_ segment: String, isLast: Bool) {
        switch Dots(segment) {
        case .double:
            shortenPath()
            if isLast { push("") }
        case .single:
            if isLast { push("") }
        case .none:
            let isDrive =
                url.scheme == "file" && url.path == .segments([])
                && isDriveLetter(segment.utf8, normalized: false)
            push(isDrive ? String(segment.prefix(1)) + ":" : segment)
        }
    }

    private mutating func push(_ segment: String) {
        guard case .segments(var segments) = url.path else { return }
        url.path = .opaque("")  // Keeps the array from being copied.
        segments.append(segment)
        url.path = .segments(segments)
    }

    private mutating func shortenPath() {
        guard case .segments(var segments) = url.path, let first = segments.first else { return }
        let isDrive = url.scheme == "file" && segments.count == 1
        if isDrive, isDriveLetter(first.utf8, normalized: true) { return }
        url.path = .opaque("")
        segments.removeLast()
        url.path = .segments(segments)
    }

    private mutating func parseOpaquePath(_ rest: ArraySlice<UInt8>) {
        let end = rest.firstIndex { $0 == questionMark || $0 == numberSign } ?? rest.endIndex
        var text = EncodeSet.control.encoded(rest[..<end])
        if end < rest.endIndex, text.hasSuffix(" ") {
            // A space at the end would be lost when the address is read again.
            text = String(text.dropLast()) + "%20"
        }
        url.path = .opaque(text)
        parseQuery(rest[end...])
    }

    /// Reads what begins with a question mark or a number sign.
    private mutating func parseQuery(_ rest: ArraySlice<UInt8>) {
        guard rest.first == questionMark else { return parseFragment(rest) }
        let end = rest.firstIndex(of: numberSign) ?? rest.endIndex
        let set = url.isSpecial ? EncodeSet.specialQuery : .query
        url.query = set.encoded(rest[..<end].dropFirst())
        parseFragment(rest[end...])
    }

    private mutating func parseFragment(_ rest: ArraySlice<UInt8>) {
        guard rest.first == numberSign else { return }
        url.fragment = EncodeSet.fragment.encoded(rest.dropFirst())
    }

    private func isSlash(_ byte: UInt8) -> Bool {
        byte == slash || byte == UInt8(ascii: "\\") && url.isSpecial
    }

    private let slash = UInt8(ascii: "/")
    private let colon = UInt8(ascii: ":")
    private let questionMark = UInt8(ascii: "?")
    private let numberSign = UInt8(ascii: "#")
}

/// Segments that mean the same folder or the one above.
private enum Dots {
    case none, single, double

    init(_ segment: String) {
        // The longest is `%2e%2e`.
        guard segment.utf8.count <= 6, segment.utf8.contains(where: { ".%".utf8.contains($0) })
        else {
            self = .none
            return
        }
        switch segment.lowercased() {
        case ".", "%2e": self = .single
        case "..", ".%2e", "%2e.", "%2e%2e": self = .double
        default: self = .none
        }
    }
}
