import WirecopyMessages

/// All decisions of the queue: what is delivered to whom, and what becomes of it.
///
/// Pure: `now` and randomness come in, actions go out, and nothing is believed to be on disk until
/// the journal has said so. The broker performs the actions. Per stage it keeps a window of ready
/// messages; what does not fit stays in the journal and is asked for again (`refills`).
///
/// Invariant: each message in memory is in exactly one state and in the list of that state, and the
/// counts of its stage agree; `take`, `move` and `forget` are the only places that change a state.
package struct QueueStateMachine: Sendable {
    /// The bounds and intervals.
    package let limits: QueueLimits
    let retryPolicy: RetryPolicy
    var messages = MessageTable()
    var workers = WorkerTable()
    /// By rank of the stage.
    var queues: [StageQueue]
    /// Rests that ended and that the journal still remembers.
    var endedHolds: [JournalChange] = []
    /// The stage that is served first in the next turn, so that a busy one starves no other.
    var stageInTurn = 0
    /// True once the broker stops: nothing is delivered any more.
    package var isDraining = false

    /// Makes the queue of an empty journal.
    package init(limits: QueueLimits = QueueLimits(), retryPolicy: RetryPolicy = RetryPolicy()) {
        self.limits = limits
        self.retryPolicy = retryPolicy
        queues = StageName.allCases.map {
            StageQueue(stage: $0, laneLeasedMax: limits.laneLeasedMax[$0])
        }
    }
}

// Changes of state.
extension QueueStateMachine {
    /// Puts a message into another state and keeps all lists and counts in step.
    ///
    /// `isFirst` puts a ready message before the others of its lane.
    mutating func move(
        _ slot: MessageTable.Slot,
        to state: OpenMessage.State,
        isFirst: Bool = false
    ) {
        meter(slot, to: state)
        leave(slot)
        messages[slot].state = state
        enter(slot, isFirst: isFirst)
    }

    /// Lets a message out of memory: it is finished, or the journal alone keeps it.
    mutating func forget(_ slot: MessageTable.Slot) {
        leave(slot)
        let (queue, lane) = (messages[slot].stage.rank, messages[slot].lane)
        messages.remove(slot)
        queues[queue].lanes[lane].messageCount -= 1
        releaseIfUnused(lane, of: queue)
    }

    /// Takes a message into memory.
    mutating func take(
        _ entry: QueueEntry,
        _ lane: LaneTable.Slot,
        _ state: OpenMessage.State
    ) {
        let slot = messages.insert(OpenMessage(entry, lane: lane, state: state))
        queues[entry.stage.rank].lanes[lane].messageCount += 1
        enter(slot, isFirst: false)
    }

    /// Counts a delivery that begins: a lease, or a late acknowledgement. What is ready again
    /// without an end of its own was returned.
    private mutating func meter(_ slot: MessageTable.Slot, to state: OpenMessage.State) {
        switch (messages[slot].state, state) {
        case (.leased, .leased), (.leased, .settling), (.settling, .settling), (_, .delayed): return
        case (_, .leased), (_, .settling):
            begin(slot)
        case (_, .ready): end(slot, .returned)
        }
    }

    /// Counts the beginning of a delivery, if the message has none.
    mutating func begin(_ slot: MessageTable.Slot) {
        guard !messages[slot].hasDelivery else { return }
        queues[messages[slot].stage.rank].meter.begin()
        messages[slot].hasDelivery = true
    }

    /// Counts the end of the message's delivery, if it has one.
    mutating func end(_ slot: MessageTable.Slot, _ end: DeliveryEnd) {
        guard messages[slot].hasDelivery else { return }
        queues[messages[slot].stage.rank].meter.end(end)
        messages[slot].hasDelivery = false
    }

    private mutating func leave(_ slot: MessageTable.Slot) {
        let (queue, lane) = (messages[slot].stage.rank, messages[slot].lane)
        switch messages[slot].state {
        case .ready:
            let rank = messages[slot].priority.rank
            messages.remove(slot, from: &queues[queue].lanes[lane].ready[rank])
            queues[queue].windows[rank].readyCount -= 1
            checkThirst(lane, rank, of: queue)
        case .settling: queues[queue].settlingCount -= 1
        case .delayed:
            queues[queue].delayedCount -= 1
            if messages[slot].attempts > 0 { queues[queue].failingCount -= 1 }
        case .leased(let lease):
            queues[queue].leasedCount -= 1
            messages.remove(slot, from: &workers[lease.worker].leases)
            offer(lease.worker)
            queues[queue].lanes[lane].leasedCount -= 1
            queues[queue].offer(lane)
        }
    }

    private mutating func enter(_ slot: MessageTable.Slot, isFirst: Bool) {
        let (queue, lane) = (messages[slot].stage.rank, messages[slot].lane)
        switch messages[slot].state {
        case .ready:
            let rank = messages[slot].priority.rank
            if isFirst {
                messages.prepend(slot, to: &queues[queue].lanes[lane].ready[rank])
            } else {
                messages.append(slot, to: &queues[queue].lanes[lane].ready[rank])
            }
            queues[queue].windows[rank].readyCount += 1
            queues[queue].offer(lane)
        case .settling: queues[queue].settlingCount += 1
        case .delayed(let until):
            queues[queue].delayedCount += 1
            if messages[slot].attempts > 0 { queues[queue].failingCount += 1 }
            queues[queue].delays
                .insert(rank: until.milliseconds, position: messages[slot].position)
        case .leased(let lease):
            queues[queue].leasedCount += 1
            messages.append(slot, to: &workers[lease.worker].leases)
            queues[queue].lanes[lane].leasedCount += 1
        }
    }
}

// Turns.
extension QueueStateMachine {
    /// Gives a worker its turn if it can take more.
    mutating func offer(_ worker: WorkerTable.Slot) {
        guard !workers[worker].isInTurn,
            workers[worker].canTake(leasesMax: limits.leasesPerWorkerMax)
        else { return }
        workers[worker].isInTurn = true
        queues[workers[worker].stage.rank].workerTurns.append(worker)
    }
}

extension StageName {
    /// 0 for the first stage of the pipeline.
    var rank: Int {
        switch self {
        case .fetch: 0
        case .parse: 1
        case .extract: 2
        case .store: 3
        }
    }
}
