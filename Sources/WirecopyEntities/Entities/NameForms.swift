import WirecopyMessages

/// The different forms of names in a document, joined step by step into entities (union-find).
struct NameForms {
    /// Forms of different families are not compared: "Russia" and "Russian" are two things.
    enum Family: UInt8, Hashable {
        case person, group, other

        /// The family of a type.
        init(_ type: EntityType) {
            switch type {
            case .person: self = .person
            case .group: self = .group
            default: self = .other
            }
        }
    }

    /// One spelling of a name.
    struct Form {
        /// Hash of the letters, without a leading "the".
        let key: UInt64
        /// Where it stands first.
        let tokens: Range<Int>
        let type: EntityType
        /// Index of its canonical name in the lists, or -1.
        let canonical: Int32
        let isCanonicalName: Bool
        /// The words that are compared.
        let words: [NameWord]
        /// Hash of "Jr." or "III" behind the name, or 0.
        let generation: UInt64
        /// What a form of address or the given name says: "Ms. Quill", "Ada Quill".
        let gender: PersonGender
        /// Whether a title stands before it: "President".
        var isTitled = false
        /// How often it stands in the document.
        var count = 1

        var family: Family { Family(type) }
        /// Whether it is a person's name of several words.
        var isFullPerson: Bool { type == .person && words.count > 1 }
    }

    private struct Key: Hashable {
        let name: UInt64
        let family: Family
        /// "Mr. Quill" and "Ms. Quill" are two, though their names are one.
        let address: PersonGender
    }

    private(set) var list: [Form] = []
    /// For each span the index of its form.
    private(set) var formOfSpan: [Int] = []
    private var parents: [Int] = []
    /// For each root the forms under it that a user's list keeps apart from others.
    private var kept: [Int: [Int]] = [:]
    private let aliases: AliasList

    /// Gathers the forms of the spans, and joins those that a user's list has as one.
    init(spans: [NameSpan], text: AnalysedText, lexicon: Lexicon, aliases: AliasList) {
        self.aliases = aliases
        var known: [Key: Int] = [:]
        for span in spans {
            let name = Self.key(span.tokens, text)
            let address = Self.address(of: span, text)
            let key = Key(name: name, family: Family(span.type), address: address)
            if let form = known[key] {
                list[form].count += 1
                if Self.isTitled(span, text) { list[form].isTitled = true }
                formOfSpan.append(form)
                continue
            }
            known[key] = list.count
            formOfSpan.append(list.count)
            list.append(Self.form(span, key: name, text, lexicon))
        }
        parents = Array(list.indices)
        if !aliases.isEmpty { joinAliases() }
    }

    /// The hash of a name's letters, without a leading "the".
    static func key(_ range: Range<Int>, _ text: AnalysedText) -> UInt64 {
        let skips = range.count > 1 && the.contains(text.tokens[range.lowerBound])
        let bytes = text.range(range.dropFirst(skips ? 1 : 0))
        return NameLetters.hash(text.bytes, bytes.start..<bytes.end)
    }

    private static func form(
        _ span: NameSpan,
        key: UInt64,
        _ text: AnalysedText,
        _ lexicon: Lexicon
    ) -> Form {
        let isPerson = span.type == .person
        let canonical = isPerson ? -1 : lexicon.canonical(text.tokens[span.tokens])
        let isCanonicalName =
            canonical >= 0
            && lexicon.canonicalNames[Int(canonical)] == text.string(span.tokens)
        let generation = text.tokens[span.tokens].last { NameWords.generation.contains($0) }
        return Form(
            key: key,
            tokens: span.tokens,
            type: span.type,
            canonical: canonical,
            isCanonicalName: isCanonicalName,
            words: isPerson
                ? NameWord.person(span.tokens, text) : NameWord.other(span.tokens, text, lexicon),
            generation: isPerson ? generation?.folded ?? 0 : 0,
            gender: gender(of: span, text),
            isTitled: isTitled(span, text)
        )
    }

    /// The gender that a form of address before a single name says.
    private static func address(of span: NameSpan, _ text: AnalysedText) -> PersonGender {
        guard span.type == .person, span.tokens.count == 1, span.tokens.lowerBound > 0 else {
            return .unknown
        }
        let before = text.tokens[span.tokens.lowerBound - 1]
        return mister.contains(before) ? .male : mistress.contains(before) ? .female : .unknown
    }

    private static func gender(of span: NameSpan, _ text: AnalysedText) -> PersonGender {
        guard span.type == .person else { return .unknown }
        guard span.tokens.count > 1 else { return address(of: span, text) }
        let score = PersonGender.score(span.tokens, text)
        return score > 0 ? .male : score < 0 ? .female : .unknown
    }

    private static func isTitled(_ span: NameSpan, _ text: AnalysedText) -> Bool {
        guard span.type == .person, span.tokens.lowerBound > 0 else { return false }
        return NameWords.title.contains(text.tokens[span.tokens.lowerBound - 1])
    }

    private mutating func joinAliases() {
        var first: [Int: Int] = [:]
        for index in list.indices {
            if aliases.keepsApart(list[index].key) { kept[index] = [index] }
            guard let group = aliases.group(of: list[index].key) else { continue }
            if let other = first[group] { join(other, index) } else { first[group] = index }
        }
    }

    /// The form that stands for all that are joined with this one.
    mutating func root(_ form: Int) -> Int {
        var root = form
        while parents[root] != root { root = parents[root] }
        var next = form
        while parents[next] != root { (next, parents[next]) = (parents[next], root) }
        return root
    }

    /// Makes two forms one entity, unless a user's list keeps them apart.
    mutating func join(_ left: Int, _ right: Int) {
        let (left, right) = (root(left), root(right))
        guard left != right, kept.isEmpty || !isApart(left, right) else { return }
        let (upper, lower) = (min(left, right), max(left, right))
        parents[lower] = upper
        if let below = kept.removeValue(forKey: lower) { kept[upper, default: []] += below }
    }

    private func isApart(_ left: Int, _ right: Int) -> Bool {
        guard let one = kept[left], let two = kept[right] else { return false }
        return one.contains { form in
            two.contains { aliases.isApart(list[form].key, list[$0].key) }
        }
    }

    /// The one entity that all of some forms belong to; nil for none or several.
    mutating func onlyRoot(_ forms: [Int]) -> Int? {
        guard let first = forms.first else { return nil }
        let root = root(first)
        return forms.dropFirst().allSatisfy { self.root($0) == root } ? root : nil
    }

    private static let the = WordSet("the")
    private static let mister = WordSet("mr mr. sir lord")
    private static let mistress = WordSet("mrs mrs. ms ms. miss dame lady")
}
