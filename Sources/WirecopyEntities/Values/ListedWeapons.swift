import WirecopyMessages

/// Adds the weapons of the lists that the tagger passed over.
///
/// A name that is also a word, a person or anything else counts only beside a word of arms:
/// "Patriot missiles", not "a Patriot of the old school".
struct ListedWeapons {
    let text: AnalysedText
    let lexicon: Lexicon

    /// The spans and those of listed weapons between them, in the text's order.
    func added(to spans: [NameSpan]) -> [NameSpan] {
        var all: [NameSpan] = []
        all.reserveCapacity(spans.count)
        var index = 0
        for span in spans {
            add(from: index, to: span.tokens.lowerBound, &all)
            all.append(span)
            index = max(index, span.tokens.upperBound)
        }
        add(from: index, to: text.tokens.count, &all)
        return all
    }

    private func add(from start: Int, to end: Int, _ spans: inout [NameSpan]) {
        var index = start
        while index < end, spans.count < NameRules.mentionsMax {
            let token = text.tokens[index]
            guard token.kind == .word, token.isCapitalised || token.shape.contains(.digit),
                let match = lexicon.longestMatch(text.tokens, from: index, limit: end),
                match.senses.contains(.weapon), isWeapon(match)
            else {
                index += 1
                continue
            }
            var span = NameSpan(match.tokens, .weapon, .strong)
            span.isListed = true
            spans.append(span)
            index = match.tokens.upperBound
        }
    }

    private func isWeapon(_ match: Lexicon.Match) -> Bool {
        let first = text.tokens[match.tokens.lowerBound]
        let isPlain =
            match.tokens.count == 1 && !first.shape.contains(.digit)
            && !first.shape.contains(.allCapitals)
        guard isPlain || match.senses != .weapon else { return true }
        return isArms(match.tokens.upperBound) || isArms(match.tokens.upperBound + 1)
            || match.tokens.lowerBound > 0 && isArms(match.tokens.lowerBound - 1)
    }

    private func isArms(_ index: Int) -> Bool {
        index < text.tokens.count && Self.arms.contains(text.tokens[index])
    }

    private static let arms = WordSet(
        """
        missile missiles rocket rockets drone drones tank tanks launcher launchers howitzer
        howitzers system systems battery batteries jet jets fighter fighters bomber bombers
        helicopter helicopters warplane warplanes aircraft shell shells artillery munition
        munitions ammunition rifle rifles bomb bombs interceptor interceptors armoured armored
        vehicle vehicles submarine submarines warship cruise ballistic air-defence air-defense
        anti-tank anti-aircraft surface-to-air supersonic hypersonic uav uavs
        """
    )
}
