import WirecopyMessages

/// Decides on an article's headline among what a page offers.
struct Headline {
    /// A text that may be the headline.
    struct Witness {
        /// As `Evidenced.source` names it.
        let source: String
        let text: String
        /// From 0 to 1, when nothing else speaks for or against it.
        let confidence: Double
    }

    private let siteNames: Set<String>

    /// - Parameter siteNames: what the page calls its site, in any case; also the host's name.
    init(siteNames: [String]) {
        self.siteNames = Set(siteNames.map { FoldedLine($0).key }.filter { !$0.isEmpty })
    }

    /// The headline of the first witness that has one, worded as readers see it.
    ///
    /// - Parameters:
    ///   - witnesses: the best first.
    ///   - visible: headings of the page's text; one that says the same as the witness gives the
    ///     wording, since metadata is often shortened or decorated.
    /// - Returns: `nil` when no witness has a headline.
    func decided(_ witnesses: [Witness], visible: [String]) -> Evidenced? {
        let headings = visible.map { (text: $0, key: FoldedLine($0).key) }
            .filter { !$0.key.isEmpty && !siteNames.contains($0.key) }
        for witness in witnesses {
            let title = withoutSiteName(NormalText.string(witness.text))
            let key = FoldedLine(title).key
            guard !key.isEmpty, !siteNames.contains(key) else { continue }
            let heading = headings.first { Self.agree($0.key, key) }
            let confidence = heading == nil ? witness.confidence : max(witness.confidence, 0.95)
            return Evidenced(
                NormalText.prefix(heading?.text ?? title, bytes: Self.bytesMax),
                source: heading == nil ? witness.source : "h1",
                confidence: confidence,
                evidence: heading == nil || heading?.text == witness.text
                    ? nil : NormalText.prefix(witness.text, bytes: 200)
            )
        }
        return nil
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
            if let range = Self.firstRange(of: separator, in: title),
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

    /// Whether two keys are the same headline: equal, or one begins with the other.
    private static func agree(_ heading: String, _ title: String) -> Bool {
        if heading == title { return true }
        let (short, long) =
            heading.utf8.count < title.utf8.count ? (heading, title) : (title, heading)
        return short.utf8.count >= agreeingBytesMin
            && short.utf8.count * 2 >= long.utf8.count && long.contains(short)
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

    private static func firstRange(of separator: String, in text: String) -> Range<String.Index>? {
        text.firstRange(of: separator)
    }

    /// A headline of more bytes is none.
    private static let bytesMax = 500
    /// Section and site: two parts may follow the headline, one more stand before it.
    private static let partsMax = 3
    /// Shorter headings agree with too much.
    private static let agreeingBytesMin = 12
    private static let separators = [" | ", " – ", " — ", " - ", " :: ", " » ", " · ", " • ", ": "]
}

extension FoldedLine {
    /// Letters and digits only, single spaces between words.
    var key: String {
        let words = bytes.split { !$0.isLetter && !$0.isDigit }
        return String(decoding: Array(words.joined(separator: [0x20])), as: UTF8.self)
    }
}
