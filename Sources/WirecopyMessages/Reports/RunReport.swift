/// What one `wirecopy run` did.
package struct RunReport: Report {
    /// Wall time in milliseconds, without starting and stopping the programs.
    package var elapsedMs: Int
    /// Pages whose way has not ended.
    package var inFlight: Int
    /// Whether the whole ledger balances.
    package var isBalanced: Bool
    /// Pages without an open message and without an end.
    package var lost: Int
    /// Pages by how their way ended; every kind is there.
    package var outcomes: [String: Int]
    /// Pages that were worked on.
    package var pages: Int
    /// One entry a stage that had workers at the end.
    package var stages: [StageWork]

    /// Makes a report.
    package init(
        elapsedMs: Int,
        pages: Int,
        outcomes: [String: Int],
        ledger: LedgerReport,
        stages: [StageWork]
    ) {
        self.elapsedMs = elapsedMs
        self.pages = pages
        self.outcomes = outcomes
        self.stages = stages
        inFlight = ledger.inFlight
        lost = ledger.lost
        isBalanced = ledger.isBalanced
    }

    /// What the workers of one stage used, summed.
    package struct StageWork: Report {
        /// The stage.
        package var stage: StageName
        /// Processor time of the processes in milliseconds.
        package var cpuMs: Int
        /// Largest resident memory of one process in bytes.
        package var residentBytesMax: Int
        /// Time inside the stage, summed over slots, in milliseconds.
        package var serviceMs: Int
        /// Processes.
        package var workers: Int

        /// Sums the workers of a stage; `nil` when there are none.
        package init?(stage: StageName, workers all: [WorkerReport]) {
            let workers = all.filter { $0.stage == stage }
            guard !workers.isEmpty else { return nil }
            self.stage = stage
            self.workers = workers.count
            cpuMs = workers.reduce(0) { $0 + $1.cpuMs }
            serviceMs = workers.reduce(0) { $0 + $1.serviceMsTotal }
            residentBytesMax = workers.map(\.residentBytesMax).max() ?? 0
        }
    }
}
