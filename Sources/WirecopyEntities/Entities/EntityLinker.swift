import WirecopyMessages

/// Decides within one document which mentions mean the same entity.
///
/// A user's list comes first and wins; then equal letters are one, a long name and the short one in
/// brackets behind it, the names of one person, and the names of one body, place or thing.
struct EntityLinker {
    /// Words beside a name in which its bearer's office is looked for.
    private static let roleTokensMax = 6
    /// Bytes of a short name in brackets.
    private static let bracketedBytesMax = 16

    /// Abbreviations of those who speak in an interview.
    private static let turnsMax = 8

    let text: AnalysedText
    let lexicon: Lexicon
    var aliases = AliasList()

    /// The spans with their entities.
    func link(_ spans: [NameSpan]) -> LinkedNames {
        let spans = aliases.isEmpty ? spans : told(spans)
        var forms = NameForms(spans: spans, text: text, lexicon: lexicon, aliases: aliases)
        joinBracketed(&forms, spans)
        PersonLinker(text: text, lexicon: lexicon).join(&forms)
        joinTurns(&forms)
        BodyLinker(text: text, lexicon: lexicon).join(&forms)
        return linked(spans, &forms)
    }

    /// The spans without those that a user's list calls no names, and with the types that it gives.
    private func told(_ spans: [NameSpan]) -> [NameSpan] {
        spans.compactMap { span in
            let key = NameForms.key(span.tokens, text)
            guard !aliases.isNoName(key) else { return nil }
            guard let type = aliases.type(of: key) else { return span }
            var span = span
            (span.type, span.evidence) = (type, .strong)
            return span
        }
    }

    // "Harbour Safety Board (HSB)": the brackets say it.
    private func joinBracketed(_ forms: inout NameForms, _ spans: [NameSpan]) {
        for index in spans.indices.dropFirst() {
            let (outer, inner) = (spans[index - 1], spans[index])
            guard inner.tokens.lowerBound == outer.tokens.upperBound + 1,
                text.tokens[outer.tokens.upperBound].isMark("("),
                inner.tokens.upperBound < text.tokens.count,
                text.tokens[inner.tokens.upperBound].isMark(")"),
                isShort(inner, of: outer) || isShort(outer, of: inner)
            else { continue }
            forms.join(forms.formOfSpan[index - 1], forms.formOfSpan[index])
        }
    }

    /// Whether a name is made of letters of a longer one, in their order.
    private func isShort(_ short: NameSpan, of long: NameSpan) -> Bool {
        let (inner, outer) = (text.range(short.tokens), text.range(long.tokens))
        guard short.tokens.count <= 3, long.tokens.count > 1, inner.count > 1,
            inner.count <= Self.bracketedBytesMax, 2 * inner.count <= outer.count,
            // In "Parliament of New Quill (NQ)" the brackets belong to the place.
            short.type != .politicalPlace || long.type == .politicalPlace
        else { return false }
        let (letters, whole) = (letters(short.tokens), letters(long.tokens))
        if short.type == .person || long.type == .person {
            // "Mary Quill (QPB)" gives a party more often than initials.
            return letters == long.tokens.compactMap { self.letters($0..<($0 + 1)).first }
        }
        guard letters.count > 1, let initial = letters.first else { return false }
        // "National Union of Transport (TNU)": an acronym may begin with another word's letter.
        let start = isAcronym(short) ? whole.firstIndex(of: initial) ?? 0 : 0
        return Self.hold(Array(whole[start...]), letters)
    }

    // In an interview the letters that begin its turns are those of who asks: "WN" of "Wirenews".
    private func joinTurns(_ forms: inout NameForms) {
        let turns = forms.list.indices.filter { forms.list[$0].count > 1 && isTurn(forms.list[$0]) }
        for index in turns.prefix(Self.turnsMax) {
            let form = forms.list[index]
            let letters = letters(form.tokens)
            let names = forms.list.indices.filter { other in
                let whole = forms.list[other]
                return other != index && whole.type == form.type
                    && whole.key != form.key && whole.words.count == 1
                    && Self.hold(self.letters(whole.tokens), letters)
            }
            if let root = forms.onlyRoot(names) { forms.join(root, index) }
        }
    }

