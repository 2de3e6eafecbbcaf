/// An operation that a simulated disk refuses, with its `errno`.
struct RefusedOperation: Error {
    let number: Int32
}

/// All files of a simulated disk.
struct SimulatedDiskState: Sendable {
    var files: [Int: SimulatedFile] = [:]
    /// Files by path, as programs see them.
    var names: [String: Int] = [:]
    /// Files by path, as a crash leaves them.
    var durableNames: [String: Int] = [:]
    var capacityBytes = Int.max
    var lie: SimulatedDisk.Lie?
    var fault: SimulatedDisk.Fault?
    var operations = 0
    var syncs = 0
    /// Counts crashes: files that were opened before are dead.
    var generation = 0
    private var lastFile = 0

    var freeBytes: Int { max(0, capacityBytes - files.values.reduce(0) { $0 + $1.length }) }

    /// Counts an operation, and refuses it when it is the one that fails.
    mutating func countOperation() throws(RefusedOperation) {
        operations += 1
        guard let fault,
            operations == fault.at || fault.isLasting && operations > fault.at
        else { return }
        throw RefusedOperation(number: fault.number)
    }

    mutating func makeFile(_ path: String) -> Int {
        lastFile += 1
        files[lastFile] = SimulatedFile([])
        names[path] = lastFile
        return lastFile
    }

    mutating func crash(using generator: inout some RandomNumberGenerator) {
        generation += 1
        for path in Set(names.keys).union(durableNames.keys).sorted() {
            let (seen, durable) = (names[path], durableNames[path])
            let kept = seen == durable || Bool.random(using: &generator) ? seen : durable
            names[path] = kept
        }
        durableNames = names
        let used = Set(names.values)
        files = files.filter { used.contains($0.key) }
        for id in files.keys.sorted() { files[id]?.crash(using: &generator) }
    }
}

/// A file of a simulated disk: what is seen, and what sectors held before they were written.
struct SimulatedFile: Sendable {
    private static let sector = SimulatedDisk.sectorBytes

    /// Bytes up to the end; behind `content` lie zeros.
    private(set) var length: Int
    private var content: [UInt8]
    /// What sectors that were not synced hold on the disk, by number.
    private var unsynced: [Int: [UInt8]] = [:]
    private var syncedLength: Int
    /// What a sync has promised to write later, by sector.
    private var promised: [Int: [UInt8]] = [:]

    /// A file whose bytes are on the disk.
    init(_ bytes: [UInt8]) {
        content = bytes
        length = bytes.count
        syncedLength = bytes.count
    }

    func read(at offset: Int, count: Int) -> [UInt8] {
        let end = min(offset + count, length)
        guard offset < end else { return [] }
        var bytes = Array(content[min(offset, content.count)..<min(end, content.count)])
        bytes += [UInt8](repeating: 0, count: end - offset - bytes.count)
        return bytes
    }

    mutating func write(_ bytes: [UInt8], at offset: Int) {
        guard !bytes.isEmpty else { return }
        let end = offset + bytes.count
        remember(offset..<end)
        if content.count < end {
            content += [UInt8](repeating: 0, count: end - content.count)
        }
        content.replaceSubrange(offset..<end, with: bytes)
        length = max(length, end)
    }

    mutating func truncate(to newLength: Int) {
        if newLength < content.count {
            remember(newLength..<content.count)
            content.removeSubrange(newLength...)
        }
        length = newLength
    }

    mutating func sync() {
        unsynced.removeAll()
        promised.removeAll()
        syncedLength = length
    }

    /// Keeps the promise of the sync before, and makes another.
    mutating func syncLate() {
        for (sector, bytes) in promised { unsynced[sector] = bytes }
        for sector in promised.keys where unsynced[sector] == image(of: sector) {
            unsynced[sector] = nil
        }
        promised = unsynced.reduce(into: [:]) { $0[$1.key] = image(of: $1.key) }
        syncedLength = length
    }

    mutating func crash(using generator: inout some RandomNumberGenerator) {
        for (sector, before) in unsynced.sorted(by: { $0.key < $1.key })
        where Bool.random(using: &generator) {
            let start = sector * Self.sector
            let end = start + before.count
            if content.count < end {
                content += [UInt8](repeating: 0, count: end - content.count)
            }
            content.replaceSubrange(start..<end, with: before)
        }
        if length != syncedLength, Bool.random(using: &generator) { length = syncedLength }
        if content.count > length { content.removeSubrange(length...) }
        sync()
    }

    /// Keeps what the sectors of a range hold on the disk.
    private mutating func remember(_ range: Range<Int>) {
        for sector in range.lowerBound / Self.sector...(range.upperBound - 1) / Self.sector
        where unsynced[sector] == nil {
            unsynced[sector] = image(of: sector)
        }
    }

    private func image(of sector: Int) -> [UInt8] {
        let start = sector * Self.sector
        let end = min(start + Self.sector, content.count)
        let bytes = start < end ? Array(content[start..<end]) : []
        return bytes + [UInt8](repeating: 0, count: Self.sector - bytes.count)
    }
}
