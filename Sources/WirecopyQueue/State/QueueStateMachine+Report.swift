package import WirecopyMessages

// What an operator is told.
extension QueueStateMachine {
    /// One report a stage, in the order of the pipeline.
    package func stageReports(now: Instant) -> [StageReport] {
        queues.map { queue in
            var report = StageReport(stage: queue.stage)
            report.delayed = queue.waitingForTimeCount
            report.dead = queue.deadCount
            report.doneTotal = queue.doneTotal
            report.duplicateTotal = queue.duplicateTotal
            report.isPaused = queue.isPaused
            report.leased = queue.leasedCount + queue.settlingCount
            report.lagMs =
                queue.lanes.oldestReady(in: messages)
                .map { max(0, (now - $0).wholeMilliseconds) } ?? 0
            report.queueMsP50 = queue.queueTime.percentile(50)
            report.queueMsP95 = queue.queueTime.percentile(95)
            report.ready = queue.readyCount
            report.receivedTotal = queue.receivedTotal
            report.restingLanes = queue.lanes.restingCount
            report.retriedTotal = queue.retriedTotal
            report.excusedTotal = queue.excusedTotal
            report.serviceMsP50 = queue.serviceTime.percentile(50)
            report.serviceMsP95 = queue.serviceTime.percentile(95)
            if queue.readyCount > 0 {
                report.unattendedSinceMs = queue.unattendedSince?.milliseconds
            }
            return report
        }
    }

    /// One report a worker, silent ones included, by name.
    package func workerReports(now: Instant) -> [WorkerReport] {
        workers.byName.map { slot in
            let worker = workers[slot]
            var report = WorkerReport(
                peer: worker.name,
                stage: worker.stage,
                stageVersion: worker.stageVersion
            )
            report.leased = Int(worker.leases.count)
            report.silentMs = max(0, (now - worker.lastHeard).wholeMilliseconds)
            report.isDraining = worker.isDraining
            report.isSilent = worker.isSilent
            if let status = worker.status { report.tell(status) }
            return report
        }
    }

    /// Where an open message stands; `nil` when it is not in memory.
    package func state(of position: Int) -> OpenState? {
        switch messages.slot(at: position).map({ messages[$0].state }) {
        case nil: nil
        case .ready: .ready
        case .leased, .settling: .leased
        case .delayed: .delayed
        }
    }

    /// Messages of one urgency that wait for a worker of a stage, or of any.
    package func readyCount(of stage: StageName?, in priority: MessageClass) -> Int {
        queues.filter { stage == nil || $0.stage == stage }
            .reduce(0) { $0 + $1.windows[priority.rank].waitingCount }
    }

    /// Deliveries that are not finished, or whose end is not on disk yet.
    package var unfinishedCount: Int {
        queues.reduce(0) { $0 + $1.leasedCount + $1.settlingCount }
    }

    /// Whether the worker may still speak without greeting again.
    package func isPresent(_ name: String) -> Bool {
        workers.slot(of: name).map { !workers[$0].isSilent } ?? false
    }
}
