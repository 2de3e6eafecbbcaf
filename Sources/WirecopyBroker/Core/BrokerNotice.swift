package import WirecopyMessages

/// Something that people should know of; the shell writes it to the log.
package enum BrokerNotice: Sendable, Equatable {
    /// A command was refused; `total` counts them since the start.
    case commandRefused(peer: String, RefusalCode, reason: String, total: Int)
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
    /// The disk is so full that finished work cannot be recorded.
    case acknowledgementDoesNotFit
    /// A message's content is gone, damaged or out of reach.
    case contentUnreadable(position: Int, reason: String)
    /// An operator opened messages again.
    case messagesReplayed(Int)
    /// A graceful stop begins.
    case stopping
    /// The broker cannot go on.
    case failed(String)
}
