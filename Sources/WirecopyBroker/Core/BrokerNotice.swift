package import WirecopyMessages

/// Something that people should know of: it is counted, and the shell writes it to the log.
package enum BrokerNotice: Sendable, Equatable {
    /// The kinds of notice without their values: a label of metrics.
    package enum Kind: String, Sendable, CaseIterable, Hashable {
        case commandRefused = "command_refused"
        case workerJoined = "worker_joined"
        case workerLeft = "worker_left"
        case workerSilent = "worker_silent"
        case peerDropped = "peer_dropped"
        case acknowledgementRefused = "acknowledgement_refused"
        case acknowledgementDoesNotFit = "acknowledgement_does_not_fit"
        case contentUnreadable = "content_unreadable"
        case messagesReplayed = "messages_replayed"
        case stopping
        case failed
    }

    /// A command was refused; `total` counts them since the start, `unlogged` those of this peer
    /// and cause of which people were not told since the last time.
    case commandRefused(peer: String, RefusalCode, reason: String, total: Int, unlogged: Int)
    /// A worker has greeted.
    case workerJoined(String, StageName)
    /// A worker has said BYE.
    case workerLeft(String)
    /// A worker is taken for dead.
    case workerSilent(String)
    /// A peer does not take what is said to it.
    case peerDropped(String)
    /// A worker's outputs cannot be stored, ever.
    case acknowledgementRefused(worker: String, reason: String)
    /// The disk is so full that a worker's finished work cannot be recorded; `unlogged` counts what
    /// people were not told of since the last time.
    case acknowledgementDoesNotFit(worker: String, unlogged: Int)
    /// A message's content is gone, damaged or out of reach.
    case contentUnreadable(position: Int, reason: String)
    /// An operator opened messages again.
    case messagesReplayed(Int)
    /// A graceful stop begins.
    case stopping
    /// The broker cannot go on.
    case failed(String)

    /// Which kind it is.
    package var kind: Kind {
        switch self {
        case .commandRefused: .commandRefused
        case .workerJoined: .workerJoined
        case .workerLeft: .workerLeft
        case .workerSilent: .workerSilent
        case .peerDropped: .peerDropped
        case .acknowledgementRefused: .acknowledgementRefused
        case .acknowledgementDoesNotFit: .acknowledgementDoesNotFit
        case .contentUnreadable: .contentUnreadable
        case .messagesReplayed: .messagesReplayed
        case .stopping: .stopping
        case .failed: .failed
        }
    }
}
