import WirecopyMessages

// Lanes: what each keeps in memory, and when it rests.
extension QueueStateMachine {
    /// Whether a lane may keep another ready message in memory.
    func hasRoom(_ lane: LaneTable.Slot, _ rank: Int, of queue: Int) -> Bool {
        guard queues[queue].hasLanes else { return true }
        guard !queues[queue].lanes[lane].spills[rank].isActive else { return false }
        let depth =
            queues[queue].lanes[lane].restsUntil == nil
            ? laneDepth(rank, of: queue) : limits.laneRestingMax
        return queues[queue].lanes[lane].ready[rank].count < depth
    }

    /// Ready messages of a class that one lane keeps in memory at this moment.
    private func laneDepth(_ rank: Int, of queue: Int) -> Int {
        let free = limits.windowMax - queues[queue].windows[rank].readyCount
        return max(1, free / limits.laneDepthDivisor)
    }

    /// Leaves a message of a lane on disk, although the window has passed it.
    mutating func spill(
        _ position: Int,
        _ lane: LaneTable.Slot,
        _ rank: Int,
        of queue: Int,
        isSeenAgain: Bool
    ) {
        let before = queues[queue].lanes[lane].spills[rank].count
        queues[queue].lanes[lane].spills[rank].note(position, isSeenAgain: isSeenAgain)
        let after = queues[queue].lanes[lane].spills[rank].count
        queues[queue].windows[rank].spilledCount += after - before
        checkThirst(lane, rank, of: queue)
    }

    /// Puts a message whose moment came behind those of its lane, or leaves it on disk.
    mutating func wake(_ slot: MessageTable.Slot, now: Instant) {
        let queue = messages[slot].stage.rank
        let (lane, rank) = (messages[slot].lane, messages[slot].priority.rank)
        // A lane without anything in memory would not ask for more.
        guard !hasRoom(lane, rank, of: queue), !queues[queue].lanes[lane].ready[rank].isEmpty
        else { return move(slot, to: .ready(since: now)) }
        spill(messages[slot].position, lane, rank, of: queue, isSeenAgain: false)
        forget(slot)
    }

    /// Has more of a lane read when few of its messages are left in memory.
    mutating func checkThirst(_ lane: LaneTable.Slot, _ rank: Int, of queue: Int) {
        guard queues[queue].lanes[lane].spills[rank].isActive,
            !queues[queue].lanes[lane].spills[rank].isRefilling,
            queues[queue].lanes[lane].restsUntil == nil,
            4 * Int(queues[queue].lanes[lane].ready[rank].count) < laneDepth(rank, of: queue)
        else { return }
        queues[queue].lanes[lane].spills[rank].isRefilling = true
        queues[queue].thirsty.append((lane, rank))
    }

    /// Refills of lanes that want one, as many as may be on their way.
    mutating func laneRefills(of queue: Int) -> [RefillRequest] {
        let count = min(
            queues[queue].thirsty.count,
            limits.laneRefillsMax - queues[queue].laneRefillCount
        )
        guard count > 0 else { return [] }
        let wanted = queues[queue].thirsty.prefix(count)
        queues[queue].thirsty.removeFirst(count)
        queues[queue].laneRefillCount += count
        return wanted.map { slot, rank in
            let lane = queues[queue].lanes[slot]
            return RefillRequest(
                stage: queues[queue].stage,
                priority: MessageClass.allCases[rank],
                after: lane.spills[rank].after,
                limit: max(1, laneDepth(rank, of: queue) - Int(lane.ready[rank].count)),
                lane: lane.name
            )
        }
    }

