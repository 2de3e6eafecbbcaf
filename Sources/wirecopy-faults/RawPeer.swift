import Glibc
import WirecopyMessages
import WirecopyProgram
import ZeroMQ

/// A peer that says frames and nothing more; used by one thread.
final class RawPeer {
    private static let limit = Socket.ReceiveLimit(frames: 10_000, bytes: 1 << 30)
    private let context: Context
    private let socket: Socket

    /// Connects in the background.
    init(endpoint: String) throws {
        context = try Context()
        var options = SocketOptions()
        options.linger = .zero
        options.sendLimit = 0
        socket = try Socket(.dealer, in: context, options: options)
        try socket.connect(endpoint)
    }

    /// Says frames.
    func say(_ frames: [[UInt8]]) throws { _ = try socket.send(frames) }

    /// Says a command.
    func say(_ command: QueueCommand) throws { try say(command.frames) }

    /// The next reply; `nil` when none comes within so many seconds.
    func hear(within seconds: Double) throws -> BrokerReply? {
        var frames: [[UInt8]]?
        _ = try Wait.until(within: seconds) {
            if case .message(let parts) = try socket.receive(Self.limit) { frames = parts }
            return frames != nil
        }
        return try frames.map { try BrokerReply(frames: $0) }
    }

    /// Ends the connection.
    func close() {
        socket.close()
        context.terminate()
    }
}

/// A peer that sends more than a broker may take.
struct OversizedPeer {
    let endpoint: String

    /// Sends frames beyond each limit, and says whether none was taken and the broker still
    /// answers.
    func attack() throws -> Bool {
        let envelopes = [MessageLimits.envelopeBytes + 1, 1 << 20]
        for (header, bytes) in [(MessageLimits.headerBytes + 1, [0]), (20, envelopes)] {
            for count in bytes {
                guard try isRefused(header: header, envelope: count) else { return false }
            }
        }
        // A frame that libzmq itself must refuse: the connection ends, the broker does not.
        let giant = try RawPeer(endpoint: endpoint)
        try giant.say([Array("PUBLISH".utf8), [UInt8](repeating: 0x20, count: 80 << 20)])
        _ = try giant.hear(within: 1)
        giant.close()
        return try isAlive()
    }

    private func isRefused(header: Int, envelope: Int) throws -> Bool {
        let peer = try RawPeer(endpoint: endpoint)
        defer { peer.close() }
        try peer.say(.hello(.init(peer: "faults/oversized")))
        guard case .welcome = try peer.hear(within: 20) else { return false }
        let start = Array(#"{"messages":1,"request":1"#.utf8)
        let spaces = [UInt8](repeating: 0x20, count: max(0, header - start.count - 1))
        let frames = [
            Array("PUBLISH".utf8), start + spaces + [0x7D],
            [UInt8](repeating: 0x20, count: envelope), Array("{}".utf8),
        ]
        try peer.say(frames)
        guard case .refuse(.tooLarge, _) = try peer.hear(within: 20) else { return false }
        return true
    }

    private func isAlive() throws -> Bool {
        let peer = try RawPeer(endpoint: endpoint)
        defer { peer.close() }
        try peer.say(.hello(.init(peer: "faults/after")))
        guard case .welcome = try peer.hear(within: 20) else { return false }
        return true
    }
}
