import WirecopyMessages

/// Joins the names of one thing that is no person: acronyms, short forms, names of the lists.
///
/// Linear in the number of forms: of the long names that share a part only the first few count.
struct BodyLinker {
    /// Shorter names of places and bodies that differ by a letter are mostly different things.
    private static let variantLettersMin = 6
    private static let modifier = WordSet("international regional municipal memorial")
    /// Long names that share a part or an acronym and are compared.
    private static let sharingMax = 16

    let text: AnalysedText
    let lexicon: Lexicon

    /// Joins what is one.
    func join(_ forms: inout NameForms) {
        joinCanonical(&forms)
        joinEqual(&forms)
        joinInitials(&forms)
        joinVariants(&forms)
        joinAcronyms(&forms)
        joinTurned(&forms)
        joinParts(&forms)
    }

    // "U.S." and "United States", "NYT" and "The New York Times".
    private func joinCanonical(_ forms: inout NameForms) {
        var first: [UInt64: Int] = [:]
        for (index, form) in forms.list.enumerated()
        where form.canonical >= 0 && form.family == .other {
            let key = WordHash.join(UInt64(form.canonical), Self.class(of: form.type))
            if let known = first[key] { forms.join(known, index) } else { first[key] = index }
        }
    }

    /// Things that are not of one class have no name in common: the language and the country.
    private static func `class`(of type: EntityType) -> UInt64 {
        switch type {
        case .politicalPlace, .place: 1
        case .organisation, .facility: 2
        case .product, .weapon: 3
        default: WordHash.folded(type.rawValue)
        }
    }

    // "Hurricane Quill" and "Quill", "U.S. Navy" and "United States Navy", "Quill Airport" and
    // "Quill International Airport".
    private func joinEqual(_ forms: inout NameForms) {
        var first: [UInt64: Int] = [:]
        for (index, form) in forms.list.enumerated() where form.family == .other {
            let telling = telling(form)
            guard !telling.isEmpty, form.type != .politicalPlace || form.canonical < 0 else {
                continue
            }
            let key = WordHash.join(NameWord.hash(telling[...]), Self.class(of: form.type))
            if let known = first[key] { forms.join(known, index) } else { first[key] = index }
        }
    }

    /// The words that tell a name from others of its kind: of an event without its country.
    private func telling(_ form: NameForms.Form) -> [NameWord] {
        let words = form.words.filter { !Self.modifier.contains(text.tokens[$0.token]) }
        guard form.type == .event else { return words }
        let rest = words.filter { !$0.isCountry }
        return rest.count > 2 ? rest : words
    }

    // "Larus quillensis" and "L. quillensis".
    private func joinInitials(_ forms: inout NameForms) {
        var long: [UInt64: Int] = [:]
        for pass in [false, true] {
            for (index, form) in forms.list.enumerated()
            where form.family == .other && form.words.count > 1 {
                let first = form.words[0]
                guard (first.letterCount == 1) == pass else { continue }
                let rest = NameWord.hash(form.words.dropFirst())
                let key = WordHash.join(rest, UInt64(first.initial))
                if !pass { long[key] = long[key] ?? index }
                if pass, let known = long[key] { forms.join(known, index) }
            }
        }
    }

    // "Isfahan" and "Esfahan": other spellings of one word, of which the lists know at most one.
    private func joinVariants(_ forms: inout NameForms) {
        var buckets: [UInt64: [Int]] = [:]
        for (index, form) in forms.list.enumerated()
        where form.words.count == 1 && !form.words[0].isCountry {
            guard [.politicalPlace, .place, .organisation].contains(form.type),
                form.words[0].letterCount >= Self.variantLettersMin
            else { continue }
            let key = WordHash.join(UInt64(form.words[0].initial), Self.class(of: form.type))
            let bucket = buckets[key] ?? []
            if bucket.count < Self.sharingMax { buckets[key] = bucket + [index] }
        }
        for bucket in buckets.sorted(by: { $0.key < $1.key }).map(\.value) {
            for (position, left) in bucket.enumerated() {
                for right in bucket.dropFirst(position + 1) {
                    let (one, two) = (forms.list[left], forms.list[right])
                    guard !isListed(one) || !isListed(two),
                        NameSpelling.isVariant(one.words[0], two.words[0], text, strictly: true)
                    else { continue }
                    forms.join(left, right)
                }
            }
        }
    }

