/// The state of the broker at one moment; totals count since it started.
package struct BrokerStatus: Report {
    /// Name of the broker's data.
    package var broker: String
    /// The balance of everything that ever entered.
    package var ledger: LedgerReport
    /// When this was true.
    package var nowMs: Int
    /// One entry a stage, in the order of the pipeline.
    package var stages: [StageReport]
    /// When the broker started.
    package var startedAtMs: Int
    /// One entry a worker that is known, the silent ones included.
    package var workers: [WorkerReport]

    /// Makes a status.
    package init(
        broker: String,
        startedAtMs: Int,
        nowMs: Int,
        ledger: LedgerReport,
        stages: [StageReport],
        workers: [WorkerReport]
    ) {
        self.broker = broker
        self.startedAtMs = startedAtMs
        self.nowMs = nowMs
        self.ledger = ledger
        self.stages = stages
        self.workers = workers
    }
}

/// One stage's queue at one moment.
package struct StageReport: Report {
    /// Messages waiting for a moment to come.
    package var delayed = 0
    /// Messages given up and kept.
    package var dead = 0
    /// Messages finished since the broker started.
    package var doneTotal = 0
    /// Outputs that were not stored because another message of their key is open, since the start.
    package var duplicateTotal: Int?
    /// Those of `retriedTotal` that the machine's trouble ended, which spent no attempt.
    package var excusedTotal: Int?
    /// True while an operator holds the stage.
    package var isPaused = false
    /// Messages under a lease.
    package var leased = 0
    /// Age of the oldest ready message in milliseconds; 0 when none waits.
    package var lagMs = 0
    /// Ready → leased, median and 95th percentile in milliseconds over the last deliveries.
    package var queueMsP50 = 0
    /// See `queueMsP50`.
    package var queueMsP95 = 0
    /// Messages waiting for a worker.
    package var ready = 0
    /// Messages that came in since the broker started.
    package var receivedTotal = 0
    /// Lanes (hosts) that rest at this moment.
    package var restingLanes: Int?
    /// Messages given back for another attempt since the broker started.
    package var retriedTotal = 0
    /// Leased → finished, median and 95th percentile in milliseconds over the last completions.
    package var serviceMsP50 = 0
    /// See `serviceMsP50`.
    package var serviceMsP95 = 0
    /// The stage.
    package var stage: StageName
    /// Since when messages wait and no worker of the stage is there; `nil` when that is not so.
    package var unattendedSinceMs: Int?

    /// Makes the report of an empty queue.
    package init(stage: StageName) { self.stage = stage }
}
