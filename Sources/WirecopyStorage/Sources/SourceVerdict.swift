package import WirecopyMessages

/// How a source does.
package enum SourceVerdict: Sendable, Equatable {
    /// It was not asked yet.
    case new
    /// It answers, and brings something now and then.
    case well
    /// It answers, and has brought nothing for so many days though it used to.
    case dry(days: Int)
    /// It brings articles, but something of them has become rare.
    case thin(ThinPart)
    /// It has not answered so many times.
    case failing(count: Int)
    /// Its server says that it is gone for good.
    case gone

    /// A few failures pass by themselves.
    private static let failuresMin = 3
    private static let statusGone = 410

    /// Judges a source by its last two weeks, and by what the store has of it when that is at hand.
    package init(_ source: SourcesReport.Source, stored: SourceYield? = nil, now: Instant) {
        let today = now.milliseconds / 86_400_000
        if source.lastStatus == Self.statusGone, source.failures > 0 {
            self = .gone
        } else if source.failures >= Self.failuresMin {
            self = .failing(count: source.failures)
        } else if source.lastSuccessMs == nil {
            self = source.failures > 0 ? .failing(count: source.failures) : .new
        } else if let days = Self.dryDays(source, now) {
            self = .dry(days: days)
        } else if let stored, let part = ThinPart.worst(stored, of: source, today: today) {
            self = .thin(part)
        } else {
            self = .well
        }
    }

    /// Whether somebody should look at it.
    package var isTrouble: Bool {
        switch self {
        case .new, .well: false
        case .dry, .thin, .failing, .gone: true
        }
    }

    /// Days without anything new, when that is less likely than one in a thousand at the source's
    /// usual yield: for articles that come by chance, `rate · days > ln 1000`.
    private static func dryDays(_ source: SourcesReport.Source, _ now: Instant) -> Int? {
        let today = now.milliseconds / 86_400_000
        let bringing = source.days.filter { $0.found > 0 }
        guard let last = bringing.last, let first = source.days.first else { return nil }
        let dry = today - last.day
        let found = bringing.reduce(0) { $0 + $1.found }
        let rate = Double(found) / Double(max(1, last.day - first.day + 1))
        return dry > 1 && rate * Double(dry - 1) > 6.9 ? dry : nil
    }
}

extension SourceVerdict {
    /// The verdict in one word.
    package var word: String {
        switch self {
        case .new: "new"
        case .well: "ok"
        case .dry: "dry"
        case .thin: "thin"
        case .failing: "failing"
        case .gone: "gone"
        }
    }

    /// Why a source is in that state; empty when there is nothing to say.
    package func reason(_ source: SourcesReport.Source) -> String {
        switch self {
        case .new: ""
        case .well: source.movedFrom.map { "moved from \($0)" } ?? ""
        case .dry(let days): "nothing new for \(days) days"
        case .thin(let part): part.sentence
        case .failing(let count):
            "\(Quantity.count(count, "poll")) failed: \(source.lastFailure ?? "")"
        case .gone: "gone for good; asked once a month. wirecopy unwatch ends that."
        }
    }
}
