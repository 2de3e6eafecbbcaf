import WirecopyMessages

/// Rules about lineages that every journal keeps.
enum Lineage {
    /// Why a message cannot enter; `nil` when it can.
    static func fault(entering message: Message) -> String? {
        guard message.isOwnRoot else {
            return "The message \(message.id) enters, so it must be its own root."
        }
        return unreadable([message])
    }

    /// Why outputs cannot stand for the end of a message of this root; `nil` when they can.
    ///
    /// Exactly one output carries the page on or ends its way; others enter as pages of their own.
    static func fault(in outputs: [Message], root: MessageID) -> String? {
        let carrying = outputs.count { $0.root == root && !$0.isOwnRoot }
        guard carrying == 1 else {
            return "\(carrying) outputs carry the page \(root) on or end its way; one must."
        }
        let stray = outputs.first { !$0.isOwnRoot && $0.root != root }
        if let stray {
            return "The output \(stray.id) belongs to the page \(stray.root)."
        }
        return nil
    }

    /// Why outputs cannot be stored, beside their lineage: an outcome that says nothing.
    static func unreadable(_ messages: [Message]) -> String? {
        messages.first { $0.kind == .outcome && ending($0) == nil }
            .map { "The outcome \($0.id) cannot be read." }
    }

    /// The key under which a message is open; one that carries a page on is never dropped.
    static func key(of message: Message) -> String? {
        message.isOwnRoot ? message.key : nil
    }

    /// How a lineage ends with this message; `nil` when it goes on.
    static func ending(_ message: Message) -> Outcome? {
        // An outcome that cannot be read was refused before it was stored.
        message.kind == .outcome ? try? Outcome(json: message.data) : nil
    }
}
