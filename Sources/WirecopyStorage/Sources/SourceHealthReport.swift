package import WirecopyMessages

/// Sources with how they do: `sources health --json`.
package struct SourceHealthReport: Report {
    /// How each does, in the same order.
    package var health: [Health]
    /// The sources, in the order in which they came to the queue.
    package var sources: [SourcesReport.Source]

    /// How a source does.
    package struct Health: Report {
        /// `new`, `ok`, `dry`, `thin`, `failing` or `gone`.
        package var state: String
        /// What the store has of it; `nil` without a store, or when it has nothing.
        package var stored: StoredShares?
        /// Its address.
        package var url: String
        /// Why it is in that state; `nil` when there is nothing to say.
        package var why: String?
    }

    /// Judges sources; `yields` is what the store has of each.
    package init(
        _ sources: [SourcesReport.Source],
        yields: [String: SourceYield]?,
        now: Instant
    ) {
        let today = now.milliseconds / 86_400_000
        self.sources = sources
        health = sources.map { source in
            let yield = yields.flatMap { SourceYield.of(source, in: $0) }
            let verdict = SourceVerdict(source, stored: yield, now: now)
            let why = verdict.reason(source)
            return Health(
                state: verdict.word,
                stored: yield.map { StoredShares($0, today: today) },
                url: source.url,
                why: why.isEmpty ? nil : why
            )
        }
    }
}
