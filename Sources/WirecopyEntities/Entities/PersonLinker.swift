import WirecopyMessages

/// Joins the names of one person: full names, surnames, first names, initials, other spellings.
///
/// Linear in the number of forms: of the forms that share a word only the first few are compared.
struct PersonLinker {
    /// Forms that share a word and are compared; no family in an article is larger.
    private static let sharingMax = 32

    let text: AnalysedText
    let lexicon: Lexicon

    /// Joins what is one.
    func join(_ forms: inout NameForms) {
        let full = forms.list.indices.filter { forms.list[$0].isFullPerson }
        joinFull(full, &forms)
        joinTurned(full, &forms)
        joinParts(full, &forms)
        joinAddressed(joinSingle(full, &forms), &forms)
        joinVariants(&forms)
    }

    // "Donald Trump" and "Donald J. Trump" are one, "Melania Trump" is another.
    private func joinFull(_ full: [Int], _ forms: inout NameForms) {
        var bySurname: [UInt64: [Int]] = [:]
        for index in full {
            guard let surname = forms.list[index].words.last else { continue }
            let others = bySurname[surname.hash] ?? []
            let same = others.filter { isSame(forms.list[$0], forms.list[index]) }
            if let root = forms.onlyRoot(same),
                !others.contains(where: { !same.contains($0) && forms.root($0) == root })
            {
                forms.join(root, index)
            }
            if others.count < Self.sharingMax { bySurname[surname.hash] = others + [index] }
        }
    }

    // "Quill Ana" and "Ana Quill".
    private func joinTurned(_ full: [Int], _ forms: inout NameForms) {
        var first: [UInt64: Int] = [:]
        for index in full where forms.list[index].words.count == 2 {
            let words = forms.list[index].words
            first[NameWord.hash(words[...])] = first[NameWord.hash(words[...])] ?? index
            let turned = NameWord.hash([words[1], words[0]])
            if let other = first[turned] { forms.join(other, index) }
        }
    }

    /// Whether two full names with one surname can be one person's.
    private func isSame(_ one: NameForms.Form, _ two: NameForms.Form) -> Bool {
        guard one.generation == two.generation || one.generation == 0 || two.generation == 0,
            let first = one.words.first, let other = two.words.first
        else { return false }
        if Self.isNickname(first, two) || Self.isNickname(other, one) { return true }
        let (middle, otherMiddle) = (Self.middle(one), Self.middle(two))
        guard first.isInitials || other.isInitials else {
            guard first.hash == other.hash || FirstNames.isSame(first, other, text) else {
                return false
            }
            return Self.agree(middle.first, otherMiddle.first)
        }
        guard first.initial == other.initial else { return false }
        let letters = (initials(first, middle), initials(other, otherMiddle))
        return zip(letters.0, letters.1).allSatisfy { $0 == $1 }
    }

    private static func isNickname(_ first: NameWord, _ form: NameForms.Form) -> Bool {
        form.words.contains { $0.isNickname && $0.hash == first.hash }
    }

    private static func middle(_ form: NameForms.Form) -> ArraySlice<NameWord> {
        form.words.dropFirst().dropLast().filter { !$0.isNickname }[...]
    }

    /// Whether two middle names can be one: one is missing or an initial, or they are equal.
    private static func agree(_ one: NameWord?, _ two: NameWord?) -> Bool {
        guard let one, let two else { return true }
        if one.hash == two.hash { return true }
        return one.initial == two.initial && (one.letterCount == 1 || two.letterCount == 1)
    }

    /// The first letters of first and middle names: those of "J. D." and of "JD" are equal.
    private func initials(_ first: NameWord, _ middle: ArraySlice<NameWord>) -> [UInt32] {
        let token = text.tokens[first.token]
        let own =
            first.isInitials
            ? NameLetters.letters(text.bytes, token.start..<token.end) : [first.initial]
        return own + middle.map(\.initial)
    }

    // "Quill Larch" of "Ana Quill Larch", "John Luk" of "John Luk Jok".
    private func joinParts(_ full: [Int], _ forms: inout NameForms) {
        var longer: [UInt64: [Int]] = [:]
        for index in full where forms.list[index].words.count > 2 {
            let words = forms.list[index].words
            for count in 2..<words.count {
                for part in [words.prefix(count), words.suffix(count)] {
                    let key = NameWord.hash(part)
                    guard (longer[key]?.count ?? 0) < Self.sharingMax else { continue }
                    longer[key, default: []].append(index)
                }
            }
        }
        guard !longer.isEmpty else { return }
        for index in full {
            let found = longer[NameWord.hash(forms.list[index].words[...])] ?? []
            if let whole = principal(found, at: index, &forms) { forms.join(whole, index) }
        }
    }

