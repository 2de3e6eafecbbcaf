/// A set of places in the journal: one bit a place, in chunks of 65,536 places.
///
/// Whether a place is in it is found at once; ten million places that follow each other take
/// 1.2 MB. Chunks that changed can be taken out and stored.
struct PositionSet: Sendable {
    /// Places of a chunk.
    static let chunkPositions = 1 << 16
    /// Bytes of a chunk's bits.
    static let chunkBytes = chunkPositions / 8
    private static let chunkWords = chunkPositions / 64

    /// Places in the set.
    private(set) var count = 0
    private var chunks: [[UInt64]] = []
    private var counts: [Int32] = []
    private var changed: Set<Int> = []
    private var lastChanged = -1

    func contains(_ position: Int) -> Bool {
        let chunk = position >> 16
        guard position >= 0, chunk < chunks.count, !chunks[chunk].isEmpty else { return false }
        return chunks[chunk][position >> 6 & 1023] >> UInt64(position & 63) & 1 == 1
    }

    /// Puts a place in.
    ///
    /// - Returns: whether it was not there before.
    @discardableResult
    mutating func insert(_ position: Int) -> Bool {
        let chunk = position >> 16
        if chunks.count <= chunk { grow(to: chunk) }
        if chunks[chunk].isEmpty { chunks[chunk] = [UInt64](repeating: 0, count: Self.chunkWords) }
        let bit = UInt64(1) << UInt64(position & 63)
        guard chunks[chunk][position >> 6 & 1023] & bit == 0 else { return false }
        chunks[chunk][position >> 6 & 1023] |= bit
        counts[chunk] += 1
        count += 1
        note(chunk)
        return true
    }

    /// Takes a place out.
    ///
    /// - Returns: whether it was there.
    @discardableResult
    mutating func remove(_ position: Int) -> Bool {
        guard contains(position) else { return false }
        let chunk = position >> 16
        chunks[chunk][position >> 6 & 1023] &= ~(UInt64(1) << UInt64(position & 63))
        counts[chunk] -= 1
        count -= 1
        // The newest chunk will be needed again at once.
        if counts[chunk] == 0, chunk < chunks.count - 1 { chunks[chunk] = [] }
        note(chunk)
        return true
    }

    /// The first place of the set behind this one.
    func next(after position: Int) -> Int? {
        let start = max(0, position + 1)
        var chunk = start >> 16
        var word = start >> 6 & 1023
        var mask = ~UInt64(0) << UInt64(start & 63)
        while chunk < chunks.count {
            if !chunks[chunk].isEmpty {
                while word < Self.chunkWords {
                    let bits = chunks[chunk][word] & mask
                    if bits != 0 { return chunk << 16 | word << 6 | bits.trailingZeroBitCount }
                    mask = ~0
                    word += 1
                }
            }
            mask = ~0
            word = 0
            chunk += 1
        }
        return nil
    }

    private mutating func grow(to chunk: Int) {
        if let last = counts.indices.last, counts[last] == 0 { chunks[last] = [] }
        while chunks.count <= chunk {
            chunks.append([])
            counts.append(0)
        }
    }

    private mutating func note(_ chunk: Int) {
        guard chunk != lastChanged else { return }
        lastChanged = chunk
        changed.insert(chunk)
    }
}

// Storage.
extension PositionSet {
    /// Numbers of the chunks that changed since the last call, ascending.
    mutating func takeChanged() -> [Int] {
        defer {
            changed.removeAll(keepingCapacity: true)
            lastChanged = -1
        }
        return changed.sorted()
    }

    /// The bits of a chunk, lowest place first; `nil` when none is set.
    func bytes(ofChunk chunk: Int) -> [UInt8]? {
        guard chunk < chunks.count, counts[chunk] > 0 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.chunkBytes)
        for word in chunks[chunk] { bytes.append(number: word) }
        return bytes
    }

    /// Puts in the places of a chunk as `bytes(ofChunk:)` gave them.
    mutating func load(_ bytes: [UInt8], chunk: Int) {
        guard bytes.count == Self.chunkBytes, chunk >= 0 else { return }
        if chunks.count <= chunk { grow(to: chunk) }
        let words = (0..<Self.chunkWords).map { bytes.number(at: $0 * 8, as: UInt64.self) }
        let added = words.reduce(0) { $0 + $1.nonzeroBitCount }
        count += added - Int(counts[chunk])
        chunks[chunk] = added == 0 ? [] : words
        counts[chunk] = Int32(added)
    }
}
