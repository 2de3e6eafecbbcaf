import WirecopyMessages

/// What the thread that commits keeps in memory: which messages are open, and what it needs of
/// those that were touched last.
///
/// Everything else lies in the log. Bits and small tables are complete; records are a cache with
/// a bound, beyond which they are read from the log again.
struct JournalMemory {
    /// Records that are kept: those of the windows of all stages, and as many again; about 20 MB.
    private static let recordsMax = 100_000
    /// Failures that are kept before they are looked up in the index instead; about 20 MB.
    private static let failuresMax = 100_000
    /// Open unique keys; at 100 bytes each they take 100 MB, and no newsroom polls as many feeds.
    static let keysMax = 1_000_000

    var open: OpenSet
    var nextPosition: Int
    var paused: Set<StageName>
    var keys: [OpenKey: Int]
    /// Places in front of which pages may be removed.
    var retiredBefore = 0
    /// Whether the index does not know yet which pages were removed last.
    var isRetiring = false
    private(set) var laneHolds: [StageName: [String: Instant]] = [:]
    private var records: [Int: OpenRecord] = [:]
    private var firstUnwritten = 0
    /// Records of messages that came and went in the group that is being made.
    private var closedUnwritten: [Int: OpenRecord] = [:]
    private var failures: [Int: OpenFailure] = [:]
    private var recent: RecentPlaces
    private var runs: [IndexRun]

    init(_ snapshot: IndexSnapshot, open: OpenSet, nextPosition: Int) {
        self.open = open
        self.nextPosition = nextPosition
        paused = snapshot.paused
        keys = snapshot.keys
        retiredBefore = snapshot.retiredBefore
        recent = RecentPlaces(snapshot.recent)
        runs = snapshot.runs
        for hold in snapshot.laneHolds {
            laneHolds[hold.stage, default: [:]][hold.lane] = hold.until
        }
    }

    /// The place of a message that came in since the last run of the index.
    func recentPosition(of id: MessageID) -> Int? { recent.position(of: id) }

    /// Whether the time in an identity lies in one of the index's runs.
    func mayBeSealed(_ id: MessageID) -> Bool {
        let milliseconds = id.milliseconds
        return runs.contains { $0.milliseconds.contains(milliseconds) }
    }

    mutating func note(_ id: MessageID, at position: Int) { recent.insert(id, position) }

    /// Takes over that the index has put these pages into a run.
    mutating func seal(_ run: IndexRun) {
        runs.append(run)
        recent.seal(through: run.last)
    }

    /// Begins a group: messages from here on are not in the log yet.
    mutating func beginGroup() {
        firstUnwritten = nextPosition
        if !closedUnwritten.isEmpty { closedUnwritten = [:] }
    }

    func record(at position: Int) -> OpenRecord? {
        records[position] ?? closedUnwritten[position]
    }

    mutating func keep(_ record: OpenRecord, at position: Int) {
        guard records.count < Self.recordsMax || position >= firstUnwritten else { return }
        records[position] = record
    }

    func failure(at position: Int) -> OpenFailure? { failures[position] }

    /// Keeps what is known of a message that failed, or that waits for its first moment.
    mutating func fail(_ position: Int, _ failure: OpenFailure) {
        open.setFailed(position, true)
        failures[position] = failure
    }

    /// Forgets failures that the index knows, when there are too many.
    mutating func trimFailures() {
        if failures.count > Self.failuresMax { failures.removeAll() }
    }

    mutating func close(_ position: Int, _ stage: StageName, key: String?) {
        open.close(position, stage)
        let record = records.removeValue(forKey: position)
        if position >= firstUnwritten { closedUnwritten[position] = record }
        if let key { keys[OpenKey(stage: stage, key: key)] = nil }
        if open.hasFailed(position) {
            open.setFailed(position, false)
            failures[position] = nil
        }
    }

    mutating func hold(_ stage: StageName, _ lane: String, _ until: Instant?) {
        laneHolds[stage, default: [:]][lane] = until
    }

    var state: JournalState {
        var state = JournalState()
        for stage in StageName.allCases {
            for priority in MessageClass.allCases {
                let messages = open.count(stage, priority)
                guard messages > 0 else { continue }
                state.openCounts.append(
                    .init(stage: stage, priority: priority, messages: messages)
                )
            }
            let dead = open.deadCount(stage)
            if dead > 0 { state.deadCounts[stage] = dead }
            for (lane, until) in (laneHolds[stage] ?? [:]).sorted(by: { $0.key < $1.key }) {
                state.laneHolds.append(.init(stage: stage, lane: lane, until: until))
            }
        }
        state.paused = paused
        return state
    }
}

/// Places of the messages that came in last, by identity, in generations: the oldest is forgotten
/// as a whole when the index has all of it in runs.
struct RecentPlaces: Sendable {
    private struct Generation {
        var positions: [MessageID: Int] = [:]
        var last = 0
    }

    private var newest = Generation()
    private var older: [Generation] = []

    init(_ positions: [MessageID: Int]) {
        newest.positions = positions
        newest.last = positions.values.max() ?? 0
        newest.positions.reserveCapacity(4 * IndexLookup.runPages)
    }

    func position(of id: MessageID) -> Int? {
        if let position = newest.positions[id] { return position }
        for generation in older {
            if let position = generation.positions[id] { return position }
        }
        return nil
    }

    mutating func insert(_ id: MessageID, _ position: Int) {
        newest.positions[id] = position
        newest.last = max(newest.last, position)
    }

    /// Forgets generations that lie wholly at or before a place, and begins a new one.
    mutating func seal(through position: Int) {
        older.removeAll { $0.last <= position }
        guard newest.positions.count >= IndexLookup.runPages else { return }
        older.append(newest)
        newest = Generation()
        newest.positions.reserveCapacity(4 * IndexLookup.runPages)
    }
}
