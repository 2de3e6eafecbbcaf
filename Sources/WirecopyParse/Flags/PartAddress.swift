/// An address cut into what all parts of an article have in common, and the number of the part.
struct PartAddress: Sendable, Equatable {
    /// Host, path and query without the number.
    let base: String
    /// 1 for an address without a number.
    let number: Int

    /// `/river?page=2`, `/river/2/`, `/river/page/2`, `/river-2.html` are part 2 of `/river`; what
    /// has more than two digits is an article's number.
    init(_ url: String) {
        let address = url.firstRange(of: "://").map { String(url[$0.upperBound...]) } ?? url
        let withoutFragment = address.prefix { $0 != "#" }
        let parts = withoutFragment.split(separator: "?", maxSplits: 1).map(String.init)
        var (path, number) = Self.cut(parts.first ?? "")
        let pairs = parts.count < 2 ? [] : parts[1].split(separator: "&").prefix(Self.pairsMax)
        for pair in pairs {
            let key = pair.prefix { $0 != "=" }
            let value = pair.dropFirst(key.count + 1)
            if Self.keys.contains(key.lowercased()), 1...2 ~= value.utf8.count,
                let part = Int(value)
            {
                number = part
            } else {
                path += "&" + pair
            }
        }
        base = path.lowercased()
        self.number = number
    }

    private static func cut(_ path: String) -> (String, Int) {
        var rest = path[...]
        while rest.last == "/" { rest = rest.dropLast() }
        var suffix = ""
        if let point = rest.lastIndex(of: "."), rest[point...].utf8.count <= 6,
            !rest[point...].contains("/"), rest.contains("/")
        {
            suffix = String(rest[point...])
            rest = rest[..<point]
        }
        let digits = rest.reversed().prefix { $0.isASCII && $0.isNumber }.count
        guard 1...2 ~= digits, let number = Int(rest.suffix(digits)) else {
            return (String(rest) + suffix, 1)
        }
        var stem = rest.dropLast(digits)
        for word in words where stem.hasSuffix(word) { stem = stem.dropLast(word.count) }
        guard stem.utf8.count + digits < rest.utf8.count || stem.last == "/" else {
            return (String(rest) + suffix, 1)
        }
        while let last = stem.last, "/-_,".contains(last) { stem = stem.dropLast() }
        return (String(stem) + suffix, number)
    }

    private static let pairsMax = 40
    private static let keys: Set<String> = [
        "page", "pg", "p", "seite", "pagina", "part", "page_no",
    ]
    /// What stands before the number, longest first.
    private static let words = ["page", "seite", "-p", "_p", "-", "_", ","]
}
