import WirecopyMessages

/// The queue of one stage: a window of ready messages a class, delays, workers and counts.
struct StageQueue: Sendable {
    let stage: StageName
    var windows = MessageClass.allCases.map { _ in ClassWindow() }
    var shares = ClassShares()
    /// Moments at which delayed messages become ready.
    var delays = DeadlineHeap()
    /// Names of the workers that may get deliveries, in the order of their turn.
    var workers: [String] = []
    /// Whose turn it is.
    var turn = 0
    var isPaused = false

    var delayedCount = 0
    var leasedCount = 0
    var settlingCount = 0
    var deadCount = 0
    var doneTotal = 0
    var receivedTotal = 0
    var retriedTotal = 0
    var queueTime = DurationHistogram()
    var serviceTime = DurationHistogram()

    init(stage: StageName) { self.stage = stage }

    /// Messages that wait for a worker, on disk or in memory.
    var readyCount: Int {
        windows.reduce(0) { $0 + $1.readyCount + $1.unloadedCount }
    }
}

/// The ready messages of one class: those in memory, and how many more are on disk only.
///
/// Every open message of the class at or before `loadedThrough` is in memory, except those counted
/// in `unloadedCount`, which all lie behind it.
struct ClassWindow: Sendable {
    /// Ready messages by place; may hold places that are ready no more.
    var ready = DeadlineHeap()
    /// Ready messages in memory.
    var readyCount = 0
    /// Open messages that are on disk only; exact once a refill came back short.
    var unloadedCount = 0
    /// The place up to which the journal was read.
    var loadedThrough = 0
    /// True while a refill is on its way.
    var isRefilling = false
    /// A place before `loadedThrough` to go back to after the refill, because of a replay.
    var rewindTo: Int?

    /// Whether a message that comes in now has to stay on disk.
    func staysOnDisk(windowMax: Int) -> Bool {
        unloadedCount > 0 || isRefilling || readyCount >= windowMax
    }

    /// Goes back so that the message at this place is read again.
    mutating func rewind(before position: Int) {
        unloadedCount += 1
        if isRefilling {
            rewindTo = min(rewindTo ?? position - 1, position - 1)
        } else {
            loadedThrough = min(loadedThrough, position - 1)
        }
    }

    /// Notes how far the journal was read.
    mutating func endRefill(through position: Int, added: Int, isComplete: Bool) {
        isRefilling = false
        loadedThrough = max(loadedThrough, position)
        // The count may have run behind; only a short answer proves that nothing is left.
        unloadedCount = isComplete ? 0 : max(1, unloadedCount - added)
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
    static let weights = [16, 4, 1]

    private var left = weights

    /// Chooses among the classes that have ready messages, most urgent first; `nil` when none has.
    mutating func choose(from hasReady: [Bool]) -> Int? {
        guard hasReady.contains(true) else { return nil }
        if !hasReady.indices.contains(where: { hasReady[$0] && left[$0] > 0 }) {
            left = Self.weights
        }
        return hasReady.indices.first { hasReady[$0] && left[$0] > 0 }
    }

    /// Counts a delivery of this class.
    mutating func spend(_ index: Int) { left[index] -= 1 }
}
