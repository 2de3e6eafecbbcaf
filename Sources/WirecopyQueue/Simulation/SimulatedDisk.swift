import Glibc
import Synchronization

/// A disk in memory that forgets what was not synced, fills up, fails and lies as it is told.
///
/// What is written is seen at once by whoever reads, and lies in sectors of 512 bytes that are on
/// the disk only after a sync. `crash` decides for each sector that was not synced, and for each
/// name in a directory that was not synced, by chance whether it got there. Simulations and tests
/// use it; nothing in the product does.
package final class SimulatedDisk: JournalFiles {
    /// Bytes that get to the disk all or not at all.
    package static let sectorBytes = 512

    /// How the disk betrays whoever trusts it.
    package enum Lie: Sendable {
        /// A sync says that it is done and does nothing.
        case skipsSync
        /// A sync says that it is done, and is done when the next one comes.
        case delaysSync
    }

    /// An operation that fails.
    package struct Fault: Sendable {
        /// The number of the changing operation that fails, counted from 1.
        package var at: Int
        /// The `errno` that it gives.
        package var number: Int32
        /// Whether all later ones fail, too.
        package var isLasting: Bool

        /// Makes a fault.
        package init(at: Int, number: Int32, isLasting: Bool = false) {
            self.at = at
            self.number = number
            self.isLasting = isLasting
        }
    }

    private let state = Mutex(SimulatedDiskState())

    /// Makes an empty disk.
    package init() {}

    /// Bytes that fit on the disk.
    package var capacityBytes: Int {
        get { state.withLock { $0.capacityBytes } }
        set { state.withLock { $0.capacityBytes = newValue } }
    }

    /// How the disk lies; `nil` for an honest one.
    package var lie: Lie? {
        get { state.withLock { $0.lie } }
        set { state.withLock { $0.lie = newValue } }
    }

    /// The operation that fails; setting it counts operations from 1 again.
    package var fault: Fault? {
        get { state.withLock { $0.fault } }
        set {
            state.withLock { state in
                state.fault = newValue
                state.operations = 0
            }
        }
    }

    /// Operations that changed something, since `fault` was set.
    package var operations: Int { state.withLock { $0.operations } }

    /// Syncs of files since the disk was made.
    package var syncs: Int { state.withLock { $0.syncs } }

    /// Paths of all files, in ascending order.
    package var paths: [String] { state.withLock { $0.names.keys.sorted() } }

    /// Loses the power: what was not synced gets to the disk by chance, and open files are dead.
    package func crash(using generator: inout some RandomNumberGenerator) {
        state.withLock { $0.crash(using: &generator) }
    }

    /// The bytes of a file; none when there is no such file.
    package func bytes(of path: String) -> [UInt8] {
        state.withLock { state in
            guard let file = state.names[path].flatMap({ state.files[$0] }) else { return [] }
            return file.read(at: 0, count: file.length)
        }
    }

    /// Puts other bytes in the place of a file, on the disk itself.
    package func replace(_ path: String, with bytes: [UInt8]) {
        state.withLock { state in
            let id = state.names[path] ?? state.makeFile(path)
            state.durableNames[path] = id
            state.files[id] = SimulatedFile(bytes)
        }
    }

    /// Turns one bit of a file over, on the disk itself.
    package func flip(_ path: String, byte: Int, bit: Int) {
        var bytes = bytes(of: path)
        guard bytes.indices ~= byte else { return }
        bytes[byte] ^= 1 << UInt8(bit & 7)
        replace(path, with: bytes)
    }

    /// Removes a file, on the disk itself.
    package func lose(_ path: String) {
        state.withLock { state in
            state.names[path] = nil
            state.durableNames[path] = nil
        }
    }

    /// A disk with the same files, all of them synced.
    package func copy() -> SimulatedDisk {
        let copy = SimulatedDisk()
        for path in paths { copy.replace(path, with: bytes(of: path)) }
        return copy
    }
}

// Files.
extension SimulatedDisk {
    /// Names of the files in a directory.
    package func names(in directory: String) throws(DiskFault) -> [String] {
        let prefix = directory.isEmpty ? "" : "\(directory)/"
        return paths.filter { $0.hasPrefix(prefix) }
            .map { String($0.dropFirst(prefix.count)) }
            .filter { !$0.contains("/") }
    }

    /// Directories are there already.
    package func makeDirectory(_ path: String) throws(DiskFault) {}

    /// Opens a file.
    package func open(
        _ path: String,
        _ mode: JournalFileMode
    ) throws(DiskFault) -> any JournalFile {
        let (id, generation) = try change(counts: mode == .creating, "open", path) {
            state throws(RefusedOperation) in
            let found = state.names[path]
            switch mode {
            case .creating:
                guard found == nil else { throw RefusedOperation(number: EEXIST) }
                return (state.makeFile(path), state.generation)
            case .reading, .writing:
                guard let found else { throw RefusedOperation(number: ENOENT) }
                return (found, state.generation)
            }
        }
        return SimulatedHandle(self, path, id, generation)
    }

