package import WirecopyMessages

/// Which published messages wait, which are said and unconfirmed, and which are confirmed.
///
/// Pure: events come in, commands go out. Invariant: every message of a call is in exactly one of
/// `waiting`, `batches` and the confirmations of its call.
package struct PublishWindow: Sendable {
    /// One `publish` of the connection's user.
    package typealias CallID = Int

    private struct Entry {
        let call: CallID
        let index: Int
        let message: Message
    }

    private struct Call {
        var confirmations: [BrokerReply.Confirmation?]
        var openCount: Int

        mutating func take(_ confirmation: BrokerReply.Confirmation, at index: Int) {
            confirmations[index] = confirmation
            openCount -= 1
        }
    }

    /// Bytes of content in one command, so that others get their turn between two of them.
    private static let commandBytesMax = 8 << 20

    /// A slice, so that taking the first of very many costs nothing for the others.
    private var waiting: ArraySlice<Entry> = []
    private var batches: [(request: Int, entries: [Entry])] = []
    /// Messages in `batches`.
    private var unconfirmed = 0
    /// Bytes of content in `batches`.
    private var unconfirmedBytes = 0
    private var calls: [CallID: Call] = [:]
    private var lastRequest = 0

    /// Makes an empty window.
    package init() {}

    /// True when nothing waits for a confirmation.
    package var isEmpty: Bool { calls.isEmpty }

    /// Takes a call's messages; those that exceed a limit are refused here.
    ///
    /// - Returns: the confirmations, when nothing of the call needs to be sent.
    package mutating func add(
        _ call: CallID,
        _ messages: [Message]
    ) -> [BrokerReply.Confirmation]? {
        var state = Call(confirmations: [], openCount: 0)
        for (index, message) in messages.enumerated() {
            if let sentence = message.exceededLimit {
                state.confirmations.append(.refused(.tooLarge, sentence))
            } else {
                state.confirmations.append(nil)
                state.openCount += 1
                waiting.append(Entry(call: call, index: index, message: message))
            }
        }
        guard state.openCount > 0 else { return state.confirmations.compactMap { $0 } }
        calls[call] = state
        return nil
    }

    /// Gives the next command that the broker's window has room for, if any.
    ///
    /// The last command may exceed the bytes, so that a message larger than the window moves too.
    package mutating func next(window: Int, bytes windowBytes: Int? = nil) -> QueueCommand? {
        if let windowBytes, !batches.isEmpty, unconfirmedBytes >= windowBytes { return nil }
        // A window of less than one message would stop everything; one is the least that works.
        let room = min(max(1, window) - unconfirmed, MessageLimits.messagesPerCommand)
        guard room > 0, !waiting.isEmpty else { return nil }
        var (count, bytes) = (0, 0)
        for entry in waiting.prefix(room) {
            bytes += entry.message.contentBytes
            if count > 0, bytes > Self.commandBytesMax { break }
            count += 1
        }
        lastRequest += 1
        let entries = Array(waiting.prefix(count))
        waiting.removeFirst(count)
        // A slice keeps what it has passed; nothing is left of an empty one.
        if waiting.isEmpty { waiting = [] }
        batches.append((lastRequest, entries))
        unconfirmed += entries.count
        unconfirmedBytes += Self.bytes(of: entries)
        return .publish(request: lastRequest, entries.map(\.message))
    }

    /// After a reconnection: what is unconfirmed waits again, first in line and with the same ids.
    package mutating func restart() {
        waiting = (batches.flatMap(\.entries) + waiting)[...]
        batches = []
        unconfirmed = 0
        unconfirmedBytes = 0
    }

    /// Takes the broker's answer to one command.
    ///
    /// - Returns: the calls that are now complete; `nil` when the answer has another number of
    ///   confirmations than the command had messages.
    package mutating func confirm(
        _ request: Int,
        _ confirmations: [BrokerReply.Confirmation]
    ) -> [(CallID, [BrokerReply.Confirmation])]? {
        // An answer to a command that was said again meanwhile: the second answer counts.
        guard let place = batches.firstIndex(where: { $0.request == request }) else { return [] }
        let entries = batches[place].entries
        guard entries.count == confirmations.count else { return nil }
        batches.remove(at: place)
        unconfirmed -= entries.count
        unconfirmedBytes -= Self.bytes(of: entries)
        var complete: [(CallID, [BrokerReply.Confirmation])] = []
        for (entry, confirmation) in zip(entries, confirmations) {
            // In place: a copy of a long call's confirmations for each message would be quadratic.
            calls[entry.call]?.take(confirmation, at: entry.index)
            if let call = calls[entry.call], call.openCount == 0 {
                calls[entry.call] = nil
                complete.append((entry.call, call.confirmations.compactMap { $0 }))
            }
        }
        return complete
    }

    /// Forgets everything, after the calls were told that they failed.
    package mutating func removeAll() {
        waiting = []
        batches = []
        unconfirmedBytes = 0
        calls = [:]
        unconfirmed = 0
    }

    private static func bytes(of entries: [Entry]) -> Int {
        entries.reduce(0) { $0 + $1.message.contentBytes }
    }
}