    /// Whether a form is an acronym that first stands at a line's beginning, perhaps in brackets.
    private func isTurn(_ form: NameForms.Form) -> Bool {
        guard form.type == .organisation, Acronyms.isAcronym(form.tokens, text) else {
            return false
        }
        var byte = text.tokens[form.tokens.lowerBound].start - 1
        while byte >= 0, text.bytes[byte] == UInt8(ascii: "(") || text.bytes[byte] == 0x20 {
            byte -= 1
        }
        return byte < 0 || text.bytes[byte] == 0x0A
    }

    private func letters(_ tokens: Range<Int>) -> [UInt32] {
        let bytes = text.range(tokens)
        return NameLetters.letters(text.bytes, bytes.start..<bytes.end)
    }

    /// Whether letters stand in others in their order, the first in front.
    private static func hold(_ whole: [UInt32], _ letters: [UInt32]) -> Bool {
        guard letters.first == whole.first else { return false }
        var rest = whole[...]
        for letter in letters {
            guard let found = rest.firstIndex(of: letter) else { return false }
            rest = rest[(found + 1)...]
        }
        return true
    }

    private func isAcronym(_ span: NameSpan) -> Bool { Acronyms.isAcronym(span.tokens, text) }

    // Titles before the name, in any case, and an office in apposition behind it.
    private func roles(of span: NameSpan) -> [UInt64] {
        guard span.type == .person else { return [] }
        var words = text.tokens[span.title].map(\.folded)
        var before = span.tokens.lowerBound - 1
        while before >= 0, span.tokens.lowerBound - before <= Self.roleTokensMax,
            text.tokens[before].kind == .word
        {
            let token = text.tokens[before]
            guard NameWords.title.contains(token) || NameWords.titleModifier.contains(token) else {
                break
            }
            words.append(token.folded)
            before -= 1
        }
        let comma = span.tokens.upperBound
        guard comma < text.tokens.count, text.tokens[comma].isMark(",") else { return words }
        for token in text.tokens[(comma + 1)...].prefix(Self.roleTokensMax) {
            guard token.kind == .word else { break }
            if NameWords.title.contains(token) { words.append(token.folded) }
        }
        return words
    }

    private func linked(_ spans: [NameSpan], _ forms: inout NameForms) -> LinkedNames {
        var names = LinkedNames()
        names.spans = spans
        var entityOfRoot: [Int: Int] = [:]
        var members: [[Int]] = []
        var votes: [[EntityType: Int]] = []
        var seen = [Bool](repeating: false, count: forms.list.count)
        for (index, span) in spans.enumerated() {
            let form = forms.formOfSpan[index]
            let root = forms.root(form)
            let entity = entityOfRoot[root] ?? members.count
            if entity == members.count {
                entityOfRoot[root] = entity
                members.append([])
                votes.append([:])
                names.titleWords.append([])
            }
            if !seen[form] {
                seen[form] = true
                members[entity].append(form)
            }
            votes[entity][span.type, default: 0] += span.evidence.rawValue + 1
            names.titleWords[entity].formUnion(roles(of: span))
            names.entityOfSpan.append(entity)
        }
        names.entities = members.indices.map { entity in
            let type = votes[entity].max {
                ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue)
            }
            let name = EntityName(text: text, aliases: aliases, type: type?.key ?? .other)
            return Entity(name: name.best(members[entity].map { forms.list[$0] }), type: name.type)
        }
        for index in names.spans.indices where names.spans[index].evidence == .guess {
            names.spans[index].type = names.entities[names.entityOfSpan[index]].type
        }
        return names
    }
}
