import Foundation

/// Names of hosts in ASCII: UTS #46 without transitional processing, as the URL standard asks for
/// ("domain to ASCII", not strict).
///
/// The mapping of Unicode and its checks (NFC, joiners, direction) are ICU's, through Foundation's
/// `URL`. Foundation takes hyphens and empty labels more strictly than the standard and does not
/// look into names that are already ASCII; both are made good here. What is left: a label of
/// Unicode whose ASCII is longer than the 63 bytes that DNS takes is refused.
enum DomainName {
    private static let prefix = "xn--"
    private static let hyphen = UInt8(ascii: "-")
    /// DNS takes 253 bytes; the standard has no limit, but what is far longer is no name.
    private static let lengthMaxBytes = 4096

    /// The name in lower-case ASCII, of a host with its percent-encoding undone and without
    /// forbidden ASCII; `nil` when it cannot be one.
    static func ascii(_ bytes: [UInt8]) -> String? {
        if bytes.allSatisfy({ $0 < 0x80 }) {
            let name = String(decoding: bytes.map(\.lowercased), as: UTF8.self)
            // Few names have two hyphens side by side.
            let pairs = zip(bytes, bytes.dropFirst())
            guard pairs.contains(where: { $0 == hyphen && $1 == hyphen }) else { return name }
            return labels(of: name).contains { $0.hasPrefix(prefix) } ? mapped(name) : name
        }
        guard bytes.count <= lengthMaxBytes, let name = String(validating: bytes, as: UTF8.self)
        else { return nil }
        return mapped(name.hasPrefix("\u{FEFF}") ? String(name.dropFirst()) : name)
    }

    private static func mapped(_ name: String) -> String? {
        let labels = labels(of: String(String.UnicodeScalarView(name.unicodeScalars.map(fullStop))))
        var plain: [String] = []
        for label in labels {
            guard let unicode = unicode(label) else { return nil }
            plain.append(unicode)
        }
        guard let ascii = domain(plain) else { return nil }
        // What came in Punycode must be what the mapping makes of it: else it hides other letters.
        let results = Self.labels(of: ascii)
        for (index, label) in labels.enumerated() where isPunycode(label) {
            guard results.count == labels.count, results[index] == label.lowercased() else {
                return nil
            }
        }
        return ascii
    }

    private static func domain(_ labels: [String]) -> String? {
        if let ascii = foundationHost(labels.joined(separator: ".")) { return ascii }
        guard labels.contains(where: { $0.isEmpty || hasUnusualHyphens($0) }) else { return nil }
        let parts = labels.map { hasUnusualHyphens($0) ? labelWithHyphens($0) : foundationHost($0) }
        let known = parts.compactMap { $0 }
        return known.count == parts.count ? known.joined(separator: ".") : nil
    }

    /// The label in Unicode as it is or as its Punycode says; `nil` when that says nothing.
    private static func unicode(_ label: Substring) -> String? {
        guard isPunycode(label) else { return String(label) }
        guard let decoded = Punycode.decoded(label.dropFirst(prefix.count).lowercased()),
            decoded.utf8.contains(where: { $0 >= 0x80 })
        else { return nil }
        return decoded
    }

    private static func isPunycode(_ label: Substring) -> Bool {
        label.prefix(prefix.count).lowercased() == prefix
    }

    private static func labels(of name: String) -> [Substring] {
        name.split(separator: ".", omittingEmptySubsequences: false)
    }

    /// The other full stops of UTS #46 section 2.3 as one.
    private static func fullStop(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        ["\u{3002}", "\u{FF0E}", "\u{FF61}"].contains(scalar) ? "." : scalar
    }

    private static func foundationHost(_ host: String) -> String? {
        guard !host.isEmpty else { return "" }
        let (start, end) = ("http://", "/")
        guard let url = URL(string: start + host + end)?.absoluteString, url.hasPrefix(start),
            url.hasSuffix(end), url.utf8.allSatisfy({ $0 < 0x80 })
        else { return nil }
        let ascii = url.dropFirst(start.count).dropLast(end.count)
        return ascii.isEmpty ? nil : ascii.lowercased()
    }

    /// Whether a label begins or ends with a hyphen or has two at its third and fourth place.
    private static func hasUnusualHyphens(_ label: String) -> Bool {
        label.hasPrefix("-") || label.hasSuffix("-") || label.dropFirst(2).hasPrefix("--")
    }

    /// Maps a label between digits, so that its hyphens are usual, and takes the digits away.
    private static func labelWithHyphens(_ label: String) -> String? {
        if label.utf8.allSatisfy({ $0 < 0x80 }) { return label.lowercased() }
        let (before, after) = ("0000", "0")
        guard let ascii = foundationHost(before + label + after), ascii.hasPrefix(prefix),
            let unicode = Punycode.decoded(ascii.dropFirst(prefix.count)),
            unicode.hasPrefix(before), unicode.hasSuffix(after)
        else { return nil }
        return Punycode.encoded(String(unicode.dropFirst(before.count).dropLast(after.count)))
            .map { prefix + $0 }
    }
}
