import WirecopyMessages

/// Sources as people read them.
struct SourcesScreen {
    private let sources: [SourcesReport.Source]
    private let now: Instant

    init(_ sources: [SourcesReport.Source], now: Instant) {
        self.sources = sources
        self.now = now
    }

    /// All sources by address; each line none longer than `columns`.
    func list(columns: Int) -> [String] {
        var table = Table([
            ("NEXT", .right), ("LAST", .right), ("NEW/DAY", .right), ("POLLS/DAY", .right),
            ("KIND", .left), ("SOURCE", .left), ("TITLE", .left),
        ])
        for source in sources.sorted(by: { $0.url < $1.url }) {
            table.add([
                next(source), last(source), perDay(source, \.found), perDay(source, \.polls),
                source.kind ?? "-", Terminal.safe(source.url), Terminal.safe(source.title ?? ""),
            ])
        }
        return table.isEmpty ? [] : table.lines(columns: columns)
    }

    /// Sources in trouble first, with the reason.
    func health(columns: Int) -> [String] {
        var table = Table([
            ("STATE", .left), ("LAST", .right), ("STATUS", .right), ("NEW/DAY", .right),
            ("SOURCE", .left), ("WHY", .left),
        ])
        let judged = sources.map { (source: $0, verdict: SourceVerdict($0, now: now)) }
        let order = judged.sorted {
            ($0.verdict.isTrouble ? 0 : 1, $0.source.url)
                < ($1.verdict.isTrouble ? 0 : 1, $1.source.url)
        }
        for (source, verdict) in order {
            table.add([
                Self.state(verdict), last(source), source.lastStatus.map(String.init) ?? "-",
                perDay(source, \.found), Terminal.safe(source.url),
                Terminal.safe(Self.reason(source, verdict)),
            ])
        }
        return table.isEmpty ? [] : table.lines(columns: columns)
    }

    private func next(_ source: SourcesReport.Source) -> String {
        let left = source.dueMs - now.milliseconds
        return left > 0 ? Quantity.duration(milliseconds: left) : "now"
    }

    private func last(_ source: SourcesReport.Source) -> String {
        source.lastSuccessMs.map {
            Quantity.duration(milliseconds: max(0, now.milliseconds - $0)) + " ago"
        } ?? "never"
    }

    private func perDay(
        _ source: SourcesReport.Source,
        _ count: KeyPath<SourcesReport.Day, Int>
    ) -> String {
        guard let first = source.days.first else { return "-" }
        let days = max(1, now.milliseconds / 86_400_000 - first.day + 1)
        let sum = source.days.reduce(0) { $0 + $1[keyPath: count] }
        return Quantity.rate(Double(sum) / Double(days))
    }

    private static func state(_ verdict: SourceVerdict) -> String {
        switch verdict {
        case .new: "new"
        case .well: "ok"
        case .dry: "dry"
        case .failing: "failing"
        case .gone: "gone"
        }
    }

    private static func reason(_ source: SourcesReport.Source, _ verdict: SourceVerdict) -> String {
        switch verdict {
        case .new: ""
        case .well: source.movedFrom.map { "moved from \($0)" } ?? ""
        case .dry(let days): "nothing new for \(days) days"
        case .failing(let count):
            "\(Quantity.count(count, "poll")) failed: \(source.lastFailure ?? "")"
        case .gone: "gone for good; asked once a month. wirecopy unwatch ends that."
        }
    }
}
