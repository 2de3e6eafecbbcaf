package import WirecopyKeys
package import WirecopyMessages

/// For whom a connection speaks: decided by its key, which the peer cannot choose.
package enum Principal: Sendable, Equatable {
    /// A program of this machine, or any program where the broker has no keys: it may do all.
    case unkeyed
    /// The owner of a key that the broker takes.
    case owner(name: String, KeyRole)
    /// The owner of a key that the broker took and takes no more; the sentence is for it.
    case outlaw(String)

    /// Name of the key's owner; `nil` where there is none.
    package var name: String? {
        if case .owner(let name, _) = self { name } else { nil }
    }

    /// Why a command may not be said with this key, as a sentence that names the role it would
    /// need; `nil` when it may.
    ///
    /// `stage` is the one for which the peer greeted; `nil` for none.
    package func objection(to command: QueueCommand, stage: StageName?) -> String? {
        switch self {
        case .unkeyed: return nil
        case .outlaw(let sentence): return sentence
        case .owner(let name, let role):
            guard let right = Self.right(for: command, stage: stage), !role.allows(right) else {
                return nil
            }
            return """
                The key of \(name) may not \(Self.deed(right)): its role is \(role.text), and it \
                would need \(right.word).
                """
        }
    }

    /// What a command needs; `nil` when any key is enough.
    private static func right(for command: QueueCommand, stage: StageName?) -> KeyRight? {
        switch command {
        case .hello(let hello): hello.stage.map { .work($0) }
        case .credit, .done, .fail, .extend, .drain: stage.map { .work($0) }
        case .publish: .publish
        case .admin(_, let operation, _): right(for: AdminOperation(rawValue: operation))
        case .ping, .bye: nil
        }
    }

    private static func right(for operation: AdminOperation?) -> KeyRight {
        switch operation {
        case .status, .ledger, .trace, .deadLetters, .sources: .read
        case .replay, .pause, .resume, .unwatch, .poll: .operate
        // Which operations there are is told to those who may ask at all.
        case nil: .read
        }
    }

    private static func deed(_ right: KeyRight) -> String {
        switch right {
        case .work(let stage): "work for the stage \(stage.rawValue)"
        case .publish: "publish messages"
        case .read: "ask for the state of the queue"
        case .operate: "change the state of the queue"
        }
    }
}
