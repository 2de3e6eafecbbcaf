/// Frames of brotli (RFC 7932) and zstd (RFC 8878) that hold bytes as they are or repeat one, as
/// far as the newsroom needs them.
extension Compression {
    /// Longest part of a frame: 64 KiB are what two bytes of length tell in brotli.
    private static let brotliPartBytes = 1 << 16
    /// Longest block of zstd.
    private static let zstdBlockBytes = 1 << 17

    /// Bytes as uncompressed parts of a brotli stream.
    static func brotli(_ bytes: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = []
        var start = 0
        // The first bit of the stream tells a window of 64 KiB; each part starts at a byte then.
        var shift: UInt32 = 1
        while start < bytes.count {
            let part = bytes[start..<min(start + brotliPartBytes, bytes.count)]
            let head = (UInt32(part.count - 1) << 3 | 1 << 19) << shift
            stream += [UInt8(head & 0xFF), UInt8(head >> 8 & 0xFF), UInt8(head >> 16 & 0xFF)]
            stream += part
            start += part.count
            shift = 0
        }
        return stream + [0x03]
    }

    /// Bytes as raw blocks of a zstd frame.
    static func zstd(_ bytes: [UInt8]) -> [UInt8] {
        var frame = zstdHead
        var start = 0
        while start < bytes.count {
            let block = bytes[start..<min(start + zstdBlockBytes, bytes.count)]
            start += block.count
            frame += zstdBlock(type: 0, size: block.count, isLast: start == bytes.count) + block
        }
        return frame
    }

    /// A zstd frame of blanks: four bytes for each 128 KiB.
    static func zstdBomb(sizeBytes: Int) -> [UInt8] {
        let count = sizeBytes / zstdBlockBytes
        return (1...count).reduce(into: zstdHead) { frame, number in
            frame += zstdBlock(type: 1, size: zstdBlockBytes, isLast: number == count) + [0x20]
        }
    }

    /// 64 MiB of blanks in 54 bytes, as the brotli program of Debian packs them.
    static let brotliBomb: [UInt8] = [
        0xCF, 0xFF, 0xFF, 0x7F, 0xF8, 0x25, 0x40, 0xE2, 0xB1, 0x40, 0x20, 0xF7, 0xFE, 0x9F, 0xFF,
        0xFF, 0xFF, 0xF0, 0x4B, 0x00, 0xC4, 0x61, 0x01, 0x80, 0xEE, 0xFD, 0x3F, 0xFF, 0xFF, 0xFF,
        0xE1, 0x97, 0x00, 0x88, 0xC3, 0x22, 0x00, 0xDD, 0xFB, 0x7F, 0xFE, 0xFF, 0xFF, 0xC3, 0x2F,
        0x01, 0x10, 0x87, 0x05, 0x00, 0xBA, 0xF7, 0xFF, 0x03,
    ]

    /// Magic number, no length, no checksum, a window of 128 KiB.
    private static let zstdHead: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x38]

    private static func zstdBlock(type: UInt32, size: Int, isLast: Bool) -> [UInt8] {
        let head = UInt32(size) << 3 | type << 1 | (isLast ? 1 : 0)
        return [UInt8(head & 0xFF), UInt8(head >> 8 & 0xFF), UInt8(head >> 16 & 0xFF)]
    }
}
