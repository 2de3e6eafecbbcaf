import Foundation

/// Whether two values of a field are the same, as `score_articles.py` folds them.
enum FieldGold {
    /// Compatibility forms, quotation marks, dashes and spaces made plain; case stays.
    static func title(_ text: String) -> String {
        var folded = ""
        for scalar in text.precomposedStringWithCompatibilityMapping.unicodeScalars {
            switch scalar.value {
            case 0x2018...0x201B, 0x60, 0xB4: folded += "'"
            case 0x201C...0x201E, 0xAB, 0xBB: folded += "\""
            case 0x2010, 0x2011, 0x2013, 0x2014, 0x2212: folded += "-"
            case 0xAD, 0x200B, 0x200E, 0x200F, 0xFEFF: break
            default: folded.unicodeScalars.append(scalar)
            }
        }
        return folded.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Names without case, accents and punctuation, cut where lists of names are.
    static func names(_ texts: [String]) -> Set<String> {
        var names: Set<String> = []
        for text in texts {
            var rest = title(text)
            for joint in joints {
                rest = rest.replacingOccurrences(
                    of: joint,
                    with: "\n",
                    options: .caseInsensitive
                )
            }
            for part in rest.split(separator: "\n") {
                var words = BlockAnswers.words(plain(String(part)))
                if words.count > 1, let first = words.first, leads.contains(first) {
                    words.removeFirst()
                }
                if !words.isEmpty { names.insert(words.joined(separator: " ")) }
            }
        }
        return names
    }

    /// The first ten characters of a date, when they are a day.
    static func day(_ text: String) -> String? {
        let day = text.trimmingCharacters(in: .whitespaces).prefix(10)
        return day.utf8.count == 10 && day.utf8.count(where: { $0 == UInt8(ascii: "-") }) == 2
            ? String(day) : nil
    }

    /// Whether a date is the true day; `nil` where nobody knows: a truth in UTC may be the day
    /// before or behind the page's own.
    static func isDay(_ text: String, _ day: String, _ published: String?) -> Bool? {
        guard let found = Self.day(text) else { return false }
        if found == day { return true }
        guard published?.hasSuffix("Z") == true, let one = date(found), let other = date(day) else {
            return false
        }
        return abs(one.timeIntervalSince(other)) < 90_000 ? nil : false
    }

    private static func date(_ day: String) -> Date? {
        try? Date(day + "T00:00:00Z", strategy: .iso8601)
    }

    private static func plain(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in text.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars
        where scalar.properties.canonicalCombiningClass == .notReordered {
            plain.append(scalar)
        }
        return String(plain)
    }

    private static let joints =
        [";", ",", "&", "/", "|", "·", "•"]
        + [
            " and ", " und ", " et ", " y ", " e ", " en ", " og ", " och ", " и ", " та ",
            " with ", " mit ",
        ]
    private static let leads: Set<String> = ["by", "von", "par", "por", "text", "autor", "author"]
}
