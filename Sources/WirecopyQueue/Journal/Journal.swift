package import WirecopyMessages

/// The queue's record: every message that ever came in, and which of them are open.
///
/// Two implementations hold the same conformance suite: `LogJournal` and `InMemoryJournal`.
/// Changes come from one thread; reading content is allowed from others at the same time.
package protocol Journal: Sendable {
    /// Identity of the journal: another one means that other messages are in it.
    var name: String { get }

    /// What was open when the journal was opened.
    func state() throws(QueueFailure) -> JournalState

    /// Makes all changes in one transaction, in order; they are durable on return.
    ///
    /// - Returns: one answer a change.
    /// - Throws: `storageFull` when nothing was changed because the disk is full; any other failure
    ///   means that the journal must not be used any more.
    func commit(_ changes: [JournalChange], now: Instant) throws(QueueFailure) -> [JournalAnswer]

    /// Open messages of one class behind a place, ascending.
    func openEntries(_ request: RefillRequest) throws(QueueFailure) -> [QueueEntry]

    /// Those of these messages that are open.
    func openEntries(at positions: [Int]) throws(QueueFailure) -> [QueueEntry]

    /// The message at a place, with its attachments.
    ///
    /// - Throws: `contentUnreadable` when it is not there or damaged.
    func message(at position: Int) throws(QueueFailure) -> Message
}

/// One change of the journal.
package enum JournalChange: Sendable, Equatable {
    /// Stores a message that enters; its root must be itself.
    case append(Message)
    /// Finishes a message and stores what was made of it, if it is still open and, unless the stage
    /// is `nil`, in the queue of that stage.
    case acknowledge(position: Int, outputs: [Message], stage: StageName? = nil)
    /// Stores a delivery that ended badly, and delays or buries its message, if it is still open.
    case fail(FailedDelivery)
    /// Opens a message that is done or dead again.
    case replay(position: Int, priority: MessageClass)
    /// Remembers that an operator holds a stage, or lets it go.
    case pause(StageName, Bool)
    /// Remembers that a lane of a stage rests until a moment, or with `nil` rests no more.
    case holdLane(StageName, lane: String, until: Instant?)

    /// Messages that the change stores.
    package var stored: [Message] {
        switch self {
        case .append(let message): [message]
        case .acknowledge(_, let outputs, _): outputs
        case .fail, .replay, .pause, .holdLane: []
        }
    }
}

/// What became of one change.
package enum JournalAnswer: Sendable, Equatable {
    /// The message is stored; its entry, unless it is an outcome.
    case appended(QueueEntry?)
    /// A message of this identity is stored already; nothing was changed.
    case known
    /// A message with its key is open at this place in its stage; nothing was changed.
    case duplicateKey(Int)
    /// The message is finished; one entry an output, `nil` for an outcome and for a message that
    /// was not stored because its key is open.
    case acknowledged([QueueEntry?])
    /// The end of the delivery is stored.
    case failed
    /// The message is open again.
    case replayed(QueueEntry, wasDead: Bool)
    /// The stage is held or let go.
    case paused
    /// The lane rests or rests no more.
    case laneHeld
    /// The message is not open (or, for a replay, not closed, or its key is open in another);
    /// nothing was changed.
    case unchanged
    /// The message is open in the queue of another stage; nothing was changed.
    case otherStage(StageName)
    /// The change cannot be made, ever; the sentence says why.
    case refused(String)
    /// The change does not fit on the disk; nothing was changed.
    case storageFull
}

/// What a journal holds when it is opened.
package struct JournalState: Sendable, Equatable {
    /// Open messages of one class of one stage.
    package struct OpenCount: Sendable, Equatable {
        /// The queue.
        package let stage: StageName
        /// The class.
        package let priority: MessageClass
        /// How many, at least one.
        package let messages: Int

        /// Makes a count.
        package init(stage: StageName, priority: MessageClass, messages: Int) {
            self.stage = stage
            self.priority = priority
            self.messages = messages
        }
    }

    /// A lane that rests until a moment.
    package struct LaneHold: Sendable, Equatable {
        /// The stage.
        package let stage: StageName
        /// The lane, a host.
        package let lane: String
        /// When it may go on.
        package let until: Instant

        /// Makes a hold.
        package init(stage: StageName, lane: String, until: Instant) {
            self.stage = stage
            self.lane = lane
            self.until = until
        }
    }

    /// Open messages by stage and class; none for a class without.
    package var openCounts: [OpenCount] = []
    /// Dead letters by stage.
    package var deadCounts: [StageName: Int] = [:]
    /// Stages that an operator holds.
    package var paused: Set<StageName> = []
    /// Lanes that rest, in the order of stages and lanes; those whose moment came may be left out.
    package var laneHolds: [LaneHold] = []

    /// Makes the state of an empty journal.
    package init() {}
}
