import CZlib

/// Unpacks a stream of gzip members piece by piece, in memory that the caller bounds.
///
/// After the end of a member the next call starts the next one. After an error the inflater must
/// be `reset` before it is used again.
package struct Inflater: ~Copyable {
    /// What one call gave.
    package struct Piece: Sendable {
        /// Unpacked bytes; may be empty.
        package let bytes: [UInt8]
        /// How many bytes of the input were used up.
        package let consumedBytes: Int
        /// True when the member ended with these bytes and its checksum was right.
        package let isMemberEnd: Bool
    }

    // On the heap, for zlib keeps a pointer to it.
    private let stream: UnsafeMutablePointer<z_stream>
    private var isAtMemberEnd = false

    /// Makes an inflater that waits for the start of a member.
    package init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let size = Int32(MemoryLayout<z_stream>.size)
        let status = inflateInit2_(stream, Gzip.windowBits, ZLIB_VERSION, size)
        precondition(status == Z_OK, "zlib cannot start to decompress: status \(status).")
    }

    deinit {
        inflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Forgets an unfinished member.
    package mutating func reset() {
        inflateReset(stream)
        isAtMemberEnd = false
    }

    /// Unpacks as much of the input as gives `outputMaxBytes`, at most to the end of the member.
    ///
    /// Nothing consumed and nothing unpacked means that more input is needed.
    ///
    /// - Throws: `broken` when the data contradict themselves.
    package mutating func inflate(
        _ input: ArraySlice<UInt8>,
        outputMaxBytes: Int
    ) throws(GzipFailure) -> Piece {
        if isAtMemberEnd { reset() }
        let input = input.prefix(Int(Int32.max))
        let room = min(max(1, outputMaxBytes), Int(Int32.max))
        var status = Z_OK
        let bytes = [UInt8](unsafeUninitializedCapacity: room) { output, count in
            status = input.withUnsafeBufferPointer { input in
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.pointee.avail_in = UInt32(input.count)
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(room)
                return CZlib.inflate(stream, Z_NO_FLUSH)
            }
            count = room - Int(stream.pointee.avail_out)
        }
        let consumed = input.count - Int(stream.pointee.avail_in)
        stream.pointee.next_in = nil
        stream.pointee.next_out = nil
        switch status {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END: isAtMemberEnd = true
        default: throw .broken(stream.pointee.msg.map { String(cString: $0) } ?? "\(status)")
        }
        return Piece(bytes: bytes, consumedBytes: consumed, isMemberEnd: isAtMemberEnd)
    }
}
