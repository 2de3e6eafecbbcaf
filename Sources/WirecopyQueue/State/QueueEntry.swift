package import WirecopyMessages

/// An open message as the queue knows it: everything but its content.
package struct QueueEntry: Sendable, Equatable {
    /// Place in the journal, counted from 1.
    package let position: Int
    /// The stage whose queue holds it.
    package let stage: StageName
    /// How urgent it is now.
    package var priority: MessageClass
    /// Deliveries that ended badly so far.
    package var attempts: Int
    /// How many of them were the machine's trouble and not the message's; they spend nothing.
    package var excused = 0
    /// The first moment at which it may be delivered; `nil` for at once.
    package var notBefore: Instant?
    /// Names of the workers that died over it, oldest first; at most `RetryPolicy.killsMax`.
    package var killers: [String] = []
    /// Bytes of content.
    package let bytes: Int
    /// Lane of the message: the host of its page.
    package let lane: String
    /// When it came to rest in the journal.
    package let queuedAt: Instant

    /// Makes the entry of a message that just came in, or that the journal holds.
    package init(
        position: Int,
        stage: StageName,
        priority: MessageClass,
        bytes: Int,
        lane: String,
        queuedAt: Instant
    ) {
        self.position = position
        self.stage = stage
        self.priority = priority
        self.attempts = 0
        self.bytes = bytes
        self.lane = lane
        self.queuedAt = queuedAt
    }
}

/// A delivery that ended badly, and what shall become of its message.
package struct FailedDelivery: Sendable, Equatable {
    /// What becomes of the message.
    package enum Next: Sendable, Equatable {
        /// Another attempt, not before this moment.
        case delayed(until: Instant)
        /// Given up: a dead letter.
        case dead
    }

    /// Which delivery it was.
    package let lease: LeaseID
    /// Name of the worker that had it.
    package let worker: String
    /// Why it ended.
    package let code: ErrorCode
    /// Why it ended, a full sentence.
    package let message: String
    /// What becomes of the message.
    package let next: Next
    /// How urgent the message is from now on.
    package let priority: MessageClass
    /// Names of the workers that died over the message so far, this delivery's among them.
    package var killers: [String] = []
    /// Deliveries of the message so far that ended by the machine's trouble, perhaps this among
    /// them.
    package var excused = 0
    /// The rest of the whole lane that the failure asks for, to be stored with it by `holdLane`.
    package var hold: JournalState.LaneHold?

    /// Joins a delivery, the reason of its end and the decision about its message.
    package init(
        _ lease: LeaseID,
        by worker: String,
        code: ErrorCode,
        message: String,
        next: Next,
        priority: MessageClass
    ) {
        self.lease = lease
        self.worker = worker
        self.code = code
        self.message = message
        self.next = next
        self.priority = priority
    }
}

extension [FailedDelivery] {
    /// What the journal shall store: the failures in their order, then the rests of lanes.
    package var changes: [JournalChange] {
        map { .fail($0) }
            + compactMap(\.hold).map { .holdLane($0.stage, lane: $0.lane, until: $0.until) }
    }
}

/// Asks the journal for open messages of one class, or of one lane of it, that are not in memory.
package struct RefillRequest: Sendable, Equatable {
    /// The queue.
    package let stage: StageName
    /// The class.
    package let priority: MessageClass
    /// Only messages behind this place.
    package let after: Int
    /// Most entries in the answer.
    package let limit: Int
    /// Only messages of this lane; `nil` for those of all lanes.
    package let lane: String?

    /// Makes a request.
    package init(
        stage: StageName,
        priority: MessageClass,
        after: Int,
        limit: Int,
        lane: String? = nil
    ) {
        self.stage = stage
        self.priority = priority
        self.after = after
        self.limit = limit
        self.lane = lane
    }
}