    /// Joins a surname alone with its principal bearer; without one, a first or a middle name is
    /// looked for.
    ///
    /// - Returns: the single names that have no bearer.
    private func joinSingle(_ full: [Int], _ forms: inout NameForms) -> [Int] {
        var last: [UInt64: [Int]] = [:]
        var first: [UInt64: [Int]] = [:]
        var middle: [UInt64: [Int]] = [:]
        var initials: [UInt64: [Int]] = [:]
        func add(_ word: NameWord, _ form: Int, to index: inout [UInt64: [Int]]) {
            guard !word.isInitials, (index[word.hash]?.count ?? 0) < Self.sharingMax else { return }
            index[word.hash, default: []].append(form)
        }
        for form in full {
            let words = forms.list[form].words
            if let word = words.last { add(word, form, to: &last) }
            if let word = words.first { add(word, form, to: &first) }
            let letters = words.reduce(WordHash.seed) { NameLetters.mix($0, $1.initial) }
            if (initials[letters]?.count ?? 0) < Self.sharingMax {
                initials[letters, default: []].append(form)
            }
            for word in words.dropFirst().dropLast() where word.letterCount > 2 {
                add(word, form, to: &middle)
            }
        }
        var free: [Int] = []
        for index in forms.list.indices
        where forms.list[index].type == .person && forms.list[index].words.count == 1 {
            let word = forms.list[index].words[0].hash
            let isShort = text.tokens[forms.list[index].tokens.lowerBound].shape
                .contains(.allCapitals)
            guard
                let bearers = last[word] ?? first[word] ?? middle[word]
                    ?? (isShort ? initials[word] : nil),
                let principal = principal(
                    bearers.filter { fits(forms.list[$0], forms.list[index]) },
                    at: index,
                    &forms
                )
            else {
                free.append(index)
                continue
            }
            forms.join(principal, index)
        }
        return free
    }

    /// Whether a full name can be that of whom a single one means: "Ms. Quill" is no John Quill.
    private func fits(_ full: NameForms.Form, _ single: NameForms.Form) -> Bool {
        full.gender == .unknown || single.gender == .unknown || full.gender == single.gender
    }

    // "Mr. Quill" and "Quill" without a full name are one; of "Mr. Quill" and "Ms. Quill" the one
    // of whom the document speaks more.
    private func joinAddressed(_ free: [Int], _ forms: inout NameForms) {
        var named: [UInt64: [Int]] = [:]
        for index in free { named[forms.list[index].key, default: []].append(index) }
        for same in named.sorted(by: { $0.key < $1.key }).map(\.value) {
            let addressed = same.filter { forms.list[$0].gender != .unknown }
            guard let plain = same.first(where: { forms.list[$0].gender == .unknown }),
                let most = addressed.max(by: { forms.list[$0].count < forms.list[$1].count })
            else { continue }
            forms.join(most, plain)
        }
    }

    /// The person of whom a document speaks most; of equals the one named last before.
    private func principal(_ bearers: [Int], at form: Int, _ forms: inout NameForms) -> Int? {
        var weights: [Int: Int] = [:]
        for bearer in bearers {
            let form = forms.list[bearer]
            weights[forms.root(bearer), default: 0] += 2 * form.count + standing(form)
        }
        let most = weights.values.max() ?? 0
        let place = forms.list[form].tokens.lowerBound
        let equal = bearers.filter { weights[forms.root($0)] == most }
        return equal.last { forms.list[$0].tokens.lowerBound < place } ?? equal.first
    }

    /// An office, and a place in the lists of persons, each weigh half a mention.
    private func standing(_ form: NameForms.Form) -> Int {
        let limit = form.tokens.upperBound
        let match = lexicon.longestMatch(text.tokens, from: form.tokens.lowerBound, limit: limit)
        let isListed = match?.tokens == form.tokens && match?.senses.contains(.person) ?? false
        return (form.isTitled ? 1 : 0) + (isListed ? 1 : 0)
    }

    // "Larchensky", "Larchenskyy", "Larchenskiy".
    private func joinVariants(_ forms: inout NameForms) {
        var buckets: [UInt32: [Int]] = [:]
        let bearers = Set(
            forms.list.filter(\.isFullPerson).compactMap { $0.words.last?.hash }
        )
        for index in forms.list.indices where forms.list[index].type == .person {
            guard let surname = forms.list[index].words.last,
                surname.letterCount >= NameSpelling.variantLettersMin,
                forms.list[index].isFullPerson || !bearers.contains(surname.hash)
            else { continue }
            let bucket = buckets[surname.initial] ?? []
            if bucket.count < Self.sharingMax { buckets[surname.initial] = bucket + [index] }
        }
        for bucket in buckets.sorted(by: { $0.key < $1.key }).map(\.value) {
            for (position, left) in bucket.enumerated() {
                for right in bucket.dropFirst(position + 1) where isVariant(left, right, &forms) {
                    forms.join(left, right)
                }
            }
        }
    }

    private func isVariant(_ left: Int, _ right: Int, _ forms: inout NameForms) -> Bool {
        guard forms.root(left) != forms.root(right) else { return false }
        let (one, two) = (forms.list[left], forms.list[right])
        guard let surname = one.words.last, let other = two.words.last,
            NameSpelling.isVariant(surname, other, text)
        else { return false }
        if one.isFullPerson, two.isFullPerson {
            return surname.hash == other.hash ? hasVariantFirst(one, two) : isSame(one, two)
        }
        return surname.hash != other.hash
    }

    private func hasVariantFirst(_ one: NameForms.Form, _ two: NameForms.Form) -> Bool {
        one.words[0].hash != two.words[0].hash
            && Self.agree(Self.middle(one).first, Self.middle(two).first)
            && NameSpelling.isVariant(one.words[0], two.words[0], text)
    }
}
