package import WirecopyMessages

// What the journal says: which messages are open, and which of them are in memory.
extension QueueStateMachine {
    /// Takes over what was open when the journal was opened.
    ///
    /// - Parameters:
    ///   - state: what the journal holds.
    ///   - startedAt: when opening it began; `nil` for now.
    ///   - now: when peers can be heard.
    package mutating func restore(
        _ state: JournalState,
        startedAt: Instant? = nil,
        now: Instant
    ) {
        let grace = min(limits.reclaimGrace, limits.reclaimGraceMin)
        let opensAt = max((startedAt ?? now) + limits.reclaimGrace, now + grace)
        for count in state.openCounts {
            let queue = count.stage.rank
            queues[queue].windows[count.priority.rank].unloadedCount = count.messages
            if limits.reclaimGrace > .zero { queues[queue].opensAt = opensAt }
        }
        for stage in StageName.allCases {
            queues[stage.rank].deadCount = state.deadCounts[stage] ?? 0
            queues[stage.rank].isPaused = state.paused.contains(stage)
            queues[stage.rank].unattendedSince = now
        }
        for hold in state.laneHolds { restore(hold, now: now) }
    }

    /// A message came to rest in the journal and is open.
    ///
    /// - Returns: whether it is in memory, so that its content is worth keeping.
    @discardableResult
    package mutating func published(_ entry: QueueEntry, now: Instant) -> Bool {
        // An output that was stored before is open once, however often it is handed in again.
        guard messages.slot(at: entry.position) == nil else { return false }
        let (queue, rank) = (entry.stage.rank, entry.priority.rank)
        guard queues[queue].receive(rank, windowMax: limits.windowMax, now: now) else {
            return false
        }
        guard let place = admit(entry, now: now) else {
            queues[queue].windows[rank].unloadedCount += 1
            return false
        }
        queues[queue].windows[rank].pass(entry.position)
        return place == .inMemory
    }

    /// Dead letters are kept no more, so many of each stage.
    package mutating func forget(_ dead: [StageName: Int]) {
        for (stage, count) in dead { queues[stage.rank].deadCount -= count }
    }

    /// A message that was done or dead is open again.
    package mutating func replayed(_ entry: QueueEntry, wasDead: Bool, now: Instant) {
        let (queue, rank) = (entry.stage.rank, entry.priority.rank)
        if wasDead { queues[queue].deadCount -= 1 }
        guard messages.slot(at: entry.position) == nil else { return }
        guard !queues[queue].windows[rank].staysOnDisk(windowMax: limits.windowMax),
            admit(entry, now: now) != nil
        else { return queues[queue].windows[rank].rewind(before: entry.position) }
    }

    /// A message was not stored because another of its key is open.
    package mutating func duplicated(of stage: StageName) {
        queues[stage.rank].duplicateTotal += 1
    }

    /// What to read from the journal because few messages are left in memory.
    ///
    /// Each request must be answered by `refilled`, in the order of the journal's changes.
    package mutating func refills() -> [RefillRequest] {
        var requests: [RefillRequest] = []
        for queue in queues.indices {
            for priority in MessageClass.allCases where wantsRefill(queue, priority.rank) {
                let window = queues[queue].windows[priority.rank]
                queues[queue].windows[priority.rank].isRefilling = true
                requests.append(
                    RefillRequest(
                        stage: queues[queue].stage,
                        priority: priority,
                        after: window.loadedThrough,
                        limit: limits.windowMax - window.readyCount
                    )
                )
            }
            if !queues[queue].thirsty.isEmpty { requests += laneRefills(of: queue) }
        }
        return requests
    }

    private func wantsRefill(_ queue: Int, _ rank: Int) -> Bool {
        let window = queues[queue].windows[rank]
        guard window.unloadedCount > 0, !window.isRefilling, !queues[queue].lanes.isFull
        else { return false }
        if window.readyCount < limits.windowLow { return true }
        // The window may be full of lanes that may not go.
        return queues[queue].hasLanes && window.readyCount < limits.windowMax
            && queues[queue].turns[rank].count < limits.lanesInTurnLow
    }

