import WirecopyMessages
import WirecopyStorage

/// Sources with how they do: `sources health --json`.
struct SourceHealthReport: Report {
    /// How each does, in the same order.
    var health: [Health]
    /// The sources, in the order in which they came to the queue.
    var sources: [SourcesReport.Source]

    /// How a source does.
    struct Health: Report {
        /// `new`, `ok`, `dry`, `thin`, `failing` or `gone`.
        var state: String
        /// What the store has of it; `nil` without a store, or when it has nothing.
        var stored: StoredShares?
        /// Its address.
        var url: String
        /// Why it is in that state; `nil` when there is nothing to say.
        var why: String?
    }

    /// Judges sources; `yields` is what the store has of each.
    init(
        _ sources: [SourcesReport.Source],
        yields: [String: SourceYield]?,
        now: Instant
    ) {
        let today = now.milliseconds / 86_400_000
        self.sources = sources
        health = sources.map { source in
            let yield = yields.flatMap { SourceYield.of(source, in: $0) }
            let verdict = SourceVerdict(source, stored: yield, now: now)
            let why = SourcesScreen.reason(source, verdict)
            return Health(
                state: SourcesScreen.state(verdict),
                stored: yield.map { StoredShares($0, today: today) },
                url: source.url,
                why: why.isEmpty ? nil : why
            )
        }
    }
}
