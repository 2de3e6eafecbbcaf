import Glibc
import Synchronization

/// An operation that the simulated disk refused.
struct DiskFault: Error, Sendable, Equatable {
    let operation: String
    let path: String
    /// The value of `errno`.
    let number: Int32

    init(_ operation: String, _ path: String, _ number: Int32) {
        self.operation = operation
        self.path = path
        self.number = number
    }

    var isFull: Bool { number == ENOSPC }
}

/// A disk in memory that tells what was written from what is durable.
///
/// Writes go to a cache, as with a real kernel; `sync` makes a file's durable. When the power goes,
/// each sector of what was not synced is there or not, as the seed wants; when only a process dies,
/// the cache stays. A refused sync leaves its writes in the cache, where readers see them, and
/// never brings them to the disk, as Linux does.
final class SimulatedDisk: Sendable {
    /// What the drive writes at once.
    static let sectorBytes = 512

    /// What happens at an operation that is to come.
    enum Plan: Sendable {
        /// The process dies in the middle of it.
        case die
        /// It is refused with EIO.
        case refuse
        /// It is refused with EIO if it is a sync; other operations do not count.
        case refuseSync
    }

    /// How a power failure treats what was not synced.
    enum Survival: CaseIterable, Sendable {
        case nothing, everything, beginning, sectors
    }

    fileprivate struct Inode {
        var cached: [UInt8] = []
        var durable: [UInt8] = []
        /// Writes since the last sync, oldest first.
        var pending: [Range<Int>] = []
    }

    fileprivate struct State {
        var names: [String: Int] = [:]
        var durableNames: [String: Int] = [:]
        var inodes: [Int: Inode] = [:]
        var lastInode = 0
        var capacity = Int.max
        var plan: (operationsLeft: Int, Plan)?
        var isDead = false
        /// Raised at each crash: files that were open then are so no more.
        var epoch = 0
        var syncCount = 0
        var tornSectors = 0
    }

    private let state = Mutex(State())
    private let honoursSync: Bool

    /// Makes an empty disk; one that does not honour `sync` says that it did.
    init(honoursSync: Bool = true) { self.honoursSync = honoursSync }

    /// True after a planned death, until `restart`.
    var isDead: Bool { state.withLock { $0.isDead } }

    /// Syncs that were done.
    var syncCount: Int { state.withLock { $0.syncCount } }

    /// Sectors that a power failure took although others of the same write stayed.
    var tornSectors: Int { state.withLock { $0.tornSectors } }

    /// Bytes that still fit.
    func freeBytes() -> Int? {
        state.withLock { state in
            guard state.capacity < Int.max else { return nil }
            return max(0, state.capacity - state.inodes.values.reduce(0) { $0 + $1.cached.count })
        }
    }

    /// Bytes that all files have.
    var usedBytes: Int {
        state.withLock { $0.inodes.values.reduce(0) { $0 + $1.cached.count } }
    }

    /// Sets how much the disk can hold in all.
    func setCapacity(_ bytes: Int) { state.withLock { $0.capacity = bytes } }

    /// Has something happen at the operation after so many others.
    func plan(_ plan: Plan, after operations: Int) {
        state.withLock { $0.plan = (operations, plan) }
    }

    /// Forgets what was planned.
    ///
    /// - Returns: whether something was.
    @discardableResult
    func cancelPlan() -> Bool {
        state.withLock { state in
            defer { state.plan = nil }
            return state.plan != nil
        }
    }

    /// The process that used the disk is gone; its files are closed.
    func restart() {
        state.withLock { state in
            state.epoch += 1
            state.isDead = false
            state.plan = nil
        }
    }

    /// The power goes and comes back.
    func losePower(_ survival: Survival, using generator: inout SeededGenerator) {
        state.withLock { state in
            state.epoch += 1
            state.isDead = false
            state.plan = nil
            for (name, inode) in state.names.sorted(by: { $0.key < $1.key })
            where state.durableNames[name] == nil {
                if generator.happens(500) { state.durableNames[name] = inode }
            }
            state.names = state.durableNames
            for number in state.inodes.keys.sorted() {
                guard var inode = state.inodes[number] else { continue }
                state.tornSectors += Self.lose(&inode, survival, using: &generator)
                state.inodes[number] = inode
            }
        }
    }

    private static func lose(
        _ inode: inout Inode,
        _ survival: Survival,
        using generator: inout SeededGenerator
    ) -> Int {
        var torn = 0
        let kept = generator.number(0...max(0, inode.pending.count))
        for (index, range) in inode.pending.enumerated() {
            var lost = 0
            for start in stride(from: range.lowerBound, to: range.upperBound, by: sectorBytes) {
                let stays =
                    switch survival {
                    case .nothing: false
                    case .everything: true
                    case .beginning: index < kept
                    case .sectors: generator.happens(500)
                    }
                guard stays else {
                    lost += 1
                    continue
                }
                let end = min(start + sectorBytes, range.upperBound, inode.cached.count)
                if start < end { inode.flush(start..<end) }
            }
            if lost > 0, lost * sectorBytes < range.count { torn += lost }
        }
        inode.pending = []
        inode.cached = inode.durable
        return torn
    }
}

