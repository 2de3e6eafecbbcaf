import CZlib

/// Packs and unpacks single gzip members (RFC 1952) that fit in memory.
package enum Gzip {
    /// On 300 real pages of 244 kB: 97 MB/s and 21.5 % of the size. zlib's own choice, 6, takes
    /// more than twice the time (41 MB/s) for 19.2 %; 1 is hardly faster (110 MB/s, 22.8 %).
    package static let defaultLevel = 3

    /// Adding this to zlib's window size asks for the gzip frame; 15 is the largest window.
    static let windowBits: Int32 = 15 + 16
    /// zlib's default for its own working memory.
    private static let memoryLevel: Int32 = 8

    /// Whether the bytes start as a gzip member does.
    package static func isGzip(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.starts(with: [0x1F, 0x8B])
    }

    /// Packs bytes into one gzip member.
    ///
    /// Equal bytes and levels give equal members: the header holds neither a time nor a name.
    /// `level` is 1 (fast) to 9 (small).
    package static func compress(_ bytes: [UInt8], level: Int = defaultLevel) -> [UInt8] {
        precondition(1...9 ~= level, "A gzip level is 1 to 9, not \(level).")
        var stream = z_stream()
        // The stream must not move between the calls, for zlib keeps a pointer to it.
        return withUnsafeMutablePointer(to: &stream) { stream in
            let status = deflateInit2_(
                stream,
                Int32(level),
                Z_DEFLATED,
                windowBits,
                memoryLevel,
                Z_DEFAULT_STRATEGY,
                ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)
            )
            precondition(status == Z_OK, "zlib cannot start to compress: status \(status).")
            defer { deflateEnd(stream) }
            return deflated(bytes, with: stream)
        }
    }

    private static func deflated(
        _ bytes: [UInt8],
        with stream: UnsafeMutablePointer<z_stream>
    ) -> [UInt8] {
        // zlib counts in 32 bits; far above every limit of this project.
        precondition(bytes.count < Int(UInt32.max) / 2, "\(bytes.count) bytes are too many.")
        let bound = Int(deflateBound(stream, UInt(bytes.count)))
        return [UInt8](unsafeUninitializedCapacity: bound) { output, count in
            let status = bytes.withUnsafeBufferPointer { input in
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.pointee.avail_in = UInt32(input.count)
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(output.count)
                return deflate(stream, Z_FINISH)
            }
            precondition(status == Z_STREAM_END, "zlib cannot compress: status \(status).")
            count = output.count - Int(stream.pointee.avail_out)
        }
    }

    /// Unpacks exactly one member; content beyond `limitBytes` is refused before it is held.
    ///
    /// - Throws: every case of `GzipFailure`.
    package static func decompress(
        _ member: [UInt8],
        limitBytes: Int
    ) throws(GzipFailure) -> [UInt8] {
        guard isGzip(member) else { throw .notGzip }
        let stated = statedBytes(of: member)
        if stated <= limitBytes,
            let content = WholeMember.content(of: member, statedBytes: stated)
        {
            return content
        }
        var inflater = Inflater()
        var output: [UInt8] = []
        var position = 0
        while true {
            let room = limitBytes - output.count + 1
            let piece = try inflater.inflate(
                member[position...],
                outputMaxBytes: min(room, max(pieceBytes, stated + 1))
            )
            position += piece.consumedBytes
            output.isEmpty ? output = piece.bytes : output.append(contentsOf: piece.bytes)
            guard output.count <= limitBytes else { throw .tooLarge(limitBytes: limitBytes) }
            if piece.isMemberEnd { break }
            guard piece.consumedBytes > 0 || !piece.bytes.isEmpty else { throw .truncated }
        }
        guard position == member.count else {
            throw .trailingBytes(count: member.count - position)
        }
        return output
    }

    /// Output is made in pieces of at least this size.
    private static let pieceBytes = 64 << 10
    /// The stated size is believed up to this size; beyond it output grows piece by piece.
    private static let statedBytesMax = 4 << 20

    /// The size that the member's last four bytes state, a hint that may lie.
    private static func statedBytes(of member: [UInt8]) -> Int {
        let stated = member.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        return min(stated, statedBytesMax)
    }
}
