/// Several small messages in one frame; what `wire-protocol.md` calls a block.
///
/// For each message: the lengths of envelope and data, four bytes each with the highest first, then
/// envelope and data. With small frames ZeroMQ makes a system call for each 8 KB: blocks save 3.7
/// of the 35.5 us of processor time that a 2 KB message costs all programs together
/// (`wirecopy-bench queue`).
enum MessageBlock {
    /// Bytes of a block that is read.
    static let bytesMax = 1 << 20
    /// Bytes that a block is filled up to: below the 128 KiB from which `malloc` asks the kernel
    /// for each block anew, and far above the 8 KB of a small frame's system call.
    static let bytesGoal = 64 << 10
    /// Bytes of a message above which a frame of its own costs nothing.
    static let messageBytesMax = 16 << 10
    private static let lengthBytes = 4

    /// Packs messages into blocks; `nil` when one of them has attachments or is too large.
    static func pack(_ messages: [Message]) -> [[UInt8]]? {
        guard messages.allSatisfy({ fits($0) }) else { return nil }
        var blocks: [[UInt8]] = []
        var rest = messages[...]
        while !rest.isEmpty {
            var (count, bytes) = (0, 0)
            for message in rest {
                let size = size(of: message)
                guard count == 0 || bytes + size <= bytesGoal else { break }
                (count, bytes) = (count + 1, bytes + size)
            }
            blocks.append(block(of: rest.prefix(count), bytes: bytes))
            rest = rest.dropFirst(count)
        }
        return blocks
    }

    /// Takes the envelope and data at an offset; `nil` when the block ends in the middle of them.
    static func part(of block: [UInt8], at offset: inout Int) -> (envelope: [UInt8], data: [UInt8])?
    {
        let first = offset + 2 * lengthBytes
        guard first <= block.count else { return nil }
        let middle = first + length(in: block, at: offset)
        let end = middle + length(in: block, at: offset + lengthBytes)
        guard end <= block.count else { return nil }
        offset = end
        return (Array(block[first..<middle]), Array(block[middle..<end]))
    }

    private static func fits(_ message: Message) -> Bool {
        message.attachments.isEmpty && size(of: message) <= messageBytesMax
    }

    private static func size(of message: Message) -> Int {
        2 * lengthBytes + message.envelopeJSON.count + message.data.count
    }

    private static func block(of messages: ArraySlice<Message>, bytes: Int) -> [UInt8] {
        var block: [UInt8] = []
        block.reserveCapacity(bytes)
        for message in messages {
            let (envelope, data) = (message.envelopeJSON, message.data)
            append(length: envelope.count, to: &block)
            append(length: data.count, to: &block)
            block.append(contentsOf: envelope)
            block.append(contentsOf: data)
        }
        return block
    }

    private static func append(length: Int, to block: inout [UInt8]) {
        for shift in [24, 16, 8, 0] { block.append(UInt8(truncatingIfNeeded: length >> shift)) }
    }

    private static func length(in block: [UInt8], at offset: Int) -> Int {
        (0..<lengthBytes).reduce(0) { $0 << 8 | Int(block[offset + $1]) }
    }
}
