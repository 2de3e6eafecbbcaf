/// The XXH64 hash of bytes with seed 0 (Y. Collet, "xxHash", specification 0.1.1).
///
/// It finds damage, at several bytes a nanosecond; zlib's CRC-32 takes four times as long. It is no
/// protection against forgers.
enum Checksum {
    private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
    private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
    private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

    /// The checksum of all bytes.
    static func of(_ bytes: [UInt8]) -> UInt64 { of(bytes, bytes.indices) }

    /// The checksum of a text's UTF-8 bytes.
    static func of(_ text: String) -> UInt64 {
        var text = text
        return text.withUTF8 { unsafe of(UnsafeRawBufferPointer($0)) }
    }

    /// The checksum of some bytes of an array.
    static func of(_ bytes: [UInt8], _ range: Range<Int>) -> UInt64 {
        unsafe bytes.withUnsafeBytes { buffer in
            unsafe of(UnsafeRawBufferPointer(rebasing: buffer[range]))
        }
    }

    private static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var offset = 0
        var hash: UInt64
        if bytes.count >= 32 {
            hash = unsafe stripes(bytes, &offset)
        } else {
            hash = prime5
        }
        hash &+= UInt64(bytes.count)
        return unsafe avalanche(rest(bytes, offset, hash))
    }

    @inline(__always)
    private static func stripes(
        _ bytes: UnsafeRawBufferPointer,
        _ offset: inout Int
    ) -> UInt64 {
        var first = prime1 &+ prime2
        var second = prime2
        var third: UInt64 = 0
        var fourth = 0 &- prime1
        while offset &+ 32 <= bytes.count {
            first = unsafe mix(first, word(bytes, offset))
            second = unsafe mix(second, word(bytes, offset &+ 8))
            third = unsafe mix(third, word(bytes, offset &+ 16))
            fourth = unsafe mix(fourth, word(bytes, offset &+ 24))
            offset &+= 32
        }
        var hash = rotate(first, 1) &+ rotate(second, 7) &+ rotate(third, 12) &+ rotate(fourth, 18)
        hash = merge(hash, first)
        hash = merge(hash, second)
        hash = merge(hash, third)
        return merge(hash, fourth)
    }

    @inline(__always)
    private static func merge(_ hash: UInt64, _ lane: UInt64) -> UInt64 {
        (hash ^ mix(0, lane)) &* prime1 &+ prime4
    }

    private static func rest(
        _ bytes: UnsafeRawBufferPointer,
        _ start: Int,
        _ begun: UInt64
    ) -> UInt64 {
        var (offset, hash) = (start, begun)
        while offset + 8 <= bytes.count {
            hash = unsafe rotate(hash ^ mix(0, word(bytes, offset)), 27) &* prime1 &+ prime4
            offset += 8
        }
        if offset + 4 <= bytes.count {
            let half = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
            hash = rotate(hash ^ UInt64(half.littleEndian) &* prime1, 23) &* prime2 &+ prime3
            offset += 4
        }
        while offset < bytes.count {
            hash = unsafe rotate(hash ^ UInt64(bytes[offset]) &* prime5, 11) &* prime1
            offset += 1
        }
        return hash
    }

    private static func avalanche(_ value: UInt64) -> UInt64 {
        var hash = value
        hash = (hash ^ hash >> 33) &* prime2
        hash = (hash ^ hash >> 29) &* prime3
        return hash ^ hash >> 32
    }

    @inline(__always)
    private static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
    }

    @inline(__always)
    private static func mix(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        rotate(lane &+ word &* prime2, 31) &* prime1
    }

    @inline(__always)
    private static func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 {
        value << bits | value >> (64 &- bits)
    }
}
