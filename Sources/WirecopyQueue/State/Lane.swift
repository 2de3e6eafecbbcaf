import WirecopyMessages

/// The messages of one host in one stage: what waits in memory, what more is on disk, and when the
/// next may go.
///
/// A stage without a limit has a single lane that never rests.
struct Lane: Sendable {
    let name: String
    /// Ready messages in memory by class.
    var ready = ByClass(repeating: MessageList())
    /// Ready messages by class that are on disk only although the window has passed them.
    var spills = ByClass(repeating: LaneSpill())
    /// Whether the lane stands in the turn of the class.
    var isInTurn = ByClass(repeating: false)
    /// Messages under a lease.
    var leasedCount = 0
    /// Messages in memory, in any state.
    var messageCount = 0
    /// Nothing goes before this moment; `nil` for no rest.
    var restsUntil: Instant?
    /// True when the journal remembers the rest.
    var isHeld = false
    /// Whether the last message that was finished asked for no pause. Until then one goes at a
    /// time, for nobody knows yet whether the host wants to be left alone between two.
    var takesSeveral = false

    init(name: String) { self.name = name }

    /// Whether another message may go.
    func mayGo(leasedMax: Int) -> Bool {
        guard restsUntil == nil, leasedMax < Int.max else { return restsUntil == nil }
        return leasedCount < (takesSeveral ? leasedMax : 1)
    }

    /// True when nothing would be lost with the lane.
    var isUnused: Bool {
        guard messageCount == 0, restsUntil == nil else { return false }
        return (0..<ByClass<LaneSpill>.count).allSatisfy { !spills[$0].isActive }
    }
}

/// One value for each class of messages, by rank.
typealias ByClass<Value> = InlineArray<3, Value>

/// Ready messages of one lane and class that are on disk only, all between two places.
///
/// The count is an estimate; that nothing is left is known when a refill comes back short.
struct LaneSpill: Sendable {
    private(set) var count = 0
    /// They all lie behind this place ...
    private(set) var after = 0
    /// ... and at or before this one.
    private(set) var through = 0
    /// True from the moment at which a refill is wanted to its answer.
    var isRefilling = false

    var isActive: Bool { count > 0 || isRefilling }

    /// Notes that the message at a place is on disk only.
    ///
    /// `isSeenAgain` is true when the place was passed before, so that one in range is counted
    /// already.
    mutating func note(_ position: Int, isSeenAgain: Bool = false) {
        if !isActive {
            after = position - 1
            through = position
        } else if isSeenAgain, position > after, position <= through {
            return
        }
        count += 1
        after = min(after, position - 1)
        through = max(through, position)
    }

    /// A refill that began behind `start` read up to `last` and brought so many into memory.
    mutating func endRefill(from start: Int, through last: Int, added: Int, isComplete: Bool) {
        isRefilling = false
        let isRewound = after < start
        if isComplete || last >= through, !isRewound {
            count = 0
        } else {
            count = max(1, count - added)
            if !isRewound { after = last }
        }
    }
}

/// The lanes of one stage by name and by number.
struct LaneTable: Sendable {
    /// Number of a lane in its stage.
    typealias Slot = Int32

    /// Lanes of one stage: each delayed message and each of a full window may have one of its own.
    /// At 350 bytes a lane they take 45 MB at most, and only in stages with a limit.
    static let countMax = 131_072

    private var lanes: [Lane] = []
    private var free: [Slot] = []
    private var slots: [String: Slot] = [:]
    /// Moments at which rests end, by lane.
    var rests = DeadlineHeap()

    subscript(slot: Slot) -> Lane {
        _read { yield lanes[Int(slot)] }
        _modify { yield &lanes[Int(slot)] }
    }

    /// Numbers given so far, those of lanes that went included.
    var count: Int { lanes.count }

    /// The number of a lane; `nil` when it is not in memory.
    func slot(of name: String) -> Slot? { slots[name] }

    /// The number of a lane, which is made when it is new; `nil` when there are too many.
    mutating func makeSlot(for name: String) -> Slot? {
        if let slot = slots[name] { return slot }
        guard slots.count < Self.countMax else { return nil }
        let slot = free.popLast() ?? Slot(lanes.count)
        if Int(slot) == lanes.count {
            lanes.append(Lane(name: name))
        } else {
            // Turns may still name the number: the new lane takes the old one's place in them.
            let isInTurn = lanes[Int(slot)].isInTurn
            lanes[Int(slot)] = Lane(name: name)
            lanes[Int(slot)].isInTurn = isInTurn
        }
        slots[name] = slot
        return slot
    }

    /// Lets a lane go that is unused.
    mutating func remove(_ slot: Slot) {
        slots[lanes[Int(slot)].name] = nil
        free.append(slot)
    }

    /// True when no further lane can be made.
    var isFull: Bool { slots.count >= Self.countMax }

    /// Lanes that rest at this moment.
    var restingCount: Int { slots.values.count { lanes[Int($0)].restsUntil != nil } }

    /// The first moment at which the oldest ready message in memory could have gone.
    func oldestReady(in messages: MessageTable) -> Instant? {
        var oldest: Instant?
        for slot in slots.values {
            for rank in 0..<ByClass<MessageList>.count {
                guard let first = lanes[Int(slot)].ready[rank].first,
                    case .ready(let since) = messages[first].state
                else { continue }
                oldest = min(oldest ?? since, since)
            }
        }
        return oldest
    }
}
