/// Everything that the broker says to a worker or a command.
package enum BrokerReply: Sendable, Equatable {
    /// Accepts a `hello`.
    case welcome(Welcome)
    /// Refuses a peer or a command; the peer should stop and show the sentence.
    case refuse(code: RefusalCode, message: String)
    /// Hands out messages under leases.
    case deliver([Delivery])
    /// Answers `publish`: these messages are on disk, or were refused.
    case confirm(request: Int, [Confirmation])
    /// Answers `done` and `fail` for each lease, after the change is on disk.
    case settled([Settlement])
    /// Answers `extend`: the leases in `lost` are the sender's no more.
    case extended(leaseMilliseconds: Int, lost: [LeaseID])
    /// Answers `ping`.
    case pong
    /// Asks the worker to drain: the broker stops, or the stage is paused for an upgrade.
    case drain
    /// Answers `admin`: the operation's JSON, or a failure's.
    case adminReply(request: Int, isFailure: Bool, body: [UInt8])

    /// What a peer needs to know once it is accepted.
    package struct Welcome: Sendable, Equatable {
        /// Name of the broker's data; it changes when the journal is another one.
        package var broker: String
        /// Interval at which a peer must say `ping`.
        package var heartbeatMilliseconds: Int
        /// Leases that the peer still holds of those it named.
        package var held: [LeaseID]
        /// How long a lease lasts unless it is extended.
        package var leaseMilliseconds: Int
        /// Most messages that a publisher may have unconfirmed.
        package var publishWindow: Int
        /// Most bytes of content that a publisher may have unconfirmed; `nil` for no such bound.
        package var publishWindowBytes: Int?
        /// Whether small messages may be sent to the broker in blocks; see `wire-protocol.md`.
        package var readsBlocks = true

        /// Makes a welcome.
        package init(
            broker: String,
            heartbeatMilliseconds: Int,
            leaseMilliseconds: Int,
            publishWindow: Int,
            held: [LeaseID]
        ) {
            self.broker = broker
            self.heartbeatMilliseconds = heartbeatMilliseconds
            self.leaseMilliseconds = leaseMilliseconds
            self.publishWindow = publishWindow
            self.held = held
        }
    }

    /// One message under a lease.
    package struct Delivery: Sendable, Equatable {
        /// Which delivery this is; give it back in `done`, `fail` or `extend`.
        package var lease: LeaseID
        /// The message.
        package var message: Message
        /// How urgent it is now; a replayed message may differ from its envelope.
        package var priority: MessageClass

        /// Makes a delivery.
        package init(lease: LeaseID, priority: MessageClass, message: Message) {
            self.lease = lease
            self.priority = priority
            self.message = message
        }
    }

    /// What became of one published message.
    package enum Confirmation: Sendable, Equatable {
        /// It is on disk, in the queue.
        case accepted
        /// A message of this identity was on disk already.
        case known
        /// Another message with its key is open in the stage; it is not stored, and needs not be.
        case duplicate
        /// It is not taken; the sentence says why.
        case refused(RefusalCode, String)
    }

    /// What became of one finished or failed delivery.
    package struct Settlement: Sendable, Equatable {
        /// The delivery.
        package var lease: LeaseID
        /// True when this is on disk; false when nothing was changed, because the message was
        /// finished before, or as `again` says.
        package var isFirst: Bool
        /// The broker's disk has no room for it: the worker keeps its DONE and says it again after
        /// so long. `nil` when the worker may forget it.
        package var again: Duration?

        /// Makes a settlement.
        package init(lease: LeaseID, isFirst: Bool, again: Duration? = nil) {
            self.lease = lease
            self.isFirst = isFirst
            self.again = again
        }
    }
}
