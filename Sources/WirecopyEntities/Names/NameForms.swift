import WirecopyMessages

/// The different forms of names in a document, joined step by step into entities (union-find).
struct NameForms {
    /// Forms of different families never become one: "Russia" and "Russian" are two things.
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
        let key: UInt64
        let tokens: Range<Int>
        let type: EntityType
        let canonical: Int32
        let isCanonicalName: Bool
        var count = 1

        var family: Family { Family(type) }
    }

    private struct Key: Hashable {
        let name: UInt64
        let family: Family
    }

    private(set) var list: [Form] = []
    /// For each span the index of its form.
    private(set) var formOfSpan: [Int] = []
    private var parents: [Int] = []

    /// Gathers the forms of the spans.
    init(spans: [NameSpan], text: AnalysedText, lexicon: Lexicon) {
        var known: [Key: Int] = [:]
        for span in spans {
            let name = NameSpelling.key(span.tokens, text)
            let key = Key(name: name, family: Family(span.type))
            if let form = known[key] {
                list[form].count += 1
                formOfSpan.append(form)
                continue
            }
            known[key] = list.count
            formOfSpan.append(list.count)
            let canonical = lexicon.canonical(text.tokens[span.tokens])
            let isCanonicalName =
                canonical >= 0
                && lexicon.canonicalNames[Int(canonical)] == text.string(span.tokens)
            list.append(
                Form(
                    key: name,
                    tokens: span.tokens,
                    type: span.type,
                    canonical: canonical,
                    isCanonicalName: isCanonicalName
                )
            )
        }
        parents = Array(list.indices)
    }

    /// The form that stands for all that are joined with this one.
    mutating func root(_ form: Int) -> Int {
        var root = form
        while parents[root] != root { root = parents[root] }
        var next = form
        while parents[next] != root { (next, parents[next]) = (parents[next], root) }
        return root
    }

    /// Makes two forms one entity.
    mutating func join(_ left: Int, _ right: Int) {
        let (left, right) = (root(left), root(right))
        if left != right { parents[max(left, right)] = min(left, right) }
    }

    /// Whether the form is a person's name of several words.
    func isFullPerson(_ form: Int) -> Bool {
        list[form].family == .person && list[form].tokens.count > 1
    }

    /// Hashes of the first and the last word, without "Jr.".
    func ends(_ form: Int, _ text: AnalysedText) -> (first: UInt64, last: UInt64) {
        let tokens = list[form].tokens
        var last = tokens.upperBound - 1
        if last > tokens.lowerBound + 1, NameWords.generation.contains(text.tokens[last]) {
            last -= 1
        }
        return (text.tokens[tokens.lowerBound].exact, text.tokens[last].exact)
    }

    /// Whether a form is a better name for an entity than another.
    func isFuller(_ form: Int, than other: Int, _ text: AnalysedText) -> Bool {
        let (one, two) = (list[form], list[other])
        if one.tokens.count != two.tokens.count { return one.tokens.count > two.tokens.count }
        if one.isCanonicalName != two.isCanonicalName { return one.isCanonicalName }
        if one.count != two.count { return one.count > two.count }
        return text.range(one.tokens).count > text.range(two.tokens).count
    }
}
