import WirecopyMessages

/// Knows which beginnings and endings of a name can stand for the whole.
struct NameParts {
    /// A beginning or an ending of a longer name.
    struct Part {
        /// Hash of its words.
        let key: UInt64
        /// Index of the longer name's form.
        let form: Int
        /// The words of the longer name that it leaves out.
        let rest: Range<Int>
        /// Whether it is a beginning.
        let isBeginning: Bool
    }

    let text: AnalysedText
    let lexicon: Lexicon

    /// The beginnings and endings of a form.
    func parts(of form: NameForms.Form, _ index: Int) -> [Part] {
        let words = form.words
        guard words.count > 1 else { return [] }
        var parts: [Part] = []
        // "House" of "United States House of Representatives".
        if words[0].isCountry, words.count > 2 {
            for split in 2..<words.count where words[split].isSmall {
                let key = NameWord.hash(words[1..<split])
                let rest = split..<words.count
                parts.append(Part(key: key, form: index, rest: rest, isBeginning: true))
            }
        }
        for split in 1..<words.count {
            if !words[split].isSmall {
                let key = NameWord.hash(words[split...])
                parts.append(Part(key: key, form: index, rest: 0..<split, isBeginning: false))
            }
            guard !words[split - 1].isSmall else { continue }
            let key = NameWord.hash(words[..<split])
            let rest = split..<words.count
            parts.append(Part(key: key, form: index, rest: rest, isBeginning: true))
        }
        return parts
    }

    /// Whether a short form stands for a longer name of which it is a part.
    func fits(_ short: NameForms.Form, _ part: Part, _ long: NameForms.Form) -> Bool {
        guard isAlike(short.type, long.type), !isCountry(short) else { return false }
        let rest = long.words[part.rest]
        switch long.type {
        case .organisation, .facility:
            return part.isBeginning ? isBodyBeginning(short, rest) : isBodyEnding(short, rest)
        case .politicalPlace, .place:
            return part.isBeginning ? isPlaceBeginning(short, rest) : isPlaceEnding(short, rest)
        case .work: return part.isBeginning && short.words.count > 1
        case .event: return part.isBeginning || short.words.count == 1 && !isPlace(short.words[0])
        case .other:
            return part.isBeginning ? isOtherBeginning(short, rest) : isOwned(rest, long)
        case .product, .weapon, .law: return true
        case .person, .group: return false
        }
    }

    private func isAlike(_ one: EntityType, _ two: EntityType) -> Bool {
        if one == two { return true }
        let pair: Set<EntityType> = [one, two]
        return pair == [.organisation, .facility] || pair == [.product, .weapon]
            || pair == [.politicalPlace, .place]
    }

    // "Quill" of "Quill County" and of "Quill Ocean", but not of "Quill River" when it is a town.
    private func isPlaceBeginning(_ short: NameForms.Form, _ rest: ArraySlice<NameWord>) -> Bool {
        if rest.allSatisfy({ has(Self.placeTail, $0) }) { return true }
        guard let own = short.words.first, !isPlace(own) else { return false }
        return rest.allSatisfy { NameWords.placeHead.contains(token($0)) || has(Self.nature, $0) }
    }

    private func isPlaceEnding(_ short: NameForms.Form, _ rest: ArraySlice<NameWord>) -> Bool {
        if let own = short.words.first, short.words.count == 1 {
            if has(Self.district, own) || NameWords.placeHead.contains(token(own)) { return true }
        }
        return rest.allSatisfy {
            has(Self.placeFront, $0) || NameWords.placeOpener.contains(token($0))
        }
    }

    // "Quill" of "Quill virus", "Holy Lantern" of "Holy Lantern of Quill".
    private func isOtherBeginning(_ short: NameForms.Form, _ rest: ArraySlice<NameWord>) -> Bool {
        guard let next = rest.first, let last = rest.last else { return false }
        if next.isSmall { return short.words.count > 1 }
        return NameWords.otherHead.contains(token(last))
    }

    private func isCountry(_ form: NameForms.Form) -> Bool {
        form.words.count == 1 && form.words[0].isCountry
    }

    // "Port Authority" of "Port Authority of Quill", "Quill" of "Quill Motor Company".
    private func isBodyBeginning(_ short: NameForms.Form, _ rest: ArraySlice<NameWord>) -> Bool {
        guard let next = rest.first, let last = rest.last, let own = short.words.last else {
            return false
        }
        if next.isSmall {
            guard Self.of.contains(token(next)) else { return false }
            // A party's branch in a town is not the party.
            if has(Self.party, own), short.words.count > 1 {
                return rest.contains(where: \.isCountry)
            }
            return isHead(own) || has(Self.opener, own)
        }
        // "Quill University" is not the library of "Quill University Library".
        guard !has(Self.general, own), !own.isCountry, !isBody(own) else { return false }
        if isHead(next) || has(Self.companyTail, next) { return true }
        return rest.count == 2 && has(Self.modifier, next) && isHead(last)
    }

    // "Supreme Court" of "Quill Supreme Court", "Larks" of "Quill Larks".
    private func isBodyEnding(
        _ short: NameForms.Form,
        _ rest: ArraySlice<NameWord>
    ) -> Bool {
        guard let own = short.words.last else { return false }
        if rest.contains(where: \.isSmall) {
            // "Quill" may stand for the university of the town, but not for its bank.
            return rest.contains { has(Self.school, $0) }
        }
        if has(Self.party, own), short.words.count > 1 {
            return rest.allSatisfy { $0.isCountry || isPlace($0) }
        }
        return true
    }

    // "Quill Series" of "Larch's Quill Series".
    private func isOwned(_ rest: ArraySlice<NameWord>, _ long: NameForms.Form) -> Bool {
        let next = long.words[rest.endIndex].token
        return next > 0 && text.tokens[next - 1].shape.contains(.possessive)
    }

    private func isHead(_ word: NameWord) -> Bool {
        isBody(word) || NameWords.facilityHead.contains(token(word))
    }

    private func isBody(_ word: NameWord) -> Bool {
        NameWords.bodyHead.contains(token(word)) || NameWords.bodyOpener.contains(token(word))
    }

    private func isPlace(_ word: NameWord) -> Bool {
        !lexicon.senses(token(word)).isDisjoint(with: [.city, .province, .region])
    }

    private func token(_ word: NameWord) -> Token { text.tokens[word.token] }
    private func has(_ set: WordSet, _ word: NameWord) -> Bool { set.contains(token(word)) }

    private static let placeTail = WordSet(
        "county islands d.c. dc"
    )
    private static let placeFront = WordSet(
        "city state town village republic kingdom commonwealth province of"
    )
    private static let of = WordSet("of for")
    private static let district = WordSet("d.c. dc")
    private static let nature = WordSet("rainforest oceans")
    private static let school = WordSet("university college church")
    private static let party = WordSet("party democrats movement front union")
    private static let opener = WordSet("house senate authority guard guards")
    private static let general = WordSet(
        """
        national royal international federal central state united house senate supreme new general
        first world city public european
        """
    )
    private static let companyTail = WordSet(
        "news air usa s.a. entertainment studios tribe airways films games motor inc inc. ltd"
    )
    private static let modifier = WordSet(
        """
        international motor executive regional public state news memorial entertainment airport
        general district national correctional medical elementary high middle
        """
    )
}
