import WirecopyMessages

/// The names of an article with the entities that they refer to.
struct LinkedNames {
    /// The spans, in the text's order.
    var spans: [NameSpan] = []
    /// For each span the index of its entity.
    var entityOfSpan: [Int] = []
    /// The entities, in the order of their first mention.
    var entities: [Entity] = []
    /// For each entity the folded hashes of the words of its titles: "minister", "secretary".
    var titleWords: [Set<UInt64>] = []

    /// Index of the span that holds a token; nil when none does.
    func spanIndex(atToken token: Int) -> Int? {
        var (low, high) = (0, spans.count)
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].tokens.upperBound <= token { low = middle + 1 } else { high = middle }
        }
        return low < spans.count && spans[low].tokens.contains(token) ? low : nil
    }

    /// Index of the first span that begins at or behind a token.
    func firstSpanIndex(fromToken token: Int) -> Int {
        var (low, high) = (0, spans.count)
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].tokens.lowerBound < token { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Decides within one document which mentions mean the same entity.
///
/// Equal forms are one; then surnames join full names, acronyms join long names, list names join
/// their canonical names, and spellings of a long surname that differ by a letter join each other.
struct EntityLinker {
    /// Spellings that are compared with each other, so that the work stays linear.
    private static let spellingsMax = 64
    /// Words beside a name in which its bearer's office is looked for.
    private static let roleTokensMax = 6

    let text: AnalysedText
    let lexicon: Lexicon

    /// The spans with their entities.
    func link(_ spans: [NameSpan]) -> LinkedNames {
        var forms = NameForms(spans: spans, text: text, lexicon: lexicon)
        joinCanonical(&forms)
        joinBracketed(&forms, spans)
        joinAcronyms(&forms)
        joinPersons(&forms)
        joinSpellings(&forms)
        joinBodies(&forms)
        return linked(spans, &forms)
    }

    // "U.S." and "United States", "NYT" and "The New York Times".
    private func joinCanonical(_ forms: inout NameForms) {
        var first: [Int32: Int] = [:]
        for index in forms.list.indices where forms.list[index].canonical >= 0 {
            guard forms.list[index].family == .other else { continue }
            if let known = first[forms.list[index].canonical] {
                forms.join(known, index)
            } else {
                first[forms.list[index].canonical] = index
            }
        }
    }

    // "Harbour Safety Board (HSB)": the brackets say it.
    private func joinBracketed(_ forms: inout NameForms, _ spans: [NameSpan]) {
        for index in spans.indices.dropFirst() {
            let (long, short) = (spans[index - 1].tokens, spans[index].tokens)
            guard short.lowerBound == long.upperBound + 1, short.count == 1, long.count > 1,
                text.tokens[long.upperBound].isMark("("), short.upperBound < text.tokens.count,
                text.tokens[short.upperBound].isMark(")"),
                text.tokens[short.lowerBound].shape.contains(.allCapitals)
            else { continue }
            let initial = text.bytes[text.tokens[short.lowerBound].start]
            guard text.tokens[long].contains(where: { text.bytes[$0.start] == initial }) else {
                continue
            }
            forms.join(forms.formOfSpan[index - 1], forms.formOfSpan[index])
        }
    }

    private func joinAcronyms(_ forms: inout NameForms) {
        var long: [UInt64: Int] = [:]
        for (index, form) in forms.list.enumerated()
        where form.family == .other && form.tokens.count > 1 {
            for acronym in NameSpelling.acronyms(of: form.tokens, text) where long[acronym] == nil {
                long[acronym] = index
            }
        }
        for (index, form) in forms.list.enumerated() where form.tokens.count == 1 {
            let token = text.tokens[form.tokens.lowerBound]
            guard token.shape.contains(.allCapitals), form.family == .other,
                let known = long[NameSpelling.letters(of: token, text)]
            else { continue }
            forms.join(known, index)
        }
    }

    private func joinPersons(_ forms: inout NameForms) {
        var byLast: [UInt64: Int] = [:]
        var byFirst: [UInt64: Int] = [:]
        var byMiddle: [UInt64: Int] = [:]
        for index in forms.list.indices where forms.isFullPerson(index) {
            let (first, last) = forms.ends(index, text)
            if let known = byLast[last] {
                // "Donald Trump" and "Donald J. Trump" are one, "Melania Trump" is another.
                let other = forms.ends(known, text)
                if other.first == first { forms.join(known, index) }
                if forms.list[index].count > forms.list[known].count { byLast[last] = index }
            } else {
                byLast[last] = index
            }
            if byFirst[first] == nil { byFirst[first] = index }
            // "Ana Quill Larch" is also called "Quill".
            let middle = forms.list[index].tokens.dropFirst().dropLast()
            for token in middle where text.tokens[token].end - text.tokens[token].start > 2 {
                let word = text.tokens[token].exact
                if byMiddle[word] == nil { byMiddle[word] = index }
            }
        }
        for index in forms.list.indices
        where forms.list[index].family == .person && forms.list[index].tokens.count == 1 {
            let word = text.tokens[forms.list[index].tokens.lowerBound].exact
            if let full = byLast[word] ?? byMiddle[word] ?? byFirst[word] {
                forms.join(full, index)
            }
        }
    }

    // "Zelensky", "Zelenskyy", "Zelenskiy".
    private func joinSpellings(_ forms: inout NameForms) {
        var buckets: [UInt64: [Int]] = [:]
        for index in forms.list.indices where forms.list[index].family == .person {
            let last = text.tokens[forms.list[index].tokens.upperBound - 1]
            guard last.end - last.start >= NameSpelling.variantBytesMin else { continue }
            let beginning = text.bytes[last.start..<(last.start + 3)]
            buckets[beginning.reduce(WordHash.seed) { WordHash.mix($0, $1) }, default: []].append(
                index
            )
        }
        for bucket in buckets.values {
            let bucket = bucket.prefix(Self.spellingsMax)
            for (position, left) in bucket.enumerated() {
                for right in bucket.dropFirst(position + 1) where isVariant(left, right, forms) {
                    forms.join(left, right)
                }
            }
        }
    }

    private func isVariant(_ left: Int, _ right: Int, _ forms: NameForms) -> Bool {
        let (one, two) = (forms.list[left].tokens, forms.list[right].tokens)
        if one.count > 1, two.count > 1 {
            let (first, other) = (text.tokens[one.lowerBound], text.tokens[two.lowerBound])
            guard text.bytes[first.start] == text.bytes[other.start] else { return false }
        }
        return NameSpelling.isVariant(
            text.tokens[one.upperBound - 1],
            text.tokens[two.upperBound - 1],
            text
        )
    }

    // "Supreme Court" and "United States Supreme Court", "Port Authority" and "… of Quill".
    private func joinBodies(_ forms: inout NameForms) {
        var parts: [UInt64: Int] = [:]
        for (index, form) in forms.list.enumerated()
        where form.family == .other && form.tokens.count > 1 && form.type == .organisation {
            for part in NameSpelling.parts(of: form.tokens, text) where parts[part] == nil {
                parts[part] = index
            }
        }
        for (index, form) in forms.list.enumerated()
        where form.family == .other && form.type == .organisation {
            guard let whole = parts[form.key], whole != index else { continue }
            forms.join(whole, index)
        }
    }

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
        var best: [Int] = []
        var votes: [[EntityType: Int]] = []
        for (index, span) in spans.enumerated() {
            let form = forms.formOfSpan[index]
            let root = forms.root(form)
            let entity = entityOfRoot[root] ?? best.count
            if entity == best.count {
                entityOfRoot[root] = entity
                best.append(form)
                votes.append([:])
                names.titleWords.append([])
            } else if forms.isFuller(form, than: best[entity], text) {
                best[entity] = form
            }
            votes[entity][span.type, default: 0] += span.evidence.rawValue + 1
            names.titleWords[entity].formUnion(roles(of: span))
            names.entityOfSpan.append(entity)
        }
        names.entities = best.indices.map { entity in
            let type = votes[entity].max {
                ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue)
            }
            return Entity(
                name: text.string(forms.list[best[entity]].tokens),
                type: type?.key ?? .other
            )
        }
        for index in names.spans.indices where names.spans[index].evidence == .guess {
            names.spans[index].type = names.entities[names.entityOfSpan[index]].type
        }
        return names
    }
}
