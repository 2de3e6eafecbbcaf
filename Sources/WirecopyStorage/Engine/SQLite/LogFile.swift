import DiskAccess
import Glibc

/// The bytes of a write-ahead log, past SQLite.
///
/// SQLite locks the database and the `-shm` file, never the log: a descriptor of one's own takes no
/// lock away when it is closed. And while a connection is open nobody removes or replaces the log.
final class LogFile: Sendable {
    private let path: String
    private let descriptor: Int32
    private let syncing: Sync

    /// Syncs a file: 0, or -1 with a reason in `errno`.
    typealias Sync = @Sendable (_ descriptor: Int32) -> Int32

    /// Frames that are read and written at a time: half a megabyte.
    private static let framesAtOnce = 64

    /// Opens the log, which a connection has made.
    ///
    /// - Throws: `StorageFailure` with the disk's reason.
    init(path: String, sync: @escaping Sync) throws(StorageFailure) {
        self.path = path
        syncing = sync
        descriptor = unsafe open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw StorageFailure(errno, attempt: "open \(path)") }
    }

    deinit { close(descriptor) }

    /// Waits until what was written is on disk.
    ///
    /// - Throws: `StorageFailure` with the disk's reason.
    func sync() throws(StorageFailure) {
        guard syncing(descriptor) == 0 else { throw StorageFailure(errno, attempt: "sync \(path)") }
    }

    /// Writes each frame of the log over itself, so that the kernel takes none for written that is
    /// not. Nobody else may write the log meanwhile.
    ///
    /// - Throws: `StorageFailure` with the disk's reason.
    func writeOver() throws(StorageFailure) {
        let header = try read(at: 0, count: LogFrames.headerBytes)
        guard let frames = LogFrames(header: header) else { return }
        try write(header, at: 0)
        var place = LogFrames.headerBytes
        let most = Self.framesAtOnce * frames.frameBytes
        while true {
            let bytes = try read(at: place, count: most)
            let own = frames.count(in: bytes)
            try write(Array(bytes[..<own]), at: place)
            place += own
            guard own == most else { return }
        }
    }

    /// Waits until the names of the log and of the database beside it are on disk.
    ///
    /// - Throws: `StorageFailure` with the disk's reason.
    func syncFolder() throws(StorageFailure) {
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        let descriptor = unsafe open(
            folder.isEmpty ? "." : folder,
            O_RDONLY | O_DIRECTORY | O_CLOEXEC
        )
        guard descriptor >= 0 else { throw StorageFailure(errno, attempt: "open \(folder)") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw StorageFailure(errno, attempt: "sync \(folder)") }
    }

    private func read(at offset: Int, count: Int) throws(StorageFailure) -> [UInt8] {
        do {
            return try DiskBytes.read(from: descriptor, at: offset, count: count)
        } catch {
            throw StorageFailure(error.number, attempt: "read \(path)")
        }
    }

    private func write(_ bytes: [UInt8], at offset: Int) throws(StorageFailure) {
        do {
            try DiskBytes.write(bytes, to: descriptor, at: offset)
        } catch {
            throw StorageFailure(error.number, attempt: "write \(path)")
        }
    }
}

extension StorageFailure {
    /// Turns the system's reason why `attempt`, a verb phrase, failed into a failure.
    init(_ number: Int32, attempt: String) {
        let refusal = DiskRefusal(number)
        let reason =
            refusal.isFull
            ? "its disk is used up; make room and it goes on by itself"
            : "the disk refused; look into the system's log"
        self.init(
            refusal.isFull ? .full : .failed,
            "The store failed to \(attempt): \(reason).",
            underlying: refusal.name
        )
    }
}
