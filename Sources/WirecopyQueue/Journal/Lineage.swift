import WirecopyMessages

/// Rules about lineages that every journal keeps.
enum Lineage {
    /// Why a message cannot enter; `nil` when it can.
    static func fault(entering message: Message) -> String? {
        guard isOwnRoot(message.envelope) else {
            return "The message \(message.envelope.id) enters, so it must be its own root."
        }
        return unreadable([message])
    }

    /// Why outputs cannot stand for the end of a message of this root; `nil` when they can.
    ///
    /// Exactly one output carries the page on or ends its way; others enter as pages of their own.
    static func fault(in outputs: [Message], root: MessageID) -> String? {
        let carrying = outputs.count { $0.envelope.root == root && !isOwnRoot($0.envelope) }
        guard carrying == 1 else {
            return "\(carrying) outputs carry the page \(root) on or end its way; one must."
        }
        let stray = outputs.first { !isOwnRoot($0.envelope) && $0.envelope.root != root }
        if let stray {
            return "The output \(stray.envelope.id) belongs to the page \(stray.envelope.root)."
        }
        return unreadable(outputs)
    }

    /// Whether a message begins a lineage.
    static func isOwnRoot(_ envelope: Envelope) -> Bool { envelope.root == envelope.id }

    /// The key under which a message is open; one that carries a page on is never dropped.
    static func key(of envelope: Envelope) -> String? {
        isOwnRoot(envelope) ? envelope.key : nil
    }

    /// How a lineage ends with this message; `nil` when it goes on.
    static func ending(_ message: Message) -> Outcome? {
        // An outcome that cannot be read was refused before it was stored.
        message.envelope.kind == .outcome ? try? Outcome(json: message.data) : nil
    }

    private static func unreadable(_ messages: [Message]) -> String? {
        messages.first { $0.envelope.kind == .outcome && ending($0) == nil }
            .map { "The outcome \($0.envelope.id) cannot be read." }
    }
}
