import WirecopyMessages

/// Reads what a number counts or measures, and what happens to it.
struct CountedReader {
    /// Words of a subject.
    private static let wordsMax = 6
    /// Words of an owner before what is counted: "the Harbour Board's".
    private static let ownerWordsMax = 4
    /// Auxiliaries and adverbs between a subject and its participle.
    private static let auxiliariesMax = 4

    let source: ValueText

    private var text: AnalysedText { source.text }

    /// The noun phrase that ends with a plural: "Russian soldiers", "new cases"; nil when none
    /// begins at `start`.
    func plural(at start: Int, limit: Int) -> Range<Int>? {
        let limit = min(limit, start + Self.wordsMax)
        var index = start
        while index < limit, !stops(index) {
            guard source.isPlural(index) else {
                index += 1
                continue
            }
            // "health workers": of two plurals in a row the last is the head.
            var end = index + 1
            while end < limit, !stops(end), source.isPlural(end), !isState(end) { end += 1 }
            return start..<end
        }
        // "300 Chinese were": a people whose name has no plural form.
        guard index == start + 1,
            let span = source.names.spanIndex(atToken: start),
            source.names.spans[span].type == .group,
            index == limit || !ValueWords.and.contains(text.tokens[index])
        else { return nil }
        return start..<(start + 1)
    }

    /// The noun phrase up to the next word that cannot be part of one: "crude oil".
    ///
    /// With `isCompound` what stands before describes it: "44-year-old".
    func mass(at start: Int, limit: Int, isCompound: Bool = false) -> Range<Int>? {
        let limit = min(limit, start + Self.wordsMax)
        if start < limit, isPerson(start), let span = source.names.spanIndex(atToken: start) {
            return start..<source.names.spans[span].tokens.upperBound
        }
        var index = start
        while index < limit, !stops(index), !isVerbal(index) || index == start {
            // "44-year-old sergeant Ada Quill": the person's name is another phrase.
            if index > start, isPerson(index) { break }
            index += 1
            if !isCompound, index - start > 1, source.isPlural(index - 1) { break }
        }
        return index > start && !endsBadly(index - 1) ? start..<index : nil
    }

    private func isVerbal(_ index: Int) -> Bool {
        source.isPast(index) || Self.irregular.contains(text.tokens[index])
            || SpeechWords.verb.contains(text.tokens[index])
    }

    private func isPerson(_ index: Int) -> Bool {
        guard let span = source.names.spanIndex(atToken: index) else { return false }
        return source.names.spans[span].type == .person
    }

    private func endsBadly(_ last: Int) -> Bool {
        let token = text.tokens[last]
        return Self.adverb.contains(token) || endsWith(token, "ly")
    }

    /// A single thing: "person", "Russian soldier".
    func singular(at start: Int, limit: Int) -> Range<Int>? {
        let limit = min(limit, start + Self.wordsMax)
        for index in start..<max(start, limit) {
            if stops(index) { return nil }
            if Self.person.contains(text.tokens[index]) { return start..<(index + 1) }
        }
        return nil
    }

    /// Skips "of the", "of all", "of its"; nil when no "of" stands here.
    func behindOf(_ index: Int, limit: Int) -> Int? {
        guard index + 1 < limit, ValueWords.of.contains(text.tokens[index]) else { return nil }
        var next = index + 1
        while next < limit, next < index + 3, Self.determiner.contains(text.tokens[next]) {
            next += 1
        }
        // "44 of the country's drones".
        if let owner = (next..<min(limit, next + Self.ownerWordsMax)).first(where: {
            text.tokens[$0].shape.contains(.possessive)
        }), !(next..<owner).contains(where: { Self.stop.contains(text.tokens[$0]) }) {
            next = owner + 1
        }
        return next < limit ? next : nil
    }

    /// What happens to what is counted: behind it, or the verb before its number.
    func predicate(before start: Int, behind end: Int, in sentence: Range<Int>) -> Range<Int>? {
        if let state = state(at: end, limit: sentence.upperBound) { return state }
        let verb = start - 1
        if verb >= sentence.lowerBound, isVerb(verb) { return verb..<start }
        // "Shot down four drones".
        if verb > sentence.lowerBound, Self.particle.contains(text.tokens[verb]), isVerb(verb - 1) {
            return (verb - 1)..<start
        }
        guard end < sentence.upperBound, end > start, source.isPast(end),
            !SpeechWords.verb.contains(text.tokens[end])
        else { return nil }
        return end..<(end + 1)
    }

