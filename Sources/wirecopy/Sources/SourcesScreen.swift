import WirecopyMessages
import WirecopyStorage

/// Sources as people read them.
struct SourcesScreen {
    private let sources: [SourcesReport.Source]
    private let yields: [String: SourceYield]?
    private let now: Instant

    /// Prepares sources; `yields` is what the store has of each, when there is one.
    init(
        _ sources: [SourcesReport.Source],
        yields: [String: SourceYield]? = nil,
        now: Instant
    ) {
        self.sources = sources
        self.yields = yields
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
        var table = Table(
            [
                ("STATE", .left), ("LAST", .right), ("STATUS", .right), ("NEW/DAY", .right),
            ] + (yields == nil ? [] : Self.storedColumns) + [("SOURCE", .left), ("WHY", .left)]
        )
        let judged = sources.map { source in
            (
                source: source,
                verdict: SourceVerdict(
                    source,
                    stored: yields.flatMap { SourceYield.of(source, in: $0) },
                    now: now
                )
            )
        }
        let order = judged.sorted {
            ($0.verdict.isTrouble ? 0 : 1, $0.source.url)
                < ($1.verdict.isTrouble ? 0 : 1, $1.source.url)
        }
        for (source, verdict) in order {
            table.add(
                [
                    verdict.word, last(source), source.lastStatus.map(String.init) ?? "-",
                    perDay(source, \.found),
                ] + storedCells(source) + [
                    Terminal.safe(source.url),
                    Terminal.safe(verdict.reason(source)),
                ]
            )
        }
        return table.isEmpty ? [] : table.lines(columns: columns)
    }

    private static let storedColumns: [(String, Table.Alignment)] = [
        ("STORED", .right), ("TITLE", .right), ("DATE", .right), ("AUTHOR", .right),
        ("TEXT", .right),
    ]

    /// How many articles of a source are stored, and the shares with each field.
    private func storedCells(_ source: SourcesReport.Source) -> [String] {
        guard let yields else { return [] }
        guard let yield = SourceYield.of(source, in: yields) else {
            return ["0", "-", "-", "-", "-"]
        }
        let shares = StoredShares(yield, today: now.milliseconds / 86_400_000)
        let cells = [shares.withTitle, shares.withDate, shares.withAuthor, shares.withText]
        return ["\(shares.articles)"]
            + cells.map { $0.map { "\(Int(($0 * 100).rounded())) %" } ?? "-" }
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
}
