package import WirecopyMessages
package import WirecopyQueue

/// What ZeroMQ calls a peer; it changes with each connection.
package typealias RoutingID = [UInt8]

/// What the core wants done; the shell does it in this order.
package enum BrokerAction: Sendable {
    /// Hand these frames to the peer unless there is an `obstacle`; tell `notSent` when there is
    /// one, or when the peer took nothing.
    case send(Parcel)
    /// Do this on the journal, in order; tell `take` the answer.
    case store(JournalJob)
    /// Read these contents, in order; tell `take` what was found.
    case load(LoadJob)
    /// Answer this from the journal, in order; tell `take` the answer.
    case ask(AdminJob)
    /// Tell people.
    case note(BrokerNotice)
    /// Stop everything: gracefully, or for this reason. Nothing follows.
    case end(BrokerFailure?)
}

/// A reply on its way to a peer.
package struct Parcel: Sendable, Equatable {
    /// The reply; the first frame is the peer's route.
    package let frames: [[UInt8]]
    /// Name of the worker that gets deliveries; empty for other replies.
    let worker: String
    /// Deliveries in it, which are ready again if it is never sent.
    let leases: [LeaseID]

    /// Where the peer is reached.
    package var route: RoutingID { frames.first ?? [] }

    /// What it costs to keep.
    var bytes: Int { frames.reduce(0) { $0 + $1.count + BrokerLimits.frameOverheadBytes } }
}

/// Why a peer did not get its parcel.
package enum SendObstacle: Sendable, Equatable {
    /// The peer takes nothing at the moment.
    case heldUp
    /// Nobody is there.
    case unreachable
}

/// Contents to read from the journal for one worker.
package struct LoadJob: Sendable, Equatable {
    /// The worker's name.
    package let worker: String
    /// The deliveries, in the order in which they shall be sent.
    package let deliveries: [QueueStateMachine.Delivery]

    /// Bytes of content that the reading brings into memory.
    var bytes: Int { deliveries.reduce(0) { $0 + $1.bytes } }

    /// Reads each content.
    package func run(
        _ read: (_ position: Int) throws(QueueFailure) -> Message
    ) -> LoadedContents {
        let contents = deliveries.map { delivery in
            do throws(QueueFailure) {
                return Result<Message, QueueFailure>.success(try read(delivery.lease.position))
            } catch {
                return .failure(error)
            }
        }
        return LoadedContents(job: self, contents: contents)
    }
}

/// Contents that were read, or why one could not be read.
package struct LoadedContents: Sendable {
    let job: LoadJob
    /// One for each delivery.
    let contents: [Result<Message, QueueFailure>]
}
