import WirecopyClient
import WirecopyMessages

/// One look of `top --json` at one broker.
struct TopReport: Report {
    /// Rates and estimate of one stage.
    struct StageRate: Report {
        /// The stage.
        var stage: StageName
        /// Messages that the stage still has to do.
        var backlog: Int
        /// When it will be empty, in words.
        var drain: String
        /// When it will be empty, in milliseconds; left out where there is no estimate.
        var drainMs: Int?
        /// Messages that came in, a second.
        var inPerSecond: Double
        /// Messages that were finished, a second.
        var outPerSecond: Double
        /// Workers that are there.
        var workers: Int
        /// Workers that have fallen silent.
        var workersSilent: Int
    }

    /// Address of the broker.
    var endpoint: String
    /// Why the broker did not answer; left out when it did.
    var problem: String?
    /// When no page will be in flight, in milliseconds; left out where there is no estimate.
    var drainMs: Int?
    /// Rates, one entry a stage.
    var rates: [StageRate]
    /// What the broker said; left out when it has never answered.
    var status: BrokerStatus?

    /// Tells what is known of a broker.
    init(_ entry: TopBoard.Entry) {
        let history = entry.history
        endpoint = entry.endpoint
        problem = entry.problem
        status = history.latest
        drainMs = history.latest == nil ? nil : history.drain.milliseconds
        rates = (history.latest?.stages ?? []).map { stage in
            let workers = (history.latest?.workers ?? []).filter { $0.stage == stage.stage }
            let silent = workers.count { $0.hasFallenSilent }
            return StageRate(
                stage: stage.stage,
                backlog: stage.backlog,
                drain: history.drain(stage).text,
                drainMs: history.drain(stage).milliseconds,
                inPerSecond: Self.rounded(history.inRate(stage.stage)),
                outPerSecond: Self.rounded(history.outRate(stage.stage)),
                workers: workers.count - silent,
                workersSilent: silent
            )
        }
    }

    /// Three decimals say all there is to say.
    private static func rounded(_ rate: Double) -> Double { (rate * 1000).rounded() / 1000 }
}
