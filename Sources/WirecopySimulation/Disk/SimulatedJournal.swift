import Synchronization
import WirecopyMessages
import WirecopyQueue

/// What groups of changes hold, beside the disk: on it stands which group it is, sector by sector.
final class GroupContents: Sendable {
    struct Group: Sendable {
        let changes: [JournalChange]
        let now: Instant
        let hasSpace: Bool
    }

    private let groups = Mutex<[Group]>([])

    func add(_ group: Group) -> Int {
        groups.withLock { groups in
            groups.append(group)
            return groups.count
        }
    }

    subscript(number: Int) -> Group? {
        groups.withLock { $0.indices.contains(number - 1) ? $0[number - 1] : nil }
    }
}

/// A journal of one file on the simulated disk: a frame a group, one write and one sync each.
///
/// The reference journal in memory answers; this one decides what is there after a crash. Each
/// sector of a frame names its group and its place in it, so that any torn or missing sector shows.
final class SimulatedJournal: Journal {
    /// Free bytes below which nothing new is taken.
    static let reserveBytes = 16_384
    private static let pathOfLog = "log/1"
    private static let sectorBytes = SimulatedDisk.sectorBytes

    private struct Log {
        var end = 0
        var number = 0
    }

    let name = "simulated"
    private let disk: SimulatedDisk
    private let file: SimulatedFile
    private let contents: GroupContents
    private let memory = InMemoryJournal()
    private let log: Mutex<Log>

    /// Opens what the disk holds; a torn end is cut off.
    init(on disk: SimulatedDisk, _ contents: GroupContents) throws(QueueFailure) {
        self.disk = disk
        self.contents = contents
        file = disk.open(Self.pathOfLog)
        let bytes = file.read(0..<file.size())
        var log = Log()
        var lastFrame = 0..<0
        while let frame = Self.frame(in: bytes, at: log.end), frame.number > log.number {
            guard let group = contents[frame.number] else { break }
            _ = try memory.commit(group.stored, now: group.now)
            lastFrame = log.end..<log.end + frame.bytes
            log = Log(end: log.end + frame.bytes, number: frame.number)
        }
        do throws(DiskFault) {
            try file.truncate(to: log.end)
            // After a refused sync the kernel shows what the disk does not hold: write it again.
            if !lastFrame.isEmpty {
                try file.write(Array(bytes[lastFrame]), at: lastFrame.lowerBound)
            }
            try file.sync()
            try disk.syncDirectory()
        } catch {
            throw QueueFailure(.journalBroken, "The disk refused to \(error.operation).")
        }
        self.log = Mutex(log)
    }

    func state() throws(QueueFailure) -> JournalState { try memory.state() }

    func commit(
        _ changes: [JournalChange],
        now: Instant
    ) throws(QueueFailure) -> [JournalAnswer] {
        let hasSpace = disk.freeBytes().map { $0 >= Self.reserveBytes } ?? true
        let group = GroupContents.Group(changes: changes, now: now, hasSpace: hasSpace)
        try write(contents.add(group), sectors: Self.sectors(of: group.stored))
        var answers = try memory.commit(group.stored, now: now)[...]
        return changes.map { change in
            group.stores(change) ? answers.removeFirst() : .storageFull
        }
    }

    func openEntries(_ request: RefillRequest) throws(QueueFailure) -> [QueueEntry] {
        try memory.openEntries(request)
    }

    func openEntries(at positions: [Int]) throws(QueueFailure) -> [QueueEntry] {
        try memory.openEntries(at: positions)
    }

    func message(at position: Int) throws(QueueFailure) -> Message {
        try memory.message(at: position)
    }

    private func write(_ number: Int, sectors: Int) throws(QueueFailure) {
        try log.withLock { (log) throws(QueueFailure) in
            let bytes = Self.encode(number, sectors: sectors)
            do throws(DiskFault) {
                try file.write(bytes, at: log.end)
                try file.sync()
            } catch {
                if error.isFull {
                    throw QueueFailure(.storageFull, "The simulated disk is full.")
                }
                throw QueueFailure(.journalBroken, "The disk refused to \(error.operation).")
            }
            log = Log(end: log.end + bytes.count, number: number)
        }
    }

    /// A frame takes as many sectors as its content would.
    private static func sectors(of changes: [JournalChange]) -> Int {
        let bytes = changes.reduce(0) { bytes, change in
            change.stored.reduce(bytes + 40) { $0 + 300 + $1.contentBytes }
        }
        return max(1, (bytes + sectorBytes - 1) / sectorBytes)
    }

    private static func encode(_ number: Int, sectors: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: sectors * sectorBytes)
        for sector in 0..<sectors {
            let stamp = [number, sector + 1, sectors]
            for (index, value) in stamp.enumerated() {
                for byte in 0..<4 {
                    bytes[sector * sectorBytes + 4 * index + byte] =
                        UInt8(truncatingIfNeeded: value >> (8 * byte))
                }
            }
        }
        return bytes
    }

    private static func frame(
        in bytes: [UInt8],
        at offset: Int
    ) -> (number: Int, bytes: Int)? {
        guard let first = stamp(in: bytes, at: offset), first.place == 1 else { return nil }
        for sector in 1...first.count {
            let start = offset + (sector - 1) * sectorBytes
            guard let found = stamp(in: bytes, at: start), found.number == first.number,
                found.place == sector, found.count == first.count
            else { return nil }
        }
        return (first.number, first.count * sectorBytes)
    }

    private static func stamp(
        in bytes: [UInt8],
        at offset: Int
    ) -> (number: Int, place: Int, count: Int)? {
        guard offset + sectorBytes <= bytes.count else { return nil }
        let values = (0..<3).map { index in
            (0..<4).reduce(0) { $0 | Int(bytes[offset + 4 * index + $1]) << (8 * $1) }
        }
        guard values[0] > 0, values[2] > 0 else { return nil }
        return (values[0], values[1], values[2])
    }
}

extension GroupContents.Group {
    /// Whether a change is stored: new messages are not while the disk is nearly full.
    func stores(_ change: JournalChange) -> Bool {
        if case .append = change { return hasSpace }
        return true
    }

    /// The changes that are stored.
    var stored: [JournalChange] { hasSpace ? changes : changes.filter(stores) }
}