// What a journal does.
extension SimulatedDisk {
    /// Opens a file; makes it when it is not there.
    func open(_ path: String) -> SimulatedFile {
        state.withLock { state in
            if let inode = state.names[path] {
                return SimulatedFile(self, path, inode: inode, epoch: state.epoch)
            }
            state.lastInode += 1
            state.names[path] = state.lastInode
            state.inodes[state.lastInode] = Inode()
            return SimulatedFile(self, path, inode: state.lastInode, epoch: state.epoch)
        }
    }

    /// Makes all names durable.
    func syncDirectory() throws(DiskFault) {
        try state.withLock { (state) throws(DiskFault) in
            try state.begin("sync", "/", isSync: true)
            state.durableNames = state.names
        }
    }

    func size(_ file: SimulatedFile) -> Int {
        state.withLock { $0.inodes[file.inode]?.cached.count ?? 0 }
    }

    func read(_ file: SimulatedFile, _ range: Range<Int>) -> [UInt8] {
        state.withLock { state in
            guard let cached = state.inodes[file.inode]?.cached else { return [] }
            return Array(cached[range.clamped(to: 0..<cached.count)])
        }
    }

    func write(_ file: SimulatedFile, _ bytes: [UInt8], at offset: Int) throws(DiskFault) {
        try state.withLock { (state) throws(DiskFault) in
            guard state.epoch == file.epoch else { throw DiskFault("write", file.path, EBADF) }
            var part = bytes.count
            var fault: DiskFault?
            do throws(DiskFault) {
                try state.begin("write", file.path, isSync: false)
            } catch {
                // What is interrupted may have been done in part.
                part = state.isDead ? bytes.count / 2 : 0
                fault = error
            }
            let size = state.inodes[file.inode]?.cached.count ?? 0
            let used = state.inodes.values.reduce(0) { $0 + $1.cached.count }
            let growth = max(0, offset + part - size)
            if state.capacity < Int.max, growth > 0, used + growth > state.capacity {
                throw DiskFault("write", file.path, ENOSPC)
            }
            state.inodes[file.inode]?.put(bytes.prefix(part), at: offset)
            if let fault { throw fault }
        }
    }

    func sync(_ file: SimulatedFile) throws(DiskFault) {
        try state.withLock { (state) throws(DiskFault) in
            guard state.epoch == file.epoch else { throw DiskFault("sync", file.path, EBADF) }
            do throws(DiskFault) {
                try state.begin("sync", file.path, isSync: true)
            } catch {
                // The kernel takes the pages for clean: no later sync writes them.
                if !state.isDead { state.inodes[file.inode]?.pending = [] }
                throw error
            }
            state.syncCount += 1
            guard honoursSync else { return }
            state.inodes[file.inode]?.flushAll()
        }
    }

    func truncate(_ file: SimulatedFile, to length: Int) throws(DiskFault) {
        try state.withLock { (state) throws(DiskFault) in
            guard state.epoch == file.epoch else { throw DiskFault("cut", file.path, EBADF) }
            try state.begin("cut", file.path, isSync: false)
            state.inodes[file.inode]?.cut(to: length)
        }
    }
}

extension SimulatedDisk.State {
    /// Counts an operation, and does what is planned for it.
    fileprivate mutating func begin(
        _ operation: String,
        _ path: String,
        isSync: Bool
    ) throws(DiskFault) {
        guard !isDead else { throw DiskFault(operation, path, EIO) }
        guard let (left, plan) = plan else { return }
        if case .refuseSync = plan, !isSync { return }
        guard left <= 0 else {
            self.plan = (left - 1, plan)
            return
        }
        self.plan = nil
        if case .die = plan { isDead = true }
        throw DiskFault(operation, path, EIO)
    }
}

extension SimulatedDisk.Inode {
    fileprivate mutating func put(_ bytes: ArraySlice<UInt8>, at offset: Int) {
        guard !bytes.isEmpty else { return }
        let end = offset + bytes.count
        if cached.count < end {
            cached.append(contentsOf: repeatElement(0, count: end - cached.count))
        }
        cached.replaceSubrange(offset..<end, with: bytes)
        pending.append(offset..<end)
    }

    fileprivate mutating func flushAll() {
        for range in pending { flush(range.clamped(to: 0..<cached.count)) }
        pending = []
        if durable.count > cached.count { durable.removeLast(durable.count - cached.count) }
    }

    fileprivate mutating func flush(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        if durable.count < range.upperBound {
            durable.append(
                contentsOf: repeatElement(0, count: range.upperBound - durable.count)
            )
        }
        durable.replaceSubrange(range, with: cached[range])
    }

    fileprivate mutating func cut(to length: Int) {
        if cached.count > length { cached.removeLast(cached.count - length) }
        pending = pending.map { $0.clamped(to: 0..<length) }.filter { !$0.isEmpty }
    }
}

/// An open file of the simulated disk.
final class SimulatedFile: Sendable {
    private let disk: SimulatedDisk
    let path: String
    fileprivate let inode: Int
    fileprivate let epoch: Int

    fileprivate init(_ disk: SimulatedDisk, _ path: String, inode: Int, epoch: Int) {
        self.disk = disk
        self.path = path
        self.inode = inode
        self.epoch = epoch
    }

    func size() -> Int { disk.size(self) }

    func read(_ range: Range<Int>) -> [UInt8] { disk.read(self, range) }

    func write(_ bytes: [UInt8], at offset: Int) throws(DiskFault) {
        try disk.write(self, bytes, at: offset)
    }

    func sync() throws(DiskFault) { try disk.sync(self) }

    func truncate(to length: Int) throws(DiskFault) { try disk.truncate(self, to: length) }
}
