/// Turns what a person types into a condition that is always valid.
///
/// `word`, `"a phrase"`, `begin*`, `-without`. All words must occur. Everything else that a
/// database would read as syntax is text here.
struct SearchExpression: Sendable, Equatable {
    /// Bytes of a query that are read; nobody types more.
    static let bytesMax = 2000
    /// Words and phrases that are read, so that no query is deeply nested or slow.
    static let termsMax = 32

    /// What must occur.
    let condition: SearchCondition

    /// Reads a query; `nil` when it asks for nothing that must occur.
    init?(_ query: String) {
        let terms = Self.terms(of: query)
        let wanted = terms.filter { !$0.isExcluded }.map(\.condition)
        let excluded = terms.filter(\.isExcluded).map(\.condition)
        guard !wanted.isEmpty else { return nil }
        let all = SearchCondition.all(wanted)
        condition = excluded.isEmpty ? all : .without(all, .any(excluded))
    }

    /// A word or phrase.
    private struct Term {
        var text = ""
        var isExcluded = false
        var isPrefix = false

        var condition: SearchCondition { .phrase(text, isPrefix: isPrefix) }

        /// The indexes keep letters and numbers; a term of anything else matches nothing.
        var hasToken: Bool {
            text.unicodeScalars.contains { scalar in
                switch scalar.properties.generalCategory {
                case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter,
                    .otherLetter, .decimalNumber, .letterNumber, .otherNumber:
                    true
                default: false
                }
            }
        }
    }

    private static let quotationMarks: Set<Unicode.Scalar> = ["\"", "“", "”", "„", "«", "»"]

    private static func terms(of query: String) -> [Term] {
        var terms: [Term] = []
        var term = Term()
        var isQuoted = false
        func finish() {
            if term.hasToken, terms.count < termsMax { terms.append(term) }
            term = Term()
        }
        for scalar in String(decoding: query.utf8.prefix(bytesMax), as: UTF8.self).unicodeScalars {
            if quotationMarks.contains(scalar) {
                let isExcluded = !isQuoted && term.text.isEmpty && term.isExcluded
                finish()
                isQuoted.toggle()
                term.isExcluded = isExcluded
            } else if !isQuoted, isBreak(scalar) {
                finish()
            } else if !isQuoted, scalar == "-", term.text.isEmpty {
                term.isExcluded = true
            } else if !isQuoted, scalar == "*", !term.text.isEmpty {
                term.isPrefix = true
                finish()
            } else {
                term.text.unicodeScalars.append(isBreak(scalar) ? " " : scalar)
            }
        }
        finish()
        return terms
    }

    private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar.value < 0x20 || scalar.value == 0x7F
    }
}
