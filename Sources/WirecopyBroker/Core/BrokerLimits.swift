import WirecopyMessages

/// What the broker holds in memory at most, each with its reason.
///
/// With the queue (`QueueLimits`, 160 MB), the `PayloadCache` (64 MB) and one command that is being
/// read (`commandBytesMax`) these bound the broker: at the usual values 864 MB, and
/// only while peers do not read, the disk is slow and contents are read back at the same time. The
/// contents that one turn leases, and what ZeroMQ itself holds for each peer, come on top.
package struct BrokerLimits: Sendable, Equatable {
    /// Peers at the same time; a hundred machines of a hundred processes.
    package var peersMax = 10_000
    /// Replies that wait for one peer; more means that it does not read at all.
    package var outboxRepliesMax = 1024
    /// Bytes that wait for one peer: a minute of a line of 8 Mbit/s.
    package var outboxBytesMax = 64 << 20
    /// Bytes that wait for all peers together; beyond it the fullest outbox goes.
    package var outboxesBytesMax = 256 << 20
    /// Bytes that wait for the disk before nothing more is read from the socket: half a second of
    /// a usual disk's work.
    package var unstoredBytesMax = 64 << 20
    /// Bytes that are being read from the journal for deliveries before no more are leased; enough
    /// to keep the reading thread busy while the socket sends.
    package var loadingBytesMax = 64 << 20
    /// Questions of operators that wait for the journal; people ask one at a time.
    package var questionsMax = 256
    /// Deliveries of one turn; more wait until others had theirs.
    package var deliveriesPerTurnMax = 512

    /// Bytes of a peer's name, which stands in every attempt that it makes.
    static let nameBytesMax = 256
    /// Bytes of content in one delivery command or one reading, unless a single message has more:
    /// large enough to carry a batch, small enough that a slow line does not hold a worker up.
    static let batchBytesMax = 1 << 20
    /// What a frame costs beyond its bytes: its header in memory.
    static let frameOverheadBytes = 32
    /// What a job of the journal costs beyond its content, so that empty ones are bounded too.
    static let jobOverheadBytes = 512
    /// How long the broker waits before it offers a peer again what it did not take.
    static let retryInterval: Duration = .milliseconds(100)

    /// Frames of the largest command: 1,024 messages with all attachments.
    package static let commandFramesMax =
        3 + MessageLimits.messagesPerCommand * (2 + MessageLimits.attachments)
    /// Bytes of the largest command; larger ones are dropped unread.
    package static let commandBytesMax = 256 << 20

    /// Makes the usual limits.
    package init() {}

    /// How many of these messages go into one batch; at least one when there is any.
    static func batchCount(bytes sizes: some Sequence<Int>) -> Int {
        var (count, bytes) = (0, 0)
        for size in sizes {
            let hasRoom =
                count < MessageLimits.messagesPerCommand && bytes + size <= batchBytesMax
            guard count == 0 || hasRoom else { break }
            count += 1
            bytes += size
        }
        return count
    }
}
