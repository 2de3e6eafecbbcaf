import WirecopyMessages

extension MemberText {
    /// Days before its publication from which on a report no longer tells news of a day.
    private static let newsDaysMax = 6
    private static let minutesOfDay = 1440

    /// Whether a sentence recalls what happened: all days that it names lie well before the day on
    /// which its report was published.
    func isRecalling(_ sentence: Int) -> Bool {
        guard let published = member.day.flatMap(PublishedMinute.read) else { return false }
        let days = sentences[sentence].values.compactMap { article.values[$0].date }
            .filter { $0.precision == .day && $0.end == nil }
            .compactMap { $0.date.flatMap(PublishedMinute.read) }
        let newest = published - Self.newsDaysMax * Self.minutesOfDay
        return !days.isEmpty && days.allSatisfy { $0 < newest }
    }
}