    /// The journal's answer to a refill of one lane.
    mutating func refilled(
        _ name: String,
        _ request: RefillRequest,
        _ entries: [QueueEntry],
        now: Instant
    ) {
        let (queue, rank) = (request.stage.rank, request.priority.rank)
        queues[queue].laneRefillCount -= 1
        guard let lane = queues[queue].lanes.slot(of: name) else { return }
        let spill = queues[queue].lanes[lane].spills[rank]
        let inRange = entries.prefix { $0.position <= spill.through }
        var added = 0
        for entry in inRange where messages.slot(at: entry.position) == nil {
            // One that waits for a moment is parked, and read again when that comes.
            guard firstMoment(of: entry, now: now) == nil else { continue }
            take(entry, lane, .ready(since: entry.readySince))
            added += 1
        }
        queues[queue].lanes[lane].spills[rank].endRefill(
            from: request.after,
            through: inRange.last?.position ?? request.after,
            added: added,
            isComplete: inRange.count < entries.count || entries.count < request.limit
        )
        let left = queues[queue].lanes[lane].spills[rank].count
        queues[queue].windows[rank].spilledCount += left - spill.count
        checkThirst(lane, rank, of: queue)
        releaseIfUnused(lane, of: queue)
    }

    /// Lets nothing of a lane go before a moment; `isHeld` is true for a rest that the journal
    /// remembers.
    mutating func rest(
        _ lane: LaneTable.Slot,
        of queue: Int,
        until: Instant,
        isHeld: Bool
    ) {
        guard queues[queue].hasLanes else { return }
        let until = max(queues[queue].lanes[lane].restsUntil ?? until, until)
        queues[queue].lanes[lane].restsUntil = until
        queues[queue].lanes.rests.insert(rank: until.milliseconds, position: Int(lane))
        if isHeld { queues[queue].lanes[lane].isHeld = true }
    }

    /// Leaves all but the first ready messages of a lane that will rest for long to the disk.
    mutating func thin(_ lane: LaneTable.Slot, of queue: Int) {
        for rank in 0..<ByClass<MessageList>.count { thin(lane, rank, of: queue) }
    }

    /// Takes over a rest that the journal remembers.
    ///
    /// A clock that was set back must not turn the pause of a site into years.
    mutating func restore(_ hold: JournalState.LaneHold, now: Instant) {
        let queue = hold.stage.rank
        guard queues[queue].hasLanes else {
            return endedHolds.append(.holdLane(hold.stage, lane: hold.lane, until: nil))
        }
        guard let lane = queues[queue].lanes.makeSlot(for: hold.lane) else { return }
        let until = min(hold.until, now + retryPolicy.retryAfterMax)
        rest(lane, of: queue, until: until, isHeld: true)
    }

    /// Ends the rests whose moment came.
    mutating func endRests(of queue: Int, now: Instant) {
        while let first = queues[queue].lanes.rests.first, first.rank <= now.milliseconds {
            _ = queues[queue].lanes.rests.removeFirst()
            let lane = LaneTable.Slot(first.position)
            guard queues[queue].lanes[lane].restsUntil?.milliseconds == first.rank else {
                continue
            }
            queues[queue].lanes[lane].restsUntil = nil
            if queues[queue].lanes[lane].isHeld {
                queues[queue].lanes[lane].isHeld = false
                let name = queues[queue].lanes[lane].name
                endedHolds.append(.holdLane(queues[queue].stage, lane: name, until: nil))
            }
            queues[queue].offer(lane)
            for rank in 0..<ByClass<LaneSpill>.count { checkThirst(lane, rank, of: queue) }
            releaseIfUnused(lane, of: queue)
        }
    }

    private mutating func thin(_ lane: LaneTable.Slot, _ rank: Int, of queue: Int) {
        while Int(queues[queue].lanes[lane].ready[rank].count) > limits.laneRestingMax,
            let last = queues[queue].lanes[lane].ready[rank].last
        {
            spill(messages[last].position, lane, rank, of: queue, isSeenAgain: false)
            forget(last)
        }
    }

    /// Lets a lane go when nothing is left of it.
    mutating func releaseIfUnused(_ lane: LaneTable.Slot, of queue: Int) {
        guard queues[queue].hasLanes, queues[queue].lanes[lane].isUnused else { return }
        queues[queue].lanes.remove(lane)
    }
}
