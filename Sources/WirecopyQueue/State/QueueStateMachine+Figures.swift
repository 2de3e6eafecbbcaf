package import WirecopyMessages

// What monitoring is told.
extension QueueStateMachine {
    /// One entry a stage, in the order of the pipeline; O(workers + resting lanes).
    package func figures(now: Instant) -> [StageFigures] {
        var all = queues.map { queue in
            var figures = StageFigures(stage: queue.stage)
            figures.ready = MessageClass.allCases.map { queue.windows[$0.rank].waitingCount }
            figures.inFlight = queue.leasedCount + queue.settlingCount
            figures.delayed = queue.waitingForTimeCount
            figures.dead = queue.deadCount
            figures.oldestAge =
                queue.lanes.oldestReady(in: messages)
                .map { max(.zero, now - $0) } ?? .zero
            figures.isPaused = queue.isPaused
            figures.restingLanes = queue.lanes.restingCount
            figures.receivedTotal = queue.receivedTotal
            figures.duplicateTotal = queue.duplicateTotal
            figures.doneTotal = queue.doneTotal
            figures.excusedTotal = queue.excusedTotal
            figures.meter = queue.meter
            return figures
        }
        for slot in workers.all {
            let rank = workers[slot].stage.rank
            if workers[slot].isSilent {
                all[rank].silentWorkers += 1
                continue
            }
            if workers[slot].isDraining {
                all[rank].drainingWorkers += 1
            } else {
                all[rank].presentWorkers += 1
            }
            all[rank].slots += workers[slot].status?.slots ?? 1
        }
        return all
    }
}