    // "12 dead", "12 people were later killed", "12 remain missing".
    private func state(at end: Int, limit: Int) -> Range<Int>? {
        guard end < limit else { return nil }
        if isState(end) { return end..<(end + 1) }
        guard Self.auxiliary.contains(text.tokens[end]) else { return nil }
        let limit = min(limit, end + 1 + Self.auxiliariesMax)
        for index in (end + 1)..<max(end + 1, limit) {
            let token = text.tokens[index]
            if isState(index) || source.isPast(index) || Self.participle.contains(token) {
                return Self.report.contains(token) ? nil : index..<(index + 1)
            }
            guard
                Self.auxiliary.contains(token) || Self.adverb.contains(token)
                    || endsWith(token, "ly")
            else { return nil }
        }
        return nil
    }

    private func isState(_ index: Int) -> Bool { Self.state.contains(text.tokens[index]) }

    private func isVerb(_ index: Int) -> Bool {
        let token = text.tokens[index]
        guard !token.isCapitalised, token.kind == .word else { return false }
        if Self.irregular.contains(token) || Self.acting.contains(token) { return true }
        return source.isPast(index) && !SpeechWords.verb.contains(token)
            && !Self.noVerb.contains(token)
    }

    /// Whether a token cannot be part of a noun phrase.
    private func stops(_ index: Int) -> Bool {
        let token = text.tokens[index]
        if token.kind == .number { return !source.isInName(index) }
        guard token.kind == .word, !token.shape.contains(.possessive) else { return true }
        return Self.stop.contains(token) || ValueWords.small[token.folded] != nil
            || NameWords.calendar.contains(token) && token.isCapitalised
    }

    private func endsWith(_ token: Token, _ end: String) -> Bool {
        token.kind == .word && token.end - token.start > 4
            && text.bytes[(token.end - end.utf8.count)..<token.end].elementsEqual(end.utf8)
    }

    private static let particle = WordSet("down up off out away")
    private static let determiner = WordSet(
        "the all its their his her our these those this that a an"
    )
    private static let auxiliary = WordSet(
        "was were is are been being be has have had remain remained remains got will"
    )
    private static let adverb = WordSet(
        """
        also later then still so far already not now ago earlier more less back away north south
        east west long tall high deep wide old apart
        """
    )
    private static let state = WordSet(
        """
        dead killed injured wounded missing hurt homeless displaced arrested detained infected
        trapped hospitalised hospitalized stranded rescued unaccounted shot evacuated
        """
    )
    private static let participle = WordSet(
        "found held taken sent hit lost left seen made built sold born shot caught put brought won"
    )
    private static let report = WordSet("reported believed said thought feared confirmed expected")
    private static let irregular = WordSet(
        """
        shot hit sank lost won built bought sold sent left found caught took held spent cost paid
        gave made wrote brought cut struck drew fired
        """
    )
    private static let acting = WordSet(
        """
        killing injuring wounding leaving destroying displacing arresting kill kills
        destroy injure
        """
    )
    private static let noVerb = WordSet("estimated reported aged based including united")
    private static let person = WordSet(
        """
        person man woman child civilian soldier officer policeman boy girl student worker passenger
        driver pilot case death vote seat member journalist police
        """
    )
    private static let stop = WordSet(
        """
        of for from in at with within inside near behind and but or nor so as to by on that which
        who whom whose when while where because after before although if than then is are was were
        be been being am has have had do does did will would can could may might must shall should
        died seen made given took went goes go gave came come make makes got get found put
        into onto over under during between against about without since until through via there
        here today yesterday tomorrow even just still already however too very the a an his her its
        their our my your this these those he she it they we i you not no per each every both all
        any some what how why ago up down out off upon toward towards across among along around
        unless whether though plus like until till except despite said says told know knew think
        thought want wanted fell rose fled slept ran drove stood sat began became kept led met grew
        flew hid broke felt heard seemed according compared versus apiece respectively annually
        worldwide
        lower higher fewer
        """
    )
}
