import WirecopyMessages

/// Takes offices for what they are: "US Secretary of State" is no person, only its country a name.
struct OfficeNames {
    let text: AnalysedText
    let lexicon: Lexicon

    /// The spans without persons that are offices; the country before an office stays.
    func removed(from spans: [NameSpan]) -> [NameSpan] {
        spans.compactMap { span in
            guard span.type == .person, span.tokens.count > 1 else { return span }
            let country = lexicon.longestMatch(
                text.tokens,
                from: span.tokens.lowerBound,
                limit: span.tokens.upperBound
            )
            let isCountry =
                country.map {
                    !$0.senses.isDisjoint(with: [.country, .demonym]) && $0.tokens != span.tokens
                } ?? false
            let start = isCountry ? country?.tokens.upperBound : span.tokens.lowerBound
            guard let start, isOffice(start..<span.tokens.upperBound, isWhole: !isCountry) else {
                return span
            }
            guard isCountry, let country else { return nil }
            let isPeople = !country.senses.contains(.country)
            return NameSpan(country.tokens, isPeople ? .group : .politicalPlace, .strong)
        }
    }

    /// Whether all words are those of an office; alone, a word that only offices have among them.
    private func isOffice(_ tokens: Range<Int>, isWhole: Bool) -> Bool {
        let words = text.tokens[tokens]
        guard words.contains(where: { NameWords.title.contains($0) }) else { return false }
        let isAll = words.allSatisfy { token in
            NameWords.title.contains(token) || NameWords.titleModifier.contains(token)
                || NameWords.titleTail.contains(token) || Self.small.contains(token)
        }
        let isTold = words.contains {
            Self.small.contains($0)
                || NameWords.titleModifier.contains($0) && !NameWords.title.contains($0)
        }
        return isAll && (isTold || !isWhole)
    }

    private static let small = WordSet("of for the and")
}
