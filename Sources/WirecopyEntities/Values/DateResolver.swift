import WirecopyMessages

/// Turns what a text says about a time into a date, seen from the day of publication.
struct DateResolver {
    /// Where a time lies, as the words around it say.
    enum Direction: Equatable {
        case past, future, unknown
    }

    /// The day of publication; without it what hangs on it stays unresolved.
    let published: CalendarDay?

    /// The date of an expression.
    func date(_ expression: DateExpression, _ direction: Direction) -> StatedDate {
        switch expression {
        case .day(let day, let last):
            StatedDate(day.text, precision: .day, end: end(day, last))
        case .monthDay(let month, let first, let last):
            monthDay(month, first, last, direction)
        case .month(let year, let month):
            StatedDate(CalendarDay.text(year: year, month: month), precision: .month)
        case .monthOnly(let month, let step):
            StatedDate(self.month(month, step, direction), precision: .month)
        case .year(let year, let last):
            StatedDate(
                CalendarDay.text(year: year),
                precision: .year,
                end: last.map(CalendarDay.text(year:))
            )
        case .decade(let year): StatedDate(CalendarDay.text(year: year), precision: .decade)
        case .weekday(let weekday, let step):
            StatedDate(self.weekday(weekday, step, direction)?.text, precision: .day)
        case .days(let days): StatedDate(published?.adding(days: days)?.text, precision: .day)
        case .weeks(let weeks):
            StatedDate(
                published.flatMap { $0.adding(days: 7 * weeks - $0.weekday) }?.text,
                precision: .week
            )
        case .months(let months): StatedDate(month(months), precision: .month)
        case .years(let years):
            StatedDate(
                published.map { $0.year + years }.flatMap { $0 > 0 ? $0 : nil }
                    .map(CalendarDay.text(year:)),
                precision: .year
            )
        }
    }

    private func end(_ day: CalendarDay, _ last: Int?) -> String? {
        last.flatMap { CalendarDay(day.year, day.month, $0) }?.text
    }

    // The nearest such day on the side that the words around it say.
    private func monthDay(
        _ month: Int,
        _ day: Int,
        _ last: Int?,
        _ direction: Direction
    ) -> StatedDate {
        guard let published else { return StatedDate(nil, precision: .day) }
        let days = (-1...1).compactMap { CalendarDay(published.year + $0, month, day) }
        let chosen: CalendarDay?
        switch direction {
        case .past:
            let last = days.last { $0 <= published }
            chosen =
                last.map { published.number - $0.number > Self.daysBackMax } ?? true
                ? nearest(days, published) : last
        case .future: chosen = days.first { $0 >= published }
        case .unknown: chosen = nearest(days, published)
        }
        guard let chosen else { return StatedDate(nil, precision: .day) }
        return StatedDate(chosen.text, precision: .day, end: end(chosen, last))
    }

    private func nearest(_ days: [CalendarDay], _ published: CalendarDay) -> CalendarDay? {
        days.min { abs($0.number - published.number) < abs($1.number - published.number) }
    }

    /// Of a day that lies further back news gives the year: a day without one lies ahead.
    private static let daysBackMax = 270

    private func month(
        _ month: Int,
        _ step: DateExpression.Step?,
        _ direction: Direction
    ) -> String? {
        guard let published else { return nil }
        let year: Int
        switch step {
        case .this: year = published.year
        case .last: year = month < published.month ? published.year : published.year - 1
        case .next: year = month > published.month ? published.year : published.year + 1
        case nil where direction == .future:
            year = month >= published.month ? published.year : published.year + 1
        case nil: year = month <= published.month ? published.year : published.year - 1
        }
        return CalendarDay.text(year: year, month: month)
    }

    private func month(_ offset: Int) -> String? {
        guard let published else { return nil }
        let number = published.monthNumber + offset
        return number > 12 ? CalendarDay.text(year: number / 12, month: number % 12 + 1) : nil
    }

