package import WirecopyMessages

/// All decisions of the queue: what is delivered to whom, and what becomes of it.
///
/// Pure: `now` and randomness come in, actions go out, and nothing is believed to be on disk until
/// the journal has said so. The broker performs the actions. Per stage it keeps a window of ready
/// messages; what does not fit stays in the journal and is asked for again (`refills`).
///
/// Invariant: each message in memory is in exactly one state, and the counts of its stage agree;
/// `move` is the only place that changes a state.
package struct QueueStateMachine: Sendable {
    /// The bounds and intervals.
    package let limits: QueueLimits
    let retryPolicy: RetryPolicy
    var messages: [Int: OpenMessage] = [:]
    var workers: [String: QueueWorker] = [:]
    /// Moments at which leases run out.
    var leaseDeadlines = DeadlineHeap()
    /// True once the broker stops: nothing is delivered any more.
    package var isDraining = false
    private var queues = StageName.allCases.map { StageQueue(stage: $0) }
    /// Until this moment what was open before the start waits for those who may still hold it.
    private var graceEnds: Instant?

    /// Makes the queue of an empty journal.
    package init(limits: QueueLimits = QueueLimits(), retryPolicy: RetryPolicy = RetryPolicy()) {
        self.limits = limits
        self.retryPolicy = retryPolicy
    }

    subscript(stage: StageName) -> StageQueue {
        _read { yield queues[stage.rank] }
        _modify { yield &queues[stage.rank] }
    }
}

// What the journal says.
extension QueueStateMachine {
    /// Takes over what was open when the journal was opened.
    package mutating func restore(_ state: JournalState, now: Instant) {
        graceEnds = state.openCounts.isEmpty ? nil : now + limits.reclaimGrace
        for count in state.openCounts {
            self[count.stage].windows[count.priority.rank].unloadedCount = count.messages
        }
        for stage in StageName.allCases {
            self[stage].deadCount = state.deadCounts[stage] ?? 0
            self[stage].isPaused = state.paused.contains(stage)
        }
    }

    /// A message came to rest in the journal and is open.
    ///
    /// - Returns: whether it is in memory, so that its content is worth keeping.
    @discardableResult
    package mutating func published(_ entry: QueueEntry, now: Instant) -> Bool {
        self[entry.stage].receivedTotal += 1
        let rank = entry.priority.rank
        guard !self[entry.stage].windows[rank].staysOnDisk(windowMax: limits.windowMax) else {
            self[entry.stage].windows[rank].unloadedCount += 1
            return false
        }
        self[entry.stage].windows[rank].loadedThrough = entry.position
        insert(entry, readyAt: now, now: now)
        return true
    }

    /// A message that was done or dead is open again.
    package mutating func replayed(_ entry: QueueEntry, wasDead: Bool, now: Instant) {
        if wasDead { self[entry.stage].deadCount -= 1 }
        guard messages[entry.position] == nil else { return }
        let rank = entry.priority.rank
        if self[entry.stage].windows[rank].staysOnDisk(windowMax: limits.windowMax) {
            self[entry.stage].windows[rank].rewind(before: entry.position)
        } else {
            insert(entry, readyAt: now, now: now)
        }
    }

    /// What to read from the journal because few messages are left in memory.
    ///
    /// Each request must be answered by `refilled`, in the order of the journal's changes.
    package mutating func refills() -> [RefillRequest] {
        var requests: [RefillRequest] = []
        for stage in StageName.allCases where self[stage].delayedCount < limits.delayedMax {
            for priority in MessageClass.allCases {
                let window = self[stage].windows[priority.rank]
                guard window.unloadedCount > 0, !window.isRefilling,
                    window.readyCount < limits.windowLow
                else { continue }
                self[stage].windows[priority.rank].isRefilling = true
                requests.append(
                    RefillRequest(
                        stage: stage,
                        priority: priority,
                        after: window.loadedThrough,
                        limit: limits.windowMax - window.readyCount
                    )
                )
            }
        }
        return requests
    }

    /// The journal's answer to a refill, in ascending order of place.
    package mutating func refilled(
        _ request: RefillRequest,
        _ entries: [QueueEntry],
        now: Instant
    ) {
        var added = 0
        let ready = graceEnds ?? now
        for entry in entries where messages[entry.position] == nil {
            insert(entry, readyAt: ready, now: now)
            added += 1
        }
        self[request.stage].windows[request.priority.rank].endRefill(
            through: entries.last?.position ?? request.after,
            added: added,
            isComplete: entries.count < request.limit
        )
    }

    private mutating func insert(_ entry: QueueEntry, readyAt: Instant, now: Instant) {
        let until = max(entry.notBefore ?? now, readyAt)
        messages[entry.position] = OpenMessage(entry: entry, state: .settling)
        self[entry.stage].settlingCount += 1
        move(entry.position, to: until > now ? .delayed(until: until) : .ready(since: now))
    }

    /// Takes in a message that the journal holds open and that a worker claims to hold.
    ///
    /// - Returns: false when it is in memory already.
    mutating func adopt(_ entry: QueueEntry) -> Bool {
        guard messages[entry.position] == nil else { return false }
        messages[entry.position] = OpenMessage(entry: entry, state: .settling)
        self[entry.stage].settlingCount += 1
        return true
    }
}

// Changes of state.
extension QueueStateMachine {
    /// Puts a message into another state, or out of memory, and keeps all counts in step.
    mutating func move(_ position: Int, to state: OpenMessage.State?) {
        guard let message = messages[position] else { return }
        leave(message)
        guard let state else {
            messages[position] = nil
            return
        }
        messages[position]?.state = state
        enter(message.entry, state)
    }

    private mutating func leave(_ message: OpenMessage) {
        let stage = message.entry.stage
        switch message.state {
        case .ready: self[stage].windows[message.entry.priority.rank].readyCount -= 1
        case .settling: self[stage].settlingCount -= 1
        case .delayed: self[stage].delayedCount -= 1
        case .leased(let lease):
            self[stage].leasedCount -= 1
            workers[lease.worker]?.leases.remove(message.entry.position)
        }
    }

    private mutating func enter(_ entry: QueueEntry, _ state: OpenMessage.State) {
        let stage = entry.stage
        switch state {
        case .ready:
            let rank = entry.priority.rank
            self[stage].windows[rank].readyCount += 1
            self[stage].windows[rank].ready.insert(rank: entry.position, position: entry.position)
        case .settling: self[stage].settlingCount += 1
        case .delayed(let until):
            self[stage].delayedCount += 1
            self[stage].delays.insert(rank: until.milliseconds, position: entry.position)
        case .leased(let lease):
            self[stage].leasedCount += 1
            leaseDeadlines.insert(rank: lease.deadline.milliseconds, position: entry.position)
        }
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