    /// The journal's answer to a refill, in ascending order of place.
    package mutating func refilled(
        _ request: RefillRequest,
        _ entries: [QueueEntry],
        now: Instant
    ) {
        let (queue, rank) = (request.stage.rank, request.priority.rank)
        if let lane = request.lane {
            return refilled(lane, request, entries, now: now)
        }
        var (last, passed) = (request.after, 0)
        for entry in entries {
            if messages.slot(at: entry.position) == nil {
                guard admit(entry, isSeenAgain: true, now: now) != nil else { break }
                passed += 1
            }
            last = entry.position
        }
        queues[queue].windows[rank].endRefill(
            through: last,
            passed: passed,
            isComplete: entries.count < request.limit && last == entries.last?.position ?? last
        )
    }
}

/// Where a message is after it was looked at.
enum Admission: Sendable {
    case inMemory
    /// Its lane or the delays have enough in memory, and remember it.
    case onDisk
}

extension QueueStateMachine {
    /// Takes a message into memory, or leaves it to its lane's spill or to the parked ones.
    ///
    /// `isSeenAgain` is true when the message's place may have been passed before.
    ///
    /// - Returns: where it is now; `nil` when there are too many lanes, so that the journal must
    ///   not be read any further.
    private mutating func admit(
        _ entry: QueueEntry,
        isSeenAgain: Bool = false,
        now: Instant
    ) -> Admission? {
        let (queue, rank) = (entry.stage.rank, entry.priority.rank)
        guard let lane = lane(of: entry) else { return nil }
        if let until = firstMoment(of: entry, now: now) {
            guard queues[queue].delayedCount < limits.delayedMax else {
                queues[queue].windows[rank].park(entry.position, until: until)
                releaseIfUnused(lane, of: queue)
                return .onDisk
            }
            take(entry, lane, .delayed(until: until))
            return .inMemory
        }
        guard hasRoom(lane, rank, of: queue) else {
            spill(entry.position, lane, rank, of: queue, isSeenAgain: isSeenAgain)
            return .onDisk
        }
        take(entry, lane, .ready(since: entry.readySince))
        return .inMemory
    }

    /// The moment for which a message waits; `nil` when it may go now.
    ///
    /// A clock that was set back must not turn the minutes of a retry into years.
    func firstMoment(of entry: QueueEntry, now: Instant) -> Instant? {
        guard let notBefore = entry.notBefore, notBefore > now else { return nil }
        let longest = entry.attempts > 0 ? retryPolicy.retryAfterMax : MessageLimits.delayMax
        return min(notBefore, now + longest)
    }

    /// Delays a message that is in memory, or leaves it on disk when there are too many.
    mutating func delay(_ slot: MessageTable.Slot, until: Instant, now: Instant) {
        let queue = messages[slot].stage.rank
        guard until > now else { return move(slot, to: .ready(since: now)) }
        guard queues[queue].delayedCount < limits.delayedMax else {
            let (position, rank) = (messages[slot].position, messages[slot].priority.rank)
            queues[queue].windows[rank].park(position, until: until)
            return forget(slot)
        }
        move(slot, to: .delayed(until: until))
    }

    /// Takes in a message that the journal holds open and that a worker claims to hold.
    ///
    /// - Returns: false when it is in memory already, or there are too many lanes.
    mutating func adopt(_ entry: QueueEntry) -> Bool {
        guard messages.slot(at: entry.position) == nil, let lane = lane(of: entry) else {
            return false
        }
        take(entry, lane, .settling)
        return true
    }

    /// The lane of a message in its stage.
    private mutating func lane(of entry: QueueEntry) -> LaneTable.Slot? {
        let queue = entry.stage.rank
        return queues[queue].hasLanes ? queues[queue].lanes.makeSlot(for: entry.lane) : 0
    }
}

extension QueueEntry {
    /// The first moment at which it could have gone.
    var readySince: Instant { max(queuedAt, notBefore ?? queuedAt) }
}
