/// Cuts a site's name off what a page calls its headline.
struct Headline {
    private let siteNames: Set<String>

    /// - Parameter siteNames: what the page calls its site, in any case; also the host's name.
    init(siteNames: [String]) {
        self.siteNames = Set(siteNames.map { FoldedLine($0).key }.filter { !$0.isEmpty })
    }

    /// Cuts ` | Site`, ` - Site` and `Site: ` off when the part is the site's name, and a last part
    /// behind a bar in any case.
    func withoutSiteName(_ title: String) -> String {
        var rest = title
        for _ in 0..<Self.partsMax {
            guard let cut = cutOnce(rest) else { break }
            rest = cut
        }
        return rest
    }

    private func cutOnce(_ title: String) -> String? {
        for separator in Self.separators {
            if let range = Self.lastRange(of: separator, in: title) {
                let (head, tail) = (title[..<range.lowerBound], title[range.upperBound...])
                if isSiteName(tail) || (separator.contains("|") && Self.isShort(tail, than: head)) {
                    return NormalText.string(head)
                }
            }
            if let range = title.firstRange(of: separator),
                isSiteName(title[..<range.lowerBound])
            {
                return NormalText.string(title[range.upperBound...])
            }
        }
        return nil
    }

    private func isSiteName(_ part: Substring) -> Bool {
        let key = FoldedLine(String(part)).key
        guard !key.isEmpty else { return false }
        if siteNames.contains(key) { return true }
        return key.utf8.count >= 3
            && siteNames.contains { $0.hasPrefix(key + " ") || key.hasPrefix($0 + " ") }
    }

    private static func isShort(_ tail: Substring, than head: Substring) -> Bool {
        let words = tail.utf8.count { $0 == 0x20 } + 1
        return words <= 5 && tail.utf8.count < head.utf8.count
    }

    private static func lastRange(of separator: String, in text: String) -> Range<String.Index>? {
        var found: Range<String.Index>?
        var rest = text[...]
        while let range = rest.firstRange(of: separator) {
            found = range
            rest = text[range.upperBound...]
        }
        return found
    }

    /// Section and site: two parts may follow the headline, one more stand before it.
    private static let partsMax = 3
    private static let separators = [" | ", " – ", " — ", " - ", " :: ", " » ", " · ", " • ", ": "]
}

extension FoldedLine {
    /// Letters and digits only, single spaces between words.
    var key: String {
        let words = bytes.split { !$0.isLetter && !$0.isDigit }
        return String(decoding: Array(words.joined(separator: [0x20])), as: UTF8.self)
    }
}