    private func weekday(
        _ weekday: Int,
        _ step: DateExpression.Step?,
        _ direction: Direction
    ) -> CalendarDay? {
        guard let published else { return nil }
        let back = (published.weekday - weekday + 7) % 7
        let ahead = (weekday - published.weekday + 7) % 7
        switch step {
        case .last: return published.adding(days: back == 0 ? -7 : -back)
        case .next: return published.adding(days: ahead == 0 ? 7 : ahead)
        case .this: return published.adding(days: direction == .past ? -back : ahead)
        case nil: return published.adding(days: direction == .future ? ahead : -back)
        }
    }
}

/// Says from the verbs around a time whether it lies ahead.
struct TenseReader {
    /// Tokens before and behind a time in which its verb is looked for.
    private static let reachTokens = 14

    let source: ValueText

    private var text: AnalysedText { source.text }

    /// The direction of a time: that of the nearest verb before it in its sentence, else behind it.
    func direction(of tokens: Range<Int>, in sentence: Range<Int>) -> DateResolver.Direction {
        let start = max(sentence.lowerBound, tokens.lowerBound - Self.reachTokens)
        let end = min(sentence.upperBound, tokens.upperBound + Self.reachTokens)
        var hasParticiple = false
        for index in stride(from: tokens.lowerBound - 1, through: start, by: -1) {
            // "Announced that from Monday it would close": what was announced has its own verb.
            if SpeechWords.reporting.contains(text.tokens[index]) {
                // "Said late on Tuesday": the day of saying it.
                let between = index + 1..<tokens.lowerBound
                let isOwn = between.allSatisfy { Self.ofDay.contains(text.tokens[$0]) }
                if isOwn { return .past }
                return behind(tokens.upperBound, end) == .future ? .future : .unknown
            }
            if Self.planned.contains(text.tokens[index]) {
                return behind(tokens.upperBound, end) == .past ? .unknown : .future
            }
            if let found = direction(at: index) { return found }
            if source.isPast(index) {
                // "Will be held", "was closed": the word before the participle says when.
                if isFinite(index, from: start) { return .past }
                hasParticiple = true
            }
        }
        return behind(tokens.upperBound, end) ?? (hasParticiple ? .past : .unknown)
    }

    private func behind(_ start: Int, _ end: Int) -> DateResolver.Direction? {
        for index in start..<max(end, start) {
            if Self.would.contains(text.tokens[index]) { return .future }
            if let found = direction(at: index) { return found }
            if source.isPast(index) { return .past }
        }
        return nil
    }

    private func direction(at index: Int) -> DateResolver.Direction? {
        let token = text.tokens[index]
        guard token.kind == .word else { return nil }
        if Self.future.contains(token) { return .future }
        if Self.past.contains(token) {
            // "Was to end in August": seen from the past it lay ahead.
            let next = index + 1
            let isAhead = next < text.tokens.count && Self.to.contains(text.tokens[next])
            return isAhead && Self.was.contains(token) ? .future : .past
        }
        guard index > 0, Self.to.contains(token) else { return nil }
        return Self.beforeTo.contains(text.tokens[index - 1]) ? .future : nil
    }

    private func isFinite(_ index: Int, from start: Int) -> Bool {
        var before = index - 1
        while before >= start, Self.adverb.contains(text.tokens[before]) { before -= 1 }
        return before < start || !Self.infinite.contains(text.tokens[before])
    }

    private static let future = WordSet(
        """
        will shall won't upcoming tomorrow predict predicts expect expects
        i'll we'll he'll she'll they'll it'll
        you'll must
        """
    )
    private static let was = WordSet("was were")
    private static let would = WordSet("would")
    private static let ofDay = WordSet("on late early reporters")
    private static let planned = WordSet("scheduled slated")
    private static let past = WordSet(
        """
        was were had did said told began came went took gave made met left held found won lost
        died rose fell spoke wrote saw became broke struck hit fled flew shot sent brought got
        led sank ran sought announced
        """
    )
    private static let to = WordSet("to")
    private static let beforeTo = WordSet(
        "set due expected scheduled going about plan plans planned planning hopes hope likely"
            + " is are ready prepares preparing"
    )
    private static let infinite = WordSet("be been to being will would")
    private static let adverb = WordSet("also not later still then first")
}
