import HTMLDocument

/// Text out of strings that may hold markup or character references.
enum PlainText {
    /// Takes tags away and resolves references, once more when references appear behind them:
    /// `A &amp;amp; B` is `A & B`.
    static func withoutMarkup(_ text: String) -> String {
        var plain = NormalText.string(text)
        for _ in 0..<roundsMax where plain.utf8.contains(where: isMarkup) {
            let document = HTMLDocument(parsingFragment: Array(plain.utf8))
            plain = NormalText.string(document.textContent(of: document.root))
        }
        return plain
    }

    private static func isMarkup(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "&") || byte == UInt8(ascii: "<")
    }

    /// Escaped twice is common, three times an accident.
    private static let roundsMax = 2
}
