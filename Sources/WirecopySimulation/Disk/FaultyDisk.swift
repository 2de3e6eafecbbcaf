import Glibc
import Synchronization
import WirecopyQueue

/// A disk in memory that tells what was written from what is durable, and fails as it is told.
///
/// Writes go to a cache, as with a real kernel; a sync makes a file's durable. When the power goes,
/// each sector of what was not synced is there or not, as the seed wants; when only a process dies,
/// the cache stays. A refused sync leaves its writes in the cache, where readers see them, and no
/// later sync brings them to the disk, as on Linux.
final class FaultyDisk: Sendable {
    /// What the drive writes at once.
    static let sectorBytes = 512

    /// What happens at an operation that is to come.
    enum Plan: Sendable {
        /// The process dies in it, when so much of a thousand is done.
        case die(donePermille: Int)
        /// It is refused with EIO.
        case refuse
        /// It is refused with EIO if it is a sync; other operations do not count.
        case refuseSync
    }

    /// How a power failure treats what was not synced.
    enum Survival: CaseIterable, Sendable {
        case nothing, everything, beginning, sectors
    }

    struct State {
        var names: [String: Int] = [:]
        var durableNames: [String: Int] = [:]
        var inodes: [Int: FaultyInode] = [:]
        var lastInode = 0
        var usedBytes = 0
        var capacity = Int.max
        var plan: (operationsLeft: Int, plan: Plan)?
        var isDead = false
        /// Raised at each crash: files that were open then are so no more.
        var epoch = 0
        var syncCount = 0
        var tornSectors = 0
        let honoursSync: Bool
    }

    let state: Mutex<State>

    /// Makes an empty disk; one that does not honour `sync` says that it did.
    init(honoursSync: Bool = true) { state = Mutex(State(honoursSync: honoursSync)) }

    /// True after a planned death, until `restart` or a power failure.
    var isDead: Bool { state.withLock { $0.isDead } }

    /// Syncs of files that were done.
    var syncCount: Int { state.withLock { $0.syncCount } }

    /// Sectors that a power failure took although others of the same write stayed.
    var tornSectors: Int { state.withLock { $0.tornSectors } }

    /// Bytes that all files have.
    var usedBytes: Int { state.withLock { $0.usedBytes } }

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
        state.withLock { $0.reopen() }
    }

    /// The power goes and comes back.
    func losePower(_ survival: Survival, using generator: inout SeededGenerator) {
        state.withLock { state in
            state.reopen()
            for path in Set(state.names.keys).union(state.durableNames.keys).sorted() {
                let (seen, durable) = (state.names[path], state.durableNames[path])
                guard seen != durable else { continue }
                state.names[path] = generator.happens(500) ? seen : durable
            }
            state.durableNames = state.names
            for number in state.inodes.keys.sorted() {
                state.tornSectors +=
                    state.inodes[number]?.losePower(survival, using: &generator) ?? 0
            }
            state.usedBytes = state.inodes.values.reduce(0) { $0 + $1.cached.count }
        }
    }
}

extension FaultyDisk.State {
    fileprivate mutating func reopen() {
        epoch += 1
        isDead = false
        plan = nil
    }

    /// Counts an operation, and does what is planned for it.
    ///
    /// - Returns: how much of a thousand of it is still done, when the process dies in it.
    mutating func begin(isSync: Bool) throws(Refusal) -> Int? {
        guard !isDead else { throw Refusal(number: EIO) }
        guard let (left, plan) = plan else { return nil }
        if case .refuseSync = plan, !isSync { return nil }
        guard left <= 0 else {
            self.plan = (left - 1, plan)
            return nil
        }
        self.plan = nil
        guard case .die(let done) = plan else { throw Refusal(number: EIO) }
        isDead = true
        return done
    }

    /// Why an operation is not done, as `errno` says it.
    struct Refusal: Error {
        let number: Int32
    }
}

/// The content of a file, in the cache and on the disk.
struct FaultyInode: Sendable {
    private(set) var cached: [UInt8] = []
    private var durable: [UInt8] = []
    /// Writes since the last sync, oldest first.
    private var pending: [Range<Int>] = []

    mutating func put(_ bytes: [UInt8], at offset: Int) {
        guard !bytes.isEmpty else { return }
        let end = offset + bytes.count
        grow(to: end)
        cached.replaceSubrange(offset..<end, with: bytes)
        pending.append(offset..<end)
    }

    mutating func grow(to length: Int) {
        guard cached.count < length else { return }
        cached.append(contentsOf: repeatElement(0, count: length - cached.count))
    }

    mutating func cut(to length: Int) {
        guard cached.count > length else { return grow(to: length) }
        cached.removeLast(cached.count - length)
        pending = pending.map { $0.clamped(to: 0..<length) }.filter { !$0.isEmpty }
    }

    mutating func sync() {
        for range in pending { flush(range) }
        pending = []
        setDurableLength()
    }

    /// A sync was refused: the kernel takes the pages for clean.
    mutating func forgetPending() { pending = [] }

    /// - Returns: sectors that were lost although others of the same write stayed.
    mutating func losePower(
        _ survival: FaultyDisk.Survival,
        using generator: inout SeededGenerator
    ) -> Int {
        var torn = 0
        let kept = generator.number(0...pending.count)
        for (index, range) in pending.enumerated() {
            var lost = 0
            let sector = FaultyDisk.sectorBytes
            let first = range.lowerBound / sector * sector
            for start in stride(from: first, to: range.upperBound, by: sector) {
                let stays =
                    switch survival {
                    case .nothing: false
                    case .everything: true
                    case .beginning: index < kept
                    case .sectors: generator.happens(500)
                    }
                if stays {
                    flush(max(start, range.lowerBound)..<min(start + sector, range.upperBound))
                } else {
                    lost += 1
                }
            }
            if lost > 0, lost < (range.upperBound - first + sector - 1) / sector { torn += lost }
        }
        pending = []
        if survival == .everything || generator.happens(500) { setDurableLength() }
        cached = durable
        return torn
    }

    private mutating func setDurableLength() {
        if durable.count > cached.count { durable.removeLast(durable.count - cached.count) }
        durable.append(contentsOf: repeatElement(0, count: cached.count - durable.count))
    }

    private mutating func flush(_ range: Range<Int>) {
        let range = range.clamped(to: 0..<cached.count)
        guard !range.isEmpty else { return }
        if durable.count < range.upperBound {
            let missing = range.upperBound - durable.count
            durable.append(contentsOf: repeatElement(0, count: missing))
        }
        durable.replaceSubrange(range, with: cached[range])
    }
}
