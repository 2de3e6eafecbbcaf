import WirecopyMessages

/// The messages of one class: those ready in memory, and how many more are on disk only.
///
/// Every open message of the class at or before `loadedThrough` is in memory, or in a lane's
/// spill, or parked; `unloadedCount` counts those behind it.
struct ClassWindow: Sendable {
    /// Ready messages in memory.
    var readyCount = 0
    /// Messages behind `loadedThrough`; exact once a refill came back short.
    var unloadedCount = 0
    /// Messages in the spills of lanes.
    var spilledCount = 0
    /// The place up to which the journal was read.
    private(set) var loadedThrough = 0
    /// True while a refill is on its way.
    var isRefilling = false
    /// A place before `loadedThrough` to go back to after the refill.
    private var rewindTo: Int?

    /// Delayed messages that are on disk only, and the first moment of one.
    private(set) var parkedCount = 0
    private(set) var parkedUntil: Instant?
    private var parkedAfter = 0

    /// Messages that wait for a worker.
    var waitingCount: Int { readyCount + unloadedCount + spilledCount }

    /// Whether a message that comes in now has to stay on disk.
    func staysOnDisk(windowMax: Int) -> Bool {
        unloadedCount > 0 || isRefilling || readyCount >= windowMax
    }

    /// Notes that the journal was read up to here.
    mutating func pass(_ position: Int) { loadedThrough = max(loadedThrough, position) }

    /// Goes back so that the messages from this place on are read again.
    mutating func rewind(before position: Int, count: Int = 1) {
        unloadedCount += count
        if isRefilling {
            rewindTo = min(rewindTo ?? position - 1, position - 1)
        } else {
            loadedThrough = min(loadedThrough, position - 1)
        }
    }

    /// Leaves a delayed message on disk.
    mutating func park(_ position: Int, until: Instant) {
        parkedAfter = parkedCount == 0 ? position - 1 : min(parkedAfter, position - 1)
        parkedUntil = min(parkedUntil ?? until, until)
        parkedCount += 1
    }

    /// Has the parked messages read again, because the moment of one came.
    mutating func unpark(now: Instant) {
        guard let parkedUntil, parkedUntil <= now else { return }
        rewind(before: parkedAfter + 1, count: parkedCount)
        parkedCount = 0
        self.parkedUntil = nil
    }

    /// Notes how far a refill read.
    mutating func endRefill(through position: Int, passed: Int, isComplete: Bool) {
        isRefilling = false
        pass(position)
        // The count may have run behind; only a short answer proves that nothing is left.
        unloadedCount = isComplete ? 0 : max(1, unloadedCount - passed)
        guard let place = rewindTo else { return }
        rewindTo = nil
        loadedThrough = min(loadedThrough, place)
        unloadedCount = max(1, unloadedCount)
    }
}

/// Shares deliveries out between the classes, so that a replay of a million never delays breaking
/// news, and breaking news never stops a replay.
struct ClassShares: Sendable {
    /// Deliveries of live, retry and replay in each round of 21 when all three wait.
    static let weights: ByClass = [16, 4, 1]

    private var left = weights

    /// Chooses among the classes that have something to go, most urgent first; `nil` when none has.
    mutating func choose(from hasReady: ByClass<Bool>) -> Int? {
        if let rank = first(of: hasReady) { return rank }
        left = Self.weights
        return first(of: hasReady)
    }

    /// Counts a delivery of this class.
    mutating func spend(_ rank: Int) { left[rank] -= 1 }

    private func first(of hasReady: ByClass<Bool>) -> Int? {
        (0..<ByClass<Bool>.count).first { hasReady[$0] && left[$0] > 0 }
    }
}
