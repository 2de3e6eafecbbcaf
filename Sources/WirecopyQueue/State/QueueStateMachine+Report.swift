package import WirecopyMessages

// What an operator is told.
extension QueueStateMachine {
    /// One report a stage, in the order of the pipeline.
    package mutating func stageReports(now: Instant) -> [StageReport] {
        StageName.allCases.map { stage in
            let oldest = oldestReady(of: stage)
            let queue = self[stage]
            var report = StageReport(stage: stage)
            report.delayed = queue.delayedCount
            report.dead = queue.deadCount
            report.doneTotal = queue.doneTotal
            report.isPaused = queue.isPaused
            report.leased = queue.leasedCount + queue.settlingCount
            report.lagMs = oldest.map { max(0, (now - $0).wholeMilliseconds) } ?? 0
            report.queueMsP50 = queue.queueTime.percentile(50)
            report.queueMsP95 = queue.queueTime.percentile(95)
            report.ready = queue.readyCount
            report.receivedTotal = queue.receivedTotal
            report.retriedTotal = queue.retriedTotal
            report.serviceMsP50 = queue.serviceTime.percentile(50)
            report.serviceMsP95 = queue.serviceTime.percentile(95)
            return report
        }
    }

    /// One report a worker, silent ones included, by name.
    package func workerReports(now: Instant) -> [WorkerReport] {
        workers.values.sorted { $0.name < $1.name }.map { worker in
            var report = WorkerReport(
                peer: worker.name,
                stage: worker.stage,
                stageVersion: worker.stageVersion
            )
            let status = worker.status ?? WorkerStatus()
            report.leased = worker.leases.count
            report.silentMs = max(0, (now - worker.lastHeard).wholeMilliseconds)
            report.busySlots = status.busySlots
            report.cpuMs = status.cpuMilliseconds
            report.doneTotal = status.doneTotal
            report.residentBytesMax = status.residentBytesMax
            report.retriedTotal = status.retriedTotal
            report.rejectedTotal = status.rejectedTotal
            report.serviceMsTotal = status.serviceMillisecondsTotal
            report.slots = status.slots
            return report
        }
    }

    /// Where an open message stands; `nil` when it is not in memory.
    package func state(of position: Int) -> OpenState? {
        switch messages[position]?.state {
        case nil: nil
        case .ready: .ready
        case .leased, .settling: .leased
        case .delayed: .delayed
        }
    }

    /// Deliveries that are not finished, or whose end is not on disk yet.
    package var unfinishedCount: Int {
        StageName.allCases.reduce(0) { $0 + self[$1].leasedCount + self[$1].settlingCount }
    }

    /// Whether the worker may still speak without greeting again.
    package func isPresent(_ name: String) -> Bool {
        workers[name].map { !$0.isSilent } ?? false
    }

    private mutating func oldestReady(of stage: StageName) -> Instant? {
        MessageClass.allCases.compactMap { priority in
            guard let message = firstReady(of: stage, rank: priority.rank),
                case .ready(let since) = message.state
            else { return nil }
            return since
        }.min()
    }
}
