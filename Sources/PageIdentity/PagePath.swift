/// A path, and what all forms of its page share.
struct PagePath: Sendable {
    private var segments: [String]

    init(_ path: String) {
        segments = path.split(separator: "/").map { Self.normal(String($0)) }
    }

    /// Segments that ask for a version of a page, when they stand first or last beside a segment
    /// that looks like an article's: `/desk/harbour-wall-opens-4711/amp` goes with the page,
    /// `/topics/amp` is a page.
    private static let versions: Set<String> = [
        "amp", "amp.html", "print", "print.html", "printable", "printversion", "printer-friendly",
    ]

    /// Endings of a last segment that ask for a version: `4711.amp.html` is `4711.html`.
    private static let endings = [
        (".amp.html", ".html"), (".amp", ""), (".print.html", ".html"), (".print", ""),
        ("-amp.html", ".html"), ("-print.html", ".html"), ("_print.html", ".html"),
    ]

    /// Names of files that servers show for a folder.
    private static let indexFiles: Set<String> = [
        "index.html", "index.htm", "index.php", "index.shtml", "default.aspx",
    ]

    /// The path without marks of versions, file names of folders and a final slash.
    var key: String {
        var segments = segments
        if let last = segments.last, Self.indexFiles.contains(last.lowercased()) {
            segments.removeLast()
        }
        if let last = segments.last, Self.isVersion(last),
            segments.dropLast().last.map(Self.looksLikeArticle) == true
        {
            segments.removeLast()
        } else if segments.count > 1, let last = segments.last, Self.looksLikeArticle(last) {
            segments = Self.withoutVersionInFront(segments)
        }
        if let last = segments.popLast() { segments.append(Self.withoutEnding(last)) }
        return "/" + segments.joined(separator: "/")
    }

    private static func isVersion(_ segment: String) -> Bool {
        versions.contains(segment.lowercased())
    }

    /// Takes the mark from the first or second place: `/amp/desk/...`, `/desk/amp/...`.
    private static func withoutVersionInFront(_ segments: [String]) -> [String] {
        var segments = segments
        let places = segments.dropLast().prefix(2)
        if let place = places.firstIndex(where: isVersion) { segments.remove(at: place) }
        return segments
    }

    /// Whether a segment has words or a number as titles and identifiers of articles have: three
    /// words, four digits or a file's ending.
    private static func looksLikeArticle(_ segment: String) -> Bool {
        let breaks = segment.utf8.count { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
        let digits = segment.utf8.count { 0x30...0x39 ~= $0 }
        return breaks >= 2 || digits >= 4 || segment.lowercased().hasSuffix(".html")
    }

    private static func withoutEnding(_ segment: String) -> String {
        let lower = segment.lowercased()
        for (ending, replacement) in endings
        where lower.hasSuffix(ending) && lower.utf8.count > ending.utf8.count {
            return String(segment.dropLast(ending.count)) + replacement
        }
        return segment
    }

    /// With capital digits in percent-encodings, and those of unreserved characters undone.
    private static func normal(_ segment: String) -> String {
        guard segment.utf8.contains(UInt8(ascii: "%")) else { return segment }
        var output = ""
        var rest = segment[...]
        while let character = rest.popFirst() {
            let digits = rest.prefix(2)
            guard character == "%", digits.utf8.count == 2, let value = UInt8(digits, radix: 16)
            else {
                output.append(character)
                continue
            }
            let decoded = Character(Unicode.Scalar(value))
            let isUnreserved =
                decoded.isASCII
                && (decoded.isLetter || decoded.isNumber || "-._~".contains(decoded))
            output += isUnreserved ? String(decoded) : "%" + digits.uppercased()
            rest = rest.dropFirst(2)
        }
        return output
    }
}