    private func isListed(_ form: NameForms.Form) -> Bool {
        !lexicon.senses(text.tokens[form.words[0].token]).isEmpty
    }

    private func joinAcronyms(_ forms: inout NameForms) {
        var long: [UInt64: [Int]] = [:]
        for (index, form) in forms.list.enumerated()
        where form.family == .other && form.tokens.count > 1 {
            for acronym in Set(Acronyms.of(form, text)) {
                guard (long[acronym]?.count ?? 0) < Self.sharingMax else { continue }
                long[acronym, default: []].append(index)
            }
        }
        for (index, form) in forms.list.enumerated()
        where form.family == .other && Acronyms.isAcronym(form.tokens, text) {
            let known = long[form.key] ?? []
            let sameType = known.filter { forms.list[$0].type == form.type }
            let isShort = text.range(form.tokens).count == 2
            guard let whole = sameType.first ?? (isShort ? nil : known.first) else { continue }
            forms.join(whole, index)
        }
    }

    // "State Department" and "United States Department of State": the same words around one head.
    private func joinTurned(_ forms: inout NameForms) {
        var exact: [UInt64: Int] = [:]
        var withoutCountry: [UInt64: [Int]] = [:]
        for (index, form) in forms.list.enumerated() {
            guard let turned = TurnedName(form) else { continue }
            if let known = exact[turned.all] {
                forms.join(known, index)
            } else {
                exact[turned.all] = index
            }
            guard turned.all != turned.withoutCountry else { continue }
            guard (withoutCountry[turned.withoutCountry]?.count ?? 0) < Self.sharingMax else {
                continue
            }
            withoutCountry[turned.withoutCountry, default: []].append(index)
        }
        for (index, form) in forms.list.enumerated() {
            guard let turned = TurnedName(form), turned.all == turned.withoutCountry,
                turned.count > 1, let root = forms.onlyRoot(withoutCountry[turned.all] ?? [])
            else { continue }
            forms.join(root, index)
        }
    }

    // "Supreme Court" and "United States Supreme Court", "Port Authority" and "… of Quill".
    private func joinParts(_ forms: inout NameForms) {
        let rules = NameParts(text: text, lexicon: lexicon)
        var parts: [UInt64: [NameParts.Part]] = [:]
        for (index, form) in forms.list.enumerated() where form.family == .other {
            for part in rules.parts(of: form, index) {
                guard (parts[part.key]?.count ?? 0) < Self.sharingMax else { continue }
                parts[part.key, default: []].append(part)
            }
        }
        guard !parts.isEmpty else { return }
        // Longer names first, so that "House" finds what "House of Representatives" belongs to.
        let order = forms.list.indices.filter { forms.list[$0].family == .other }
            .sorted { (forms.list[$1].words.count, $0) < (forms.list[$0].words.count, $1) }
        for index in order {
            let form = forms.list[index]
            let wholes = (parts[NameWord.hash(form.words[...])] ?? [])
                .filter { $0.form != index && rules.fits(form, $0, forms.list[$0.form]) }
                .map(\.form)
            guard let whole = forms.onlyRoot(wholes) ?? nearest(wholes, to: form, forms) else {
                continue
            }
            forms.join(whole, index)
        }
    }

    /// The name that was given last before a short form of several.
    private func nearest(_ wholes: [Int], to form: NameForms.Form, _ forms: NameForms) -> Int? {
        wholes.filter { forms.list[$0].tokens.lowerBound < form.tokens.lowerBound }
            .max { forms.list[$0].tokens.lowerBound < forms.list[$1].tokens.lowerBound }
    }
}

/// The words of a body's name in an order of their own, with its head apart.
private struct TurnedName {
    /// Hash of head and words.
    let all: UInt64
    /// The same without countries.
    let withoutCountry: UInt64
    /// Words without small ones and countries.
    let count: Int

    /// Nil for what is no body, and for a single word.
    init?(_ form: NameForms.Form) {
        guard form.type == .organisation || form.type == .law || form.type == .facility,
            form.words.count > 1
        else { return nil }
        let link = form.words.firstIndex(where: \.isSmall) ?? form.words.count
        guard link > 0 else { return nil }
        let head = form.words[link - 1].hash
        let content = form.words.filter { !$0.isSmall }.sorted { $0.hash < $1.hash }
        let home = content.filter { !$0.isCountry }
        all = WordHash.join(NameWord.hash(content[...]), head)
        withoutCountry = WordHash.join(NameWord.hash(home[...]), head)
        count = home.count
    }
}
