/// Everything that a worker or a command says to the broker; `proto-schemas/wire-protocol.md` tells
/// the dialogues.
package enum QueueCommand: Sendable, Equatable {
    /// Opens the dialogue; must be first.
    case hello(Hello)
    /// Raises the totals of deliveries that the worker can take, counted since its `hello`.
    case credit(Credit)
    /// Hands in messages; answered by `confirm` once they are on disk.
    case publish(request: Int, [Message])
    /// Acknowledges deliveries and hands in their outputs, each delivery as one atomic record.
    case done([Completion])
    /// Gives deliveries back: for another attempt, or as dead letters.
    case fail([Failure])
    /// Asks for more time for leases; answered by `extended`.
    case extend([LeaseID])
    /// Says that the sender lives; answered by `pong`.
    case ping(WorkerStatus?)
    /// Wants nothing more; leases not yet started are given back without counting an attempt.
    case drain(unstarted: [LeaseID])
    /// Leaves; whatever is still leased becomes ready again at once.
    case bye
    /// Asks for, or changes, the state of the queue; arguments are the operation's JSON.
    case admin(request: Int, operation: String, arguments: [UInt8])

    /// Who a peer is and what it wants.
    package struct Hello: Sendable, Equatable {
        /// Leases that it still works on from before a lost connection.
        package var held: [LeaseID]
        /// Name that stays the same over reconnections: `parser/host-4711-x7`.
        package var peer: String
        /// Version of the wire protocol that it speaks.
        package var protocolVersion: Int
        /// Whether small messages may be sent to it in blocks; see `wire-protocol.md`.
        package var readsBlocks = true
        /// The stage for which it works; `nil` for a command that only publishes and asks.
        package var stage: StageName?
        /// Version of the stage's method.
        package var stageVersion: String?

        /// Makes a greeting in the current protocol version.
        package init(
            peer: String,
            stage: StageName? = nil,
            stageVersion: String? = nil,
            held: [LeaseID] = []
        ) {
            self.peer = peer
            self.stage = stage
            self.stageVersion = stageVersion
            self.held = held
            protocolVersion = WireProtocol.version
        }
    }

    /// Totals since `hello`; absolute, so that a lost or doubled frame does no harm.
    package struct Credit: Sendable, Equatable {
        /// Deliveries that the worker is ready to have received in total.
        package var messagesTotal: Int
        /// Bytes of content that it is ready to have received in total.
        package var bytesTotal: Int

        /// Makes a credit.
        package init(messagesTotal: Int, bytesTotal: Int) {
            self.messagesTotal = messagesTotal
            self.bytesTotal = bytesTotal
        }
    }

    /// A finished delivery and what was made of it.
    package struct Completion: Sendable, Equatable {
        /// The delivery that is finished.
        package var lease: LeaseID
        /// What the stage made of it; may be empty.
        package var outputs: [Message]
        /// The message's lane gets nothing more for so long, such as a site's crawl delay.
        package var lanePause: Duration?

        /// Makes a completion.
        package init(lease: LeaseID, outputs: [Message], lanePause: Duration? = nil) {
            self.lease = lease
            self.outputs = outputs
            self.lanePause = lanePause
        }
    }

    /// A delivery that could not be finished.
    package struct Failure: Sendable, Equatable {
        /// Why, and what to do with it.
        package var failure: StageFailure
        /// The delivery that is given back.
        package var lease: LeaseID
        /// The message's lane gets nothing more for so long, such as a site's crawl delay.
        package var lanePause: Duration?

        /// Makes a failure.
        package init(lease: LeaseID, _ failure: StageFailure) {
            self.lease = lease
            self.failure = failure
            self.lanePause = failure.lanePause
        }
    }
}
