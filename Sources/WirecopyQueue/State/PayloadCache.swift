package import WirecopyMessages

/// Keeps the content of messages that are about to be delivered, up to a number of bytes.
///
/// What does not fit is read from the journal when it is delivered. New content never pushes older
/// content out: the oldest messages are the next to go.
package struct PayloadCache: Sendable {
    /// What a stage in good health has waiting: a thousand pages of 64 KB.
    package static let bytesMax = 64 << 20

    private let bytesMax: Int
    private var messages: [Int: Message] = [:]
    private var bytes = 0

    /// Makes an empty cache for so many bytes of content.
    package init(bytesMax: Int = bytesMax) { self.bytesMax = bytesMax }

    /// Keeps a message if there is room.
    package mutating func insert(_ message: Message, at position: Int) {
        let size = message.contentBytes
        guard bytes + size <= bytesMax, messages[position] == nil else { return }
        messages[position] = message
        bytes += size
    }

    /// Gives the message at a place, if it is here.
    package subscript(position: Int) -> Message? { messages[position] }

    /// Lets the message at a place go: it is finished.
    package mutating func remove(_ position: Int) {
        guard let message = messages.removeValue(forKey: position) else { return }
        bytes -= message.contentBytes
    }
}
