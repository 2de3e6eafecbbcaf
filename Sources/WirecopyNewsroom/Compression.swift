/// Just enough of gzip (RFC 1952), zlib (RFC 1950) and deflate (RFC 1951) to serve compressed
/// pages, broken ones and one that swells; nothing here makes data small.
enum Compression {
    /// A correct gzip member of stored blocks.
    static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        gzipHead + stored(bytes) + little(~crc(bytes[...], from: ~0)) + little(UInt32(bytes.count))
    }

    /// A correct zlib stream, which is what HTTP calls deflate.
    static func zlib(_ bytes: [UInt8]) -> [UInt8] {
        [0x78, 0x01] + stored(bytes) + little(adler(bytes)).reversed()
    }

    /// Raw deflate without the zlib frame, as some servers wrongly send.
    static func rawDeflate(_ bytes: [UInt8]) -> [UInt8] { stored(bytes) }

    /// A gzip member of a few hundred kilobytes that holds `head` and then blanks, about
    /// `sizeBytes` of them; every repetition of 258 blanks takes 13 bits.
    static func bomb(head: String, sizeBytes: Int) -> [UInt8] {
        let repeats = sizeBytes / 258
        let start = Array(head.utf8) + [0x20]
        var bits = BitWriter()
        bits.write(0b011, count: 3)
        for byte in start { bits.write(reversed(0x30 + UInt32(byte), count: 8), count: 8) }
        let longest = reversed(0b1100_0101, count: 8)
        for _ in 0..<repeats { bits.write(longest, count: 13) }
        bits.write(0, count: 7)
        let blanks = CRCMap.appending(0x20, times: repeats * 258)
        let check = ~blanks.apply(crc(start[...], from: ~0))
        let length = UInt32(truncatingIfNeeded: start.count + repeats * 258)
        return gzipHead + bits.finished() + little(check) + little(length)
    }

    private static let gzipHead: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]

    /// Longest stored block of deflate.
    private static let blockLimitBytes = 65_535

    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var position = 0
        repeat {
            let end = min(position + blockLimitBytes, bytes.count)
            let count = UInt16(end - position)
            out.append(end == bytes.count ? 1 : 0)
            out += [UInt8(count & 0xFF), UInt8(count >> 8)]
            out += [UInt8(~count & 0xFF), UInt8(~count >> 8)]
            out += bytes[position..<end]
            position = end
        } while position < bytes.count
        return out
    }

    /// The CRC register after the bytes; the caller inverts it at both ends.
    private static func crc(_ bytes: ArraySlice<UInt8>, from register: UInt32) -> UInt32 {
        bytes.reduce(register, CRCMap.step)
    }

    private static func adler(_ bytes: [UInt8]) -> UInt32 {
        var (low, high): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return high << 16 | low
    }

    private static func little(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
    }

    /// Huffman codes go out with their highest bit first, everything else with the lowest.
    private static func reversed(_ code: UInt32, count: UInt32) -> UInt32 {
        (0..<count).reduce(0) { $0 | ((code >> $1) & 1) << (count - 1 - $1) }
    }
}

private struct BitWriter {
    private var bytes: [UInt8] = []
    private var pending: UInt64 = 0
    private var pendingCount: UInt64 = 0

    mutating func write(_ value: UInt32, count: UInt64) {
        pending |= UInt64(value) << pendingCount
        pendingCount += count
        while pendingCount >= 8 {
            bytes.append(UInt8(truncatingIfNeeded: pending))
            pending >>= 8
            pendingCount -= 8
        }
    }

    func finished() -> [UInt8] {
        pendingCount == 0 ? bytes : bytes + [UInt8(truncatingIfNeeded: pending)]
    }
}

/// What appending bytes does to a CRC-32 register. It is affine over bits, so doing it n times
/// takes log n compositions (the idea of zlib's `crc32_combine`).
private struct CRCMap {
    var columns: [UInt32]
    var offset: UInt32

    /// The register after one more byte.
    static func step(_ register: UInt32, _ byte: UInt8) -> UInt32 {
        var next = register ^ UInt32(byte)
        for _ in 0..<8 { next = next & 1 == 1 ? next >> 1 ^ 0xEDB8_8320 : next >> 1 }
        return next
    }

    static func appending(_ byte: UInt8, times: Int) -> CRCMap {
        let offset = step(0, byte)
        var power = CRCMap(
            columns: (0..<32).map { step(1 << UInt32($0), byte) ^ offset },
            offset: offset
        )
        var whole = CRCMap(columns: (0..<32).map { 1 << UInt32($0) }, offset: 0)
        var rest = times
        while rest > 0 {
            if rest & 1 == 1 { whole = power.after(whole) }
            power = power.after(power)
            rest >>= 1
        }
        return whole
    }

    func apply(_ register: UInt32) -> UInt32 { linear(register) ^ offset }

    private func linear(_ register: UInt32) -> UInt32 {
        (0..<32).reduce(0) { register >> UInt32($1) & 1 == 1 ? $0 ^ columns[$1] : $0 }
    }

    private func after(_ first: CRCMap) -> CRCMap {
        CRCMap(columns: first.columns.map(linear), offset: apply(first.offset))
    }
}
