import Logging
import WirecopyMessages

// How notices look in the log: a constant sentence, and values beside it.
extension BrokerNotice {
    /// Writes the notice.
    func log(to logger: Logger) {
        logger.log(level: level, Logger.Message(stringLiteral: sentence), metadata: metadata)
    }

    private var level: Logger.Level {
        switch self {
        case .workerJoined, .workerLeft, .messagesReplayed, .stopping: .info
        case .commandRefused, .workerSilent, .peerDropped, .acknowledgementRefused: .warning
        case .acknowledgementDoesNotFit, .contentUnreadable, .failed: .error
        }
    }

    private var sentence: String {
        switch self {
        case .commandRefused: "A command was refused."
        case .workerJoined: "A worker joins."
        case .workerLeft: "A worker leaves."
        case .workerSilent: "A worker is silent."
        case .peerDropped: "A peer reads nothing and is dropped."
        case .acknowledgementRefused: "An acknowledgement was refused."
        case .acknowledgementDoesNotFit:
            "An acknowledgement does not fit on the disk; free some space."
        case .contentUnreadable: "A message cannot be read back."
        case .messagesReplayed: "An operator replayed messages."
        case .stopping: "The broker stops; workers finish what they have."
        case .failed: "The broker ends."
        }
    }

    private var metadata: Logger.Metadata {
        switch self {
        case .commandRefused(let peer, let code, let reason, let total, let unlogged):
            [
                "peer.name": "\(peer)", "refusal": "\(code.rawValue)", "reason": "\(reason)",
                "refused.total": "\(total)", "refused.unlogged": "\(unlogged)",
            ]
        case .acknowledgementDoesNotFit(let worker, let unlogged):
            ["peer.name": "\(worker)", "acknowledgements.unlogged": "\(unlogged)"]
        case .workerJoined(let peer, let stage):
            ["peer.name": "\(peer)", "stage": "\(stage.rawValue)"]
        case .workerLeft(let peer), .workerSilent(let peer), .peerDropped(let peer):
            ["peer.name": "\(peer)"]
        case .acknowledgementRefused(let worker, let reason):
            ["peer.name": "\(worker)", "reason": "\(reason)"]
        case .contentUnreadable(let position, let reason):
            ["message.position": "\(position)", "error": "\(reason)"]
        case .messagesReplayed(let count): ["replay.count": "\(count)"]
        case .failed(let reason): ["error": "\(reason)"]
        case .stopping: [:]
        }
    }
}
