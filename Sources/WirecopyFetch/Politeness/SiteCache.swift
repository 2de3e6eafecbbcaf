import WirecopyMessages

/// What is known of sites (scheme, host and port), asked for once while it holds, however many
/// pages of a site are fetched at the same time.
actor SiteCache<Value: Sendable> {
    /// A value, and until when it holds.
    struct Answer: Sendable {
        var value: Value
        let freshUntil: Instant
    }

    /// Sites that are remembered; at a few kilobytes each, 40 MB in usual crawls.
    private let sitesMax = 10_000
    /// Entries that go at once when there are too many, so that looking for the oldest is rare.
    private let evictedShare = 8

    private struct Site {
        var answer: Answer
        var lastUse: Instant
    }

    private let now: @Sendable () -> Instant
    private var sites: [String: Site] = [:]
    /// Callers that wait for an answer that another one is asking for, by site.
    private var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]

    init(now: @escaping @Sendable () -> Instant) { self.now = now }

    /// What is known of a site, asked for when nothing is or it is too old; `ask` gets what was
    /// known before.
    ///
    /// - Throws: what `ask` throws; then others ask for themselves.
    func value<Failure: Error>(
        of site: String,
        ask: @Sendable (Value?) async throws(Failure) -> Answer
    ) async throws(Failure) -> Value {
        while true {
            if let known = sites[site]?.answer, known.freshUntil > now() {
                sites[site]?.lastUse = now()
                return known.value
            }
            guard waiting[site] == nil else {
                await withCheckedContinuation { waiting[site, default: []].append($0) }
                continue
            }
            waiting[site] = []
            defer { for caller in waiting.removeValue(forKey: site) ?? [] { caller.resume() } }
            let answer = try await ask(sites[site]?.answer.value)
            remember(answer, of: site)
            return answer.value
        }
    }

    /// What was known last, however old.
    func known(of site: String) -> Value? { sites[site]?.answer.value }

    /// Changes what is known of a site, if anything is.
    func change<Part: Sendable>(
        _ site: String,
        _ body: @Sendable (inout Value) -> Part
    ) -> Part? {
        guard var answer = sites[site]?.answer else { return nil }
        let part = body(&answer.value)
        sites[site]?.answer = answer
        return part
    }

    private func remember(_ answer: Answer, of site: String) {
        sites[site] = Site(answer: answer, lastUse: now())
        guard sites.count > sitesMax else { return }
        let oldest = sites.sorted { $0.value.lastUse < $1.value.lastUse }
        for (site, _) in oldest.prefix(sitesMax / evictedShare) { sites[site] = nil }
    }
}
