package import WirecopyMessages

/// The last looks at one broker, and what follows from their differences.
package struct StatusHistory: Sendable {
    /// Looks that are kept: a sparkline is no longer.
    package static let looksMax = 60
    /// Rates are taken over the last looks within this time, so that they neither jump nor lag.
    package static let rateMilliseconds = 10_000
    /// For the drain time, what comes in is taken over less: a burst that is over must not make a
    /// queue look as if it grew.
    package static let arrivalMilliseconds = 3000

    /// What is kept of a look; the workers of all looks would be much.
    private struct Look: Sendable {
        let atMs: Int
        let entered: Int
        let ended: Int
        let received: [StageName: Int]
        let done: [StageName: Int]
        let finished: [String: Int]
    }

    /// The latest look.
    package private(set) var latest: BrokerStatus?
    private var looks: [Look] = []

    /// Makes a history without a look.
    package init() {}

    /// Takes a look in; one of another broker, or of one that was started again, begins anew.
    package mutating func add(_ status: BrokerStatus) {
        if let latest, latest.startedAtMs != status.startedAtMs || latest.broker != status.broker {
            looks = []
        }
        latest = status
        looks.append(
            Look(
                atMs: status.nowMs,
                entered: status.ledger.entered,
                ended: status.ledger.entered - status.ledger.inFlight,
                received: Self.byStage(status.stages, \.receivedTotal),
                done: Self.byStage(status.stages, \.doneTotal),
                finished: Dictionary(
                    status.workers.map {
                        ($0.peer, $0.doneTotal + $0.retriedTotal + $0.rejectedTotal)
                    }
                ) { $1 }
            )
        )
        if looks.count > Self.looksMax { looks.removeFirst() }
    }

    /// Messages that came into a stage, a second.
    package func inRate(_ stage: StageName) -> Double { rate { $0.received[stage] } }

    /// Messages that a stage finished, a second.
    package func outRate(_ stage: StageName) -> Double { rate { $0.done[stage] } }

    /// Messages that a worker finished, gave back or gave up, a second.
    package func rate(ofWorker peer: String) -> Double { rate { $0.finished[peer] } }

    /// When a stage will have nothing left.
    package func drain(_ report: StageReport) -> DrainTime {
        DrainTime(
            backlog: report.backlog,
            inPerSecond: rate(within: Self.arrivalMilliseconds) { $0.received[report.stage] },
            outPerSecond: outRate(report.stage)
        )
    }

    /// When no page will be in flight.
    package var drain: DrainTime {
        DrainTime(
            backlog: latest?.ledger.inFlight ?? 0,
            inPerSecond: rate(within: Self.arrivalMilliseconds) { $0.entered },
            outPerSecond: rate { $0.ended }
        )
    }

    /// What a stage finished between each two looks, a second; oldest first.
    package func outRates(_ stage: StageName) -> [Double] {
        zip(looks, looks.dropFirst()).map { earlier, later in
            Self.rate(earlier, later) { $0.done[stage] } ?? 0
        }
    }

    private func rate(
        within milliseconds: Int = rateMilliseconds,
        _ total: (Look) -> Int?
    ) -> Double {
        guard let last = looks.last else { return 0 }
        // With long intervals the last two looks are all there is.
        let earliest = min(last.atMs - milliseconds, looks.dropLast().last?.atMs ?? last.atMs)
        let first = looks.first { $0.atMs >= earliest && total($0) != nil }
        guard let first, first.atMs < last.atMs else { return 0 }
        return Self.rate(first, last, total) ?? 0
    }

    private static func rate(
        _ first: Look,
        _ last: Look,
        _ total: (Look) -> Int?
    ) -> Double? {
        guard let before = total(first), let after = total(last), last.atMs > first.atMs else {
            return nil
        }
        return Double(max(0, after - before)) * 1000 / Double(last.atMs - first.atMs)
    }

    private static func byStage(
        _ stages: [StageReport],
        _ count: KeyPath<StageReport, Int>
    ) -> [StageName: Int] {
        Dictionary(stages.map { ($0.stage, $0[keyPath: count]) }) { $1 }
    }
}

extension StageReport {
    /// Messages that the stage still has to do.
    package var backlog: Int { ready + delayed + leased }
}

extension WorkerReport {
    /// Silence from which a worker counts as silent when the broker does not say: three heartbeats.
    private static let silentMsMax = 15_000

    /// Whether nothing was heard of the worker for too long.
    package var hasFallenSilent: Bool { isSilent ?? (silentMs > Self.silentMsMax) }
}
