import FoundationEssentials
import Glibc

/// Where an attachment lies: bytes of one segment file.
struct SegmentLocation: Sendable, Equatable {
    let segment: Int
    let offset: Int
    let length: Int

    /// Offset of the first byte behind it.
    var end: Int { offset + length }
}

/// Append-only files that hold the attachments of messages, one after the other.
///
/// Pages come as gzip members with one WARC record each, so a segment is a valid `.warc.gz`. Bytes
/// that the journal points at are never overwritten or cut off. What a crash left behind the last
/// of them is harmless: the next store then begins a new file.
struct SegmentStore: ~Copyable {
    private let directory: String
    private let segmentBytesMax: Int
    private var segment: Int
    private var descriptor: Int32?
    /// Bytes written to the segment.
    private var length: Int
    /// Bytes of it that are on disk for certain.
    private var syncedLength: Int
    /// Bytes of it that a committed transaction may point at.
    private var committedLength: Int

    /// Opens the store behind the last attachment that the journal points at.
    init(
        directory: String,
        last: SegmentLocation?,
        segmentBytesMax: Int
    ) throws(QueueFailure) {
        let segment = max(last?.segment ?? 0, try Self.lastNumber(in: directory))
        let resumed = try last.flatMap { (last) throws(QueueFailure) in
            last.segment == segment ? try Self.resume(last, in: directory) : nil
        }
        self.directory = directory
        self.segmentBytesMax = segmentBytesMax
        self.segment = segment
        descriptor = resumed
        length = resumed == nil ? 0 : last?.end ?? 0
        syncedLength = length
        committedLength = length
    }

    deinit {
        if let descriptor { close(descriptor) }
    }

    /// Writes bytes behind the last; they are durable after `sync`.
    ///
    /// - Throws: `storageFull` or `journalBroken`; call `rollback` then.
    mutating func append(_ bytes: [UInt8]) throws(QueueFailure) -> SegmentLocation {
        if descriptor == nil || (length > 0 && length + bytes.count > segmentBytesMax) {
            try roll()
        }
        guard let descriptor else {
            throw QueueFailure(.journalBroken, "No segment file is open in \(directory).")
        }
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe pwrite(
                    descriptor,
                    buffer.baseAddress?.advanced(by: written),
                    bytes.count - written,
                    off_t(length + written)
                )
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write to") }
            written += count
        }
        defer { length += bytes.count }
        return SegmentLocation(segment: segment, offset: length, length: bytes.count)
    }

    /// Makes durable what was appended.
    mutating func sync() throws(QueueFailure) {
        guard let descriptor, length > syncedLength else { return }
        // After a failed sync the kernel may have dropped the pages: there is no second try.
        guard fdatasync(descriptor) == 0 else {
            let path = Self.path(segment, in: directory)
            throw QueueFailure(.journalBroken, "\(path) could not be synced: errno \(errno).")
        }
        syncedLength = length
    }

    /// Notes that a committed transaction points at what was appended.
    mutating func commit() { committedLength = length }

    /// Takes back what was appended since the last `commit`.
    mutating func rollback() {
        guard length > committedLength, let file = descriptor else { return }
        if ftruncate(file, off_t(committedLength)) == 0 {
            length = committedLength
            syncedLength = min(syncedLength, length)
        } else {
            close(file)
            descriptor = nil
        }
    }

    /// Reads an attachment back.
    static func read(
        _ location: SegmentLocation,
        in directory: String
    ) throws(QueueFailure) -> [UInt8] {
        let path = path(location.segment, in: directory)
        let file = try open(path, O_RDONLY)
        defer { close(file) }
        var count = 0
        var cause: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: location.length) { buffer, filled in
            while count < location.length {
                let step = unsafe pread(
                    file,
                    buffer.baseAddress?.advanced(by: count),
                    location.length - count,
                    off_t(location.offset + count)
                )
                if step < 0, errno == EINTR { continue }
                guard step > 0 else {
                    cause = step < 0 ? errno : 0
                    break
                }
                count += step
            }
            filled = count
        }
        guard count == location.length else {
            // An end of file is damage; an error may pass.
            throw QueueFailure(
                cause == 0 ? .contentUnreadable : .contentUnavailable,
                "\(path) gives \(count) of \(location.length) bytes at \(location.offset): "
                    + "errno \(cause)."
            )
        }
        return bytes
    }

    private mutating func roll() throws(QueueFailure) {
        try sync()
        if let descriptor { close(descriptor) }
        descriptor = nil
        let path = Self.path(segment + 1, in: directory)
        descriptor = try Self.open(path, O_WRONLY | O_CREAT | O_EXCL)
        segment += 1
        length = 0
        syncedLength = 0
        committedLength = 0
        try DiskSpace.syncDirectory(directory)
    }

    /// Opens the last segment to go on in it; `nil` when it does not end where the journal ends.
    private static func resume(
        _ last: SegmentLocation,
        in directory: String
    ) throws(QueueFailure) -> Int32? {
        let file = try open(path(last.segment, in: directory), O_WRONLY)
        if lseek(file, 0, SEEK_END) == last.end { return file }
        close(file)
        return nil
    }

    private func failure(_ action: String) -> QueueFailure {
        let isFull = errno == ENOSPC || errno == EDQUOT
        return QueueFailure(
            isFull ? .storageFull : .journalBroken,
            "Could not \(action) \(Self.path(segment, in: directory)): errno \(errno)."
        )
    }

    private static func open(_ path: String, _ flags: Int32) throws(QueueFailure) -> Int32 {
        let file = unsafe Glibc.open(path, flags | O_CLOEXEC, 0o644)
        guard file >= 0 else {
            let code: QueueFailure.Code =
                switch errno {
                case ENOSPC, EDQUOT: .storageFull
                case ENOENT: .contentUnreadable
                default: .contentUnavailable
                }
            throw QueueFailure(code, "The segment \(path) could not be opened: errno \(errno).")
        }
        return file
    }

    private static func path(_ segment: Int, in directory: String) -> String {
        let digits = String(segment)
        let zeros = String(repeating: "0", count: max(0, 8 - digits.utf8.count))
        return "\(directory)/\(zeros)\(digits).warc.gz"
    }

    private static func lastNumber(in directory: String) throws(QueueFailure) -> Int {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: directory)
                .compactMap { Int($0.prefix { $0 != "." }) }
                .max() ?? 0
        } catch {
            throw QueueFailure(.journalBroken, "\(directory) cannot be listed: \(error).")
        }
    }
}