    /// Gives a file another name.
    package func rename(_ path: String, to newPath: String) throws(DiskFault) {
        try change("rename", path) { state throws(RefusedOperation) in
            guard let id = state.names.removeValue(forKey: path) else {
                throw RefusedOperation(number: ENOENT)
            }
            state.names[newPath] = id
        }
    }

    /// Removes a file.
    package func remove(_ path: String) throws(DiskFault) {
        try change("remove", path) { state throws(RefusedOperation) in
            guard state.names.removeValue(forKey: path) != nil else {
                throw RefusedOperation(number: ENOENT)
            }
        }
    }

    /// Makes names durable.
    package func syncDirectory(_ path: String) throws(DiskFault) {
        let prefix = path.isEmpty ? "" : "\(path)/"
        try change("sync", path) { state throws(RefusedOperation) in
            guard state.lie != .skipsSync else { return }
            let isInside: (String) -> Bool = { name in
                name.hasPrefix(prefix) && !name.dropFirst(prefix.count).contains("/")
            }
            state.durableNames = state.durableNames.filter { !isInside($0.key) }
            for (name, id) in state.names where isInside(name) { state.durableNames[name] = id }
        }
    }

    /// Bytes that still fit.
    package func freeBytes() -> Int? { state.withLock { $0.freeBytes } }

    /// Counts an operation, lets it fail when it is its turn, and does it.
    fileprivate func change<Value: Sendable>(
        counts: Bool = true,
        _ operation: String,
        _ path: String,
        _ body: (inout SimulatedDiskState) throws(RefusedOperation) -> Value
    ) throws(DiskFault) -> Value {
        do throws(RefusedOperation) {
            return try state.withLock { state throws(RefusedOperation) in
                if counts { try state.countOperation() }
                return try body(&state)
            }
        } catch {
            throw DiskFault(operation, path, error.number)
        }
    }
}

/// An open file of a simulated disk; dead after a crash.
private final class SimulatedHandle: JournalFile {
    private let disk: SimulatedDisk
    private let path: String
    private let id: Int
    private let generation: Int

    init(_ disk: SimulatedDisk, _ path: String, _ id: Int, _ generation: Int) {
        self.disk = disk
        self.path = path
        self.id = id
        self.generation = generation
    }

    func size() throws(DiskFault) -> Int {
        try use("stat", counts: false) { _, file throws(RefusedOperation) in file.length }
    }

    func write(_ parts: [[UInt8]], at offset: Int) throws(DiskFault) {
        try use("write") { state, file throws(RefusedOperation) in
            let bytes = parts.flatMap { $0 }
            let growth = max(0, offset + bytes.count - file.length)
            let free = max(0, state.freeBytes - file.length)
            guard growth <= free else {
                // As much as fits gets there, as on a real disk.
                let fitting = bytes.count - growth + free
                file.write(Array(bytes.prefix(max(0, fitting))), at: offset)
                throw RefusedOperation(number: ENOSPC)
            }
            file.write(bytes, at: offset)
        }
    }

    func sync() throws(DiskFault) {
        try use("sync") { state, file throws(RefusedOperation) in
            state.syncs += 1
            switch state.lie {
            case nil: file.sync()
            case .skipsSync: break
            case .delaysSync: file.syncLate()
            }
        }
    }

    func read(at offset: Int, count: Int) throws(DiskFault) -> [UInt8] {
        try use("read", counts: false) { _, file throws(RefusedOperation) in
            file.read(at: offset, count: count)
        }
    }

    func truncate(to length: Int) throws(DiskFault) {
        try use("truncate") { _, file throws(RefusedOperation) in
            file.truncate(to: length)
        }
    }

    func allocate(to length: Int) throws(DiskFault) {
        try use("allocate") { state, file throws(RefusedOperation) in
            guard length <= state.freeBytes else { throw RefusedOperation(number: ENOSPC) }
            if length > file.length { file.truncate(to: length) }
        }
    }

    private func use<Value: Sendable>(
        _ operation: String,
        counts: Bool = true,
        _ body: (inout SimulatedDiskState, inout SimulatedFile) throws(RefusedOperation) -> Value
    ) throws(DiskFault) -> Value {
        // While a file is used, what is free counts its bytes, too.
        try disk.change(counts: counts, operation, path) { state throws(RefusedOperation) in
            guard generation == state.generation, var file = state.files.removeValue(forKey: id)
            else { throw RefusedOperation(number: EIO) }
            defer { state.files[id] = file }
            return try body(&state, &file)
        }
    }
}
