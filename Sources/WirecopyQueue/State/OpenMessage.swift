import WirecopyMessages

/// A message that is open and in memory, and where it stands.
struct OpenMessage: Sendable {
    /// Where an open message stands.
    enum State: Sendable, Equatable {
        /// Waits for a worker; it could have gone since this moment.
        case ready(since: Instant)
        /// A worker has it.
        case leased(Lease)
        /// Its end, or its next attempt, is on the way to the disk.
        case settling
        /// Waits for a moment to come.
        case delayed(until: Instant)
    }

    /// One worker's right to the message until a moment.
    struct Lease: Sendable, Equatable {
        let worker: WorkerTable.Slot
        let attempt: Int
        let since: Instant
        var deadline: Instant
    }

    /// Place in the journal, counted from 1.
    let position: Int
    /// Bytes of content.
    let bytes: Int
    /// The lane of its stage that it is in.
    let lane: LaneTable.Slot
    let stage: StageName
    var priority: MessageClass
    /// Deliveries that ended badly so far.
    var attempts: Int
    /// How many of them are excused.
    var excused: Int
    /// Names of the workers that died over it, oldest first.
    var killers: [String]
    var state: State
    /// Whether a delivery has begun whose end is not counted yet.
    var hasDelivery = false
    /// True while an acknowledgement is on the way to the disk, whatever else is.
    var isFinishing = false
    /// The moment before which it must not go if that acknowledgement comes to nothing.
    var earliest: Instant?
    /// The neighbours in the list that the message is in.
    var previous: MessageTable.Slot?
    var next: MessageTable.Slot?

    init(_ entry: QueueEntry, lane: LaneTable.Slot, state: State) {
        position = entry.position
        bytes = entry.bytes
        self.lane = lane
        stage = entry.stage
        priority = entry.priority
        attempts = entry.attempts
        excused = entry.excused
        killers = entry.killers
        self.state = state
    }

    /// The lease, when a worker has the message.
    var lease: Lease? {
        guard case .leased(let lease) = state else { return nil }
        return lease
    }

    /// Whether a worker may keep a lease on it: not when the lease has ended, so that the end is on
    /// the way to the disk or the message waits for its next attempt.
    var isClaimable: Bool {
        switch state {
        case .ready, .leased: true
        case .settling, .delayed: false
        }
    }
}

/// Where an open message stands, without details: what a trace tells.
package enum OpenState: String, Sendable {
    case ready, leased, delayed
}
