import WirecopyMessages

/// Knows numbers that name or order a thing and count nothing.
struct NumberLabels {
    let source: ValueText

    private var text: AnalysedText { source.text }

    /// "Flight 370", "10:30", "No. 5", "9/11", "per 100,000": a label, a time, a denominator.
    func isLabel(_ start: Int, _ sentence: Range<Int>) -> Bool {
        let next = start + 1
        if next < sentence.upperBound {
            let token = text.tokens[next]
            if token.isMark(":") || token.isMark("/"), source.isJoined(next) {
                let isClock = next + 1 < sentence.upperBound && source.isJoined(next + 1)
                if isClock { return true }
            }
            if Self.clock.contains(token) { return true }
        }
        guard start > sentence.lowerBound else { return false }
        let before = text.tokens[start - 1]
        if before.kind == .mark {
            let isPart =
                before.isMark(":") || before.isMark("/") || before.isMark(".")
                || before.isMark("#")
            return isPart && source.isJoined(start)
        }
        if Self.label.contains(before) { return true }
        // "Boeing 737", "Group B 3".
        return before.isCapitalised && start - 1 > sentence.lowerBound
            && text.tokens[start].kind == .number && source.isInName(start - 1)
            && NameWords.calendar.contains(before) == false
            && source.names.spanIndex(atToken: start - 1).map {
                [.product, .weapon, .facility, .law].contains(source.names.spans[$0].type)
            } ?? false
    }

    private static let clock = WordSet("am pm a.m. p.m. a.m p.m o'clock gmt utc est edt cet")
    private static let label = WordSet(
        """
        no no. nos. number flight route room page pages chapter article section phase level
        category season episode round day game group channel interstate highway unit apartment
        figure table version per verse line platform gate act type class grade tier lot
        """
    )
}
