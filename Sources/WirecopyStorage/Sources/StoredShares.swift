package import WirecopyMessages

/// What came of a source's articles: how many were stored, and with which fields.
package struct StoredShares: Report {
    /// Articles in the store that the source named first, over all time.
    package var articles: Int
    /// Articles a day of the last two weeks.
    package var perDay: Double
    /// Of those of the last six weeks, the share with an author, from 0 to 1; `nil` without any.
    package var withAuthor: Double?
    /// The share with a date of publication.
    package var withDate: Double?
    /// The share with more text than a teaser has.
    package var withText: Double?
    /// The share with a headline.
    package var withTitle: Double?

    /// Sums a yield up; `today` counts days since 1970-01-01.
    package init(_ yield: SourceYield, today: Int) {
        articles = yield.articles
        let days = SourceHealth.daysMax
        let fresh = yield.days.filter { $0.day > today - days }.reduce(0) { $0 + $1.articles }
        let first = yield.days.first?.day ?? today
        perDay = Double(fresh) / Double(max(1, min(days, today - first + 1)))
        let all = yield.days.reduce(0) { $0 + $1.articles }
        func share(_ part: KeyPath<SourceYield.Day, Int>) -> Double? {
            let sum = yield.days.reduce(0) { $0 + $1[keyPath: part] }
            return all == 0 ? nil : (Double(sum) / Double(all) * 1000).rounded() / 1000
        }
        (withAuthor, withDate) = (share(\.withAuthor), share(\.withDate))
        (withText, withTitle) = (share(\.withText), share(\.withTitle))
    }
}

/// A part of a source's articles that has become rare.
package struct ThinPart: Sendable, Equatable {
    /// What is missing: `title`, `date`, `author`, `text`, or `stored`, the articles themselves.
    package let part: String
    /// Per cent of what came in the weeks before.
    package let before: Int
    /// Per cent of what came in the last seven days.
    package let now: Int

    /// Makes a part by hand.
    package init(part: String, before: Int, now: Int) {
        self.part = part
        self.before = before
        self.now = now
    }

    /// Days that are looked at, and compared with those before.
    private static let recentDays = 7
    /// Fewer articles than this say nothing, of the last days and of those before.
    private static let recentMin = 10
    private static let earlierMin = 20
    /// A change is told from this on: less likely than one in ten thousand by chance, and one that
    /// a reader would notice.
    private static let deviationsMin = 4.0
    private static let dropMin = 0.2

    /// The part of a source's articles that has dropped most; `nil` when none has.
    static func worst(_ yield: SourceYield, of source: SourcesReport.Source, today: Int) -> Self? {
        let start = today - recentDays + 1
        let days = (
            now: yield.days.filter { $0.day >= start }, before: yield.days.filter { $0.day < start }
        )
        let parts: [(String, KeyPath<SourceYield.Day, Int>)] = [
            ("text", \.withText), ("title", \.withTitle), ("date", \.withDate),
            ("author", \.withAuthor),
        ]
        func sum(_ days: [SourceYield.Day], _ part: KeyPath<SourceYield.Day, Int>) -> Int {
            days.reduce(0) { $0 + $1[keyPath: part] }
        }
        var drops = parts.compactMap { name, part in
            drop(
                name,
                before: (sum(days.before, part), sum(days.before, \.articles)),
                now: (sum(days.now, part), sum(days.now, \.articles))
            )
        }
        if let drop = stored(yield, of: source, today: today) { drops.append(drop) }
        return drops.max { $0.before - $0.now < $1.before - $1.now }
    }

    /// Articles that were stored, of those that the source named: this week and the week before,
    /// for as long as the source remembers. Today's may still be on their way.
    private static func stored(
        _ yield: SourceYield,
        of source: SourcesReport.Source,
        today: Int
    ) -> ThinPart? {
        func counts(_ days: Range<Int>) -> (part: Int, all: Int) {
            let stored = yield.days.filter { days.contains($0.day) }
            let found = source.days.filter { days.contains($0.day) }
            let all = found.reduce(0) { $0 + $1.found }
            return (min(all, stored.reduce(0) { $0 + $1.articles }), all)
        }
        let start = today - recentDays
        return drop(
            "stored",
            before: counts(start - recentDays..<start),
            now: counts(start..<today)
        )
    }

    /// Whether a share has dropped: two proportions by their pooled standard error.
    private static func drop(
        _ name: String,
        before: (part: Int, all: Int),
        now: (part: Int, all: Int)
    ) -> ThinPart? {
        guard before.all >= earlierMin, now.all >= recentMin else { return nil }
        let (old, new) = (
            Double(before.part) / Double(before.all), Double(now.part) / Double(now.all)
        )
        let pooled = Double(before.part + now.part) / Double(before.all + now.all)
        let variance = pooled * (1 - pooled) * (1 / Double(before.all) + 1 / Double(now.all))
        guard old - new >= dropMin, variance > 0,
            old - new >= deviationsMin * variance.squareRoot()
        else { return nil }
        return ThinPart(
            part: name,
            before: Int((old * 100).rounded()),
            now: Int((new * 100).rounded())
        )
    }

    /// `dates in 12 % of the articles of the last 7 days, 96 % before`.
    package var sentence: String {
        let words = [
            "text": "full text in", "title": "titles in", "date": "dates in",
            "author": "authors in",
        ]
        let share = "\(now) % of"
        guard let lead = words[part] else {
            return "stored \(share) what it named in \(Self.recentDays) days, \(before) % before"
        }
        return "\(lead) \(share) the articles of \(Self.recentDays) days, \(before) % before"
    }
}

extension SourceYield {
    /// What a source has brought under its address and the one that it had before it moved.
    package static func of(_ source: SourcesReport.Source, in yields: [String: SourceYield])
        -> Self?
    {
        let parts = [source.movedFrom, source.url].compactMap { url in url.flatMap { yields[$0] } }
        guard let first = parts.first else { return nil }
        return parts.dropFirst().reduce(first) { sum, part in
            SourceYield(
                articles: sum.articles + part.articles,
                days: (sum.days + part.days).sorted { $0.day < $1.day }
            )
        }
    }
}
