import Glibc
import Synchronization
import WirecopyQueue

// What a journal does on the disk.
extension FaultyDisk: JournalFiles {
    func names(in directory: String) throws(DiskFault) -> [String] {
        let prefix = directory.isEmpty ? "" : "\(directory)/"
        return state.withLock { $0.names.keys.sorted() }
            .filter { $0.hasPrefix(prefix) }
            .map { String($0.dropFirst(prefix.count)) }
            .filter { !$0.contains("/") }
    }

    func makeDirectory(_ path: String) throws(DiskFault) {}

    func open(_ path: String, _ mode: JournalFileMode) throws(DiskFault) -> any JournalFile {
        let (inode, epoch) = try change("open", path, counts: mode == .creating) {
            state,
            _ throws(State.Refusal) in
            switch (mode, state.names[path]) {
            case (.creating, nil):
                state.lastInode += 1
                state.names[path] = state.lastInode
                state.inodes[state.lastInode] = FaultyInode()
                return (state.lastInode, state.epoch)
            case (.creating, _?): throw State.Refusal(number: EEXIST)
            case (_, let inode?): return (inode, state.epoch)
            case (_, nil): throw State.Refusal(number: ENOENT)
            }
        }
        return FaultyFile(self, path, inode: inode, epoch: epoch)
    }

    func rename(_ path: String, to newPath: String) throws(DiskFault) {
        try change("rename", path) { state, _ throws(State.Refusal) in
            guard let inode = state.names.removeValue(forKey: path) else {
                throw State.Refusal(number: ENOENT)
            }
            state.names[newPath] = inode
        }
    }

    func remove(_ path: String) throws(DiskFault) {
        try change("remove", path) { state, _ throws(State.Refusal) in
            guard let inode = state.names.removeValue(forKey: path) else {
                throw State.Refusal(number: ENOENT)
            }
            state.usedBytes -= state.inodes[inode]?.cached.count ?? 0
        }
    }

    func syncDirectory(_ path: String) throws(DiskFault) {
        let prefix = path.isEmpty ? "" : "\(path)/"
        try change("sync", path, isSync: true) { state, _ throws(State.Refusal) in
            guard state.honoursSync else { return }
            let isInside: (String) -> Bool = { name in
                name.hasPrefix(prefix) && !name.dropFirst(prefix.count).contains("/")
            }
            state.durableNames = state.durableNames.filter { !isInside($0.key) }
            for (name, inode) in state.names where isInside(name) {
                state.durableNames[name] = inode
            }
        }
    }

    func freeBytes() -> Int? {
        state.withLock { state in
            state.capacity < Int.max ? max(0, state.capacity - state.usedBytes) : nil
        }
    }

    /// Counts an operation and does it, unless it is refused; `done` says how much of a thousand of
    /// it, when the process dies in it.
    fileprivate func change<Value: Sendable>(
        _ operation: String,
        _ path: String,
        counts: Bool = true,
        isSync: Bool = false,
        _ body: (inout State, _ done: Int?) throws(State.Refusal) -> Value
    ) throws(DiskFault) -> Value {
        do throws(State.Refusal) {
            return try state.withLock { state throws(State.Refusal) in
                let done = counts ? try state.begin(isSync: isSync) : nil
                // Whatever is not a write is done in whole or not at all.
                let value = try body(&state, done)
                if done != nil { throw State.Refusal(number: EIO) }
                return value
            }
        } catch {
            throw DiskFault(operation, path, error.number)
        }
    }
}

/// An open file of the disk; dead after a crash.
private final class FaultyFile: JournalFile {
    private let disk: FaultyDisk
    private let path: String
    private let inode: Int
    private let epoch: Int

    init(_ disk: FaultyDisk, _ path: String, inode: Int, epoch: Int) {
        self.disk = disk
        self.path = path
        self.inode = inode
        self.epoch = epoch
    }

    func size() throws(DiskFault) -> Int {
        try use("stat", counts: false) { _, file, _ throws(FaultyDisk.State.Refusal) in
            file.cached.count
        }
    }

    func read(at offset: Int, count: Int) throws(DiskFault) -> [UInt8] {
        try use("read", counts: false) { _, file, _ throws(FaultyDisk.State.Refusal) in
            let end = min(offset + count, file.cached.count)
            return offset < end ? Array(file.cached[offset..<end]) : []
        }
    }

    func write(_ parts: [[UInt8]], at offset: Int) throws(DiskFault) {
        try use("write") { state, file, done throws(FaultyDisk.State.Refusal) in
            var bytes = parts.flatMap { $0 }
            if let done { bytes = Array(bytes.prefix(bytes.count * done / 1000)) }
            let growth = max(0, offset + bytes.count - file.cached.count)
            let free = max(0, state.capacity - state.usedBytes)
            if growth > free { bytes = Array(bytes.prefix(max(0, bytes.count - growth + free))) }
            file.put(bytes, at: offset)
            // As much as fits gets there, as on a real disk.
            if growth > free { throw FaultyDisk.State.Refusal(number: ENOSPC) }
        }
    }

    func sync() throws(DiskFault) {
        do throws(DiskFault) {
            try use("sync", isSync: true) { state, file, done throws(FaultyDisk.State.Refusal) in
                state.syncCount += 1
                guard state.honoursSync, done.map({ $0 >= 500 }) ?? true else { return }
                file.sync()
            }
        } catch {
            disk.state.withLock { state in
                if !state.isDead, state.epoch == epoch { state.inodes[inode]?.forgetPending() }
            }
            throw error
        }
    }

    func truncate(to length: Int) throws(DiskFault) {
        try use("cut") { _, file, _ throws(FaultyDisk.State.Refusal) in file.cut(to: length) }
    }

    func allocate(to length: Int) throws(DiskFault) {
        try use("allocate") { state, file, _ throws(FaultyDisk.State.Refusal) in
            let growth = max(0, length - file.cached.count)
            guard growth <= max(0, state.capacity - state.usedBytes) else {
                throw FaultyDisk.State.Refusal(number: ENOSPC)
            }
            file.grow(to: length)
        }
    }

    private func use<Value: Sendable>(
        _ operation: String,
        counts: Bool = true,
        isSync: Bool = false,
        _ body: (
            inout FaultyDisk.State, inout FaultyInode, _ done: Int?
        ) throws(FaultyDisk.State.Refusal) -> Value
    ) throws(DiskFault) -> Value {
        try disk.change(operation, path, counts: counts, isSync: isSync) {
            state,
            done throws(FaultyDisk.State.Refusal) in
            // Taken out while it is used, so that it is changed in place.
            guard epoch == state.epoch, var file = state.inodes.removeValue(forKey: inode) else {
                throw FaultyDisk.State.Refusal(number: EBADF)
            }
            let before = file.cached.count
            defer {
                state.usedBytes += file.cached.count - before
                state.inodes[inode] = file
            }
            return try body(&state, &file, done)
        }
    }
}
