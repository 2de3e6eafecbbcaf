import WirecopyMessages

/// The queue of one stage: lanes and turns, a window a class, delays, workers and counts.
struct StageQueue: Sendable {
    let stage: StageName
    /// Messages of one lane that may be under a lease; `Int.max` without a limit.
    let laneLeasedMax: Int
    var lanes = LaneTable()
    /// Lanes that may go, by class.
    var turns = ByClass(repeating: TurnQueue())
    var windows = ByClass(repeating: ClassWindow())
    var shares = ClassShares()
    /// Lanes and classes that want a refill of their own.
    var thirsty: [(lane: LaneTable.Slot, rank: Int)] = []
    /// Refills of lanes that are on their way.
    var laneRefillCount = 0
    /// Moments at which delayed messages become ready.
    var delays = DeadlineHeap()
    /// Workers that can take more, in the order of their turn.
    var workerTurns = TurnQueue()
    /// Workers that are there and not silent.
    var presentCount = 0
    /// Since when no worker is there; `nil` while one is, or before the first message.
    var unattendedSince: Instant?
    /// Nothing is delivered before this moment: workers may still claim what they hold.
    var opensAt: Instant?
    var isPaused = false

    var delayedCount = 0
    /// Delayed messages that failed before; the others are appointments.
    var failingCount = 0
    var leasedCount = 0
    var settlingCount = 0
    var deadCount = 0
    var doneTotal = 0
    var receivedTotal = 0
    var retriedTotal = 0
    var excusedTotal = 0
    var duplicateTotal = 0
    var queueTime = DurationHistogram()
    var serviceTime = DurationHistogram()
    var meter = StageMeter()

    init(stage: StageName, laneLeasedMax: Int?) {
        self.stage = stage
        self.laneLeasedMax = laneLeasedMax ?? Int.max
        if laneLeasedMax == nil { _ = lanes.makeSlot(for: "") }
    }

    /// Counts a message that came in.
    ///
    /// - Returns: false when it has to stay on disk, behind others that do.
    mutating func receive(_ rank: Int, windowMax: Int, now: Instant) -> Bool {
        receivedTotal += 1
        if presentCount == 0, unattendedSince == nil { unattendedSince = now }
        guard windows[rank].staysOnDisk(windowMax: windowMax) else { return true }
        windows[rank].unloadedCount += 1
        return false
    }

    /// The first message of the lane whose turn it is, in the class whose turn it is.
    mutating func nextInTurn() -> (rank: Int, lane: LaneTable.Slot, message: MessageTable.Slot)? {
        var hasReady = ByClass(repeating: false)
        for rank in 0..<ByClass<Bool>.count { hasReady[rank] = hasLaneInTurn(rank) }
        guard let rank = shares.choose(from: hasReady), let lane = turns[rank].first,
            let message = lanes[lane].ready[rank].first
        else { return nil }
        return (rank, lane, message)
    }

    /// Takes the turn of a lane away, which has used it.
    mutating func endTurn(of lane: LaneTable.Slot, _ rank: Int) {
        shares.spend(rank)
        turns[rank].removeFirst()
        lanes[lane].isInTurn[rank] = false
    }

    /// Whether some lane of a class may go; takes those out of the turn that may not.
    private mutating func hasLaneInTurn(_ rank: Int) -> Bool {
        while let lane = turns[rank].first {
            if !lanes[lane].ready[rank].isEmpty, lanes[lane].mayGo(leasedMax: laneLeasedMax) {
                return true
            }
            turns[rank].removeFirst()
            lanes[lane].isInTurn[rank] = false
        }
        return false
    }

    /// Gives a lane its turns in all classes if it may go.
    mutating func offer(_ lane: LaneTable.Slot) {
        guard lanes[lane].mayGo(leasedMax: laneLeasedMax) else { return }
        for rank in 0..<ByClass<TurnQueue>.count {
            guard !lanes[lane].isInTurn[rank], !lanes[lane].ready[rank].isEmpty else { continue }
            lanes[lane].isInTurn[rank] = true
            turns[rank].append(lane)
        }
    }

    /// True when the stage keeps its lanes apart.
    var hasLanes: Bool { laneLeasedMax < Int.max }

    /// Messages that wait for a worker, on disk or in memory.
    var readyCount: Int {
        (0..<ByClass<ClassWindow>.count).reduce(0) { $0 + windows[$1].waitingCount }
    }

    /// Messages that wait for a moment, on disk or in memory.
    var waitingForTimeCount: Int {
        (0..<ByClass<ClassWindow>.count).reduce(delayedCount) { $0 + windows[$1].parkedCount }
    }
}
