import WirecopyMessages

/// Chooses the name of an entity among those that a document has for it: the fullest common one.
struct EntityName {
    let text: AnalysedText
    let aliases: AliasList
    let type: EntityType

    /// The name, as it stands first; the one of a user's list when that has one.
    func best(_ forms: [NameForms.Form]) -> String {
        for form in forms {
            if let name = aliases.name(of: form.key) { return name }
        }
        guard var best = forms.first else { return "" }
        for form in forms.dropFirst() where isBetter(form, than: best) { best = form }
        return clean(text.string(best.tokens))
    }

    /// The name on one line and without an editor's brackets: "[Ada] Quill".
    private func clean(_ name: String) -> String {
        let isOpen = name.contains("(") != name.contains(")")
        let letters = name.filter {
            $0 != "[" && $0 != "]" && !(isOpen && ($0 == "(" || $0 == ")"))
        }
        return letters.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private func isBetter(_ one: NameForms.Form, than two: NameForms.Form) -> Bool {
        switch type {
        case .person: isBetterPerson(one, two)
        case .politicalPlace: isBetterPlace(one, two)
        default: isBetterBody(one, two)
        }
    }

    // Among full names with the same ends the usual one, not the one with all middle names.
    private func isBetterPerson(_ one: NameForms.Form, _ two: NameForms.Form) -> Bool {
        let full = (one.isFullPerson, two.isFullPerson)
        if full.0 != full.1 { return full.0 }
        guard let first = one.words.first, let other = two.words.first else {
            return one.words.count > two.words.count
        }
        let nicknames = (
            one.words.contains(where: \.isNickname), two.words.contains(where: \.isNickname)
        )
        if nicknames.0 != nicknames.1 { return nicknames.1 }
        if first.isInitials != other.isInitials { return other.isInitials }
        let hasSameEnds = first.hash == other.hash && one.words.last?.hash == two.words.last?.hash
        if hasSameEnds || one.words.count == two.words.count { return one.count > two.count }
        return one.words.count > two.words.count
    }

    // What the lists call it, then the usual one; where they know neither, a name over an acronym.
    private func isBetterPlace(_ one: NameForms.Form, _ two: NameForms.Form) -> Bool {
        if one.isCanonicalName != two.isCanonicalName { return one.isCanonicalName }
        // "U.S." and "America" are both short for a name that the document does not have.
        if one.canonical >= 0, two.canonical >= 0 { return one.count > two.count }
        let acronyms = (isAcronym(one), isAcronym(two))
        if acronyms.0 != acronyms.1 { return acronyms.1 }
        if one.words.count != two.words.count { return one.words.count > two.words.count }
        return one.count > two.count
    }

    private func isBetterBody(_ one: NameForms.Form, _ two: NameForms.Form) -> Bool {
        let acronyms = (isAcronym(one), isAcronym(two))
        if acronyms.0 != acronyms.1 { return acronyms.1 }
        if one.words.count != two.words.count { return one.words.count > two.words.count }
        // "Hurricane Quill" over "Quill", "United States Navy" over "U.S. Navy".
        let spelledOut = (one.tokens.count > one.words.count, two.tokens.count > two.words.count)
        if spelledOut.0 != spelledOut.1 { return spelledOut.0 }
        if one.isCanonicalName != two.isCanonicalName { return one.isCanonicalName }
        if one.count != two.count { return one.count > two.count }
        return text.range(one.tokens).count > text.range(two.tokens).count
    }

    private func isAcronym(_ form: NameForms.Form) -> Bool {
        Acronyms.isAcronym(form.tokens, text)
    }
}
