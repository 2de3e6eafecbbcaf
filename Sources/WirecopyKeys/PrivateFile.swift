import FoundationEssentials
import Glibc

/// Files that one user alone may read or that must never be seen half written.
enum PrivateFile {
    /// What tells whether a file has changed.
    struct Stamp: Sendable, Equatable {
        let inode: UInt64
        let size: Int
        let seconds: Int
        let nanoseconds: Int
    }

    /// The stamp of a file; `nil` when there is none.
    static func stamp(_ path: String) -> Stamp? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return Stamp(
            inode: UInt64(status.st_ino),
            size: Int(status.st_size),
            seconds: status.st_mtim.tv_sec,
            nanoseconds: status.st_mtim.tv_nsec
        )
    }

    /// Reads a file of at most so many bytes.
    ///
    /// A secret one must not be readable by others; what is opened is what is looked at, so that
    /// the file cannot be changed for another in between.
    ///
    /// - Returns: the file's text.
    /// - Throws: `KeyFailure`: `fileMissing`, `fileUnreadable`, `fileExposed` or `malformed`.
    static func read(
        _ path: String,
        bytesMax: Int,
        isSecret: Bool
    ) throws(KeyFailure) -> String {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            let code: KeyFailure.Code = errno == ENOENT ? .fileMissing : .fileUnreadable
            throw KeyFailure(code, "The file of keys \(path) cannot be opened: \(Self.cause).")
        }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw KeyFailure(.fileUnreadable, "\(path) is no file of keys.")
        }
        guard !isSecret || status.st_mode & 0o077 == 0 else {
            throw KeyFailure(
                .fileExposed,
                "Others may read the secret key in \(path); type chmod 600 \(path), and make a new "
                    + "key if somebody may have read it."
            )
        }
        guard status.st_size <= bytesMax else {
            throw KeyFailure(
                .malformed,
                "\(path) has \(status.st_size) bytes; the limit is \(bytesMax) bytes."
            )
        }
        return String(decoding: try bytes(descriptor, path, bytesMax), as: UTF8.self)
    }

    private static func bytes(
        _ descriptor: Int32,
        _ path: String,
        _ bytesMax: Int
    ) throws(KeyFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while bytes.count <= bytesMax {
            let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return bytes }
            guard count > 0 || errno == EINTR else { break }
            bytes += buffer.prefix(max(0, count))
        }
        throw KeyFailure(.fileUnreadable, "\(path) cannot be read: \(Self.cause).")
    }

    /// Writes a file whole or not at all; a reader sees the old text or the new one.
    ///
    /// - Throws: `KeyFailure` with `fileUnwritable`.
    static func write(
        _ text: String,
        to path: String,
        isSecret: Bool
    ) throws(KeyFailure) {
        let draft = path + ".new-\(getpid())"
        let mode: mode_t = isSecret ? 0o600 : 0o644
        unsafe unlink(draft)
        let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw unwritable(path) }
        defer {
            close(descriptor)
            // After a success the name is gone already.
            _ = unsafe unlink(draft)
        }
        try fill(descriptor, Array(text.utf8), path)
        handOver(
            descriptor,
            ofFolder: String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex))
        )
        guard unsafe rename(draft, path) == 0 else { throw unwritable(path) }
    }

    private static func fill(
        _ descriptor: Int32,
        _ bytes: [UInt8],
        _ path: String
    ) throws(KeyFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            guard count > 0 || errno == EINTR else { throw unwritable(path) }
            rest = rest.dropFirst(max(0, count))
        }
        guard fsync(descriptor) == 0 else { throw unwritable(path) }
    }

    /// The superuser writes for the user whose folder it is, who could not read the file otherwise.
    private static func handOver(_ descriptor: Int32, ofFolder folder: String) {
        var status = stat()
        guard geteuid() == 0, unsafe stat(folder, &status) == 0 else { return }
        _ = fchown(descriptor, status.st_uid, status.st_gid)
    }

    /// Makes a folder for its owner alone, owned as the folder above it.
    static func makeFolder(_ path: String) throws(KeyFailure) {
        guard unsafe mkdir(path, 0o700) != 0 else {
            var status = stat()
            let above = path + "/.."
            if geteuid() == 0, unsafe stat(above, &status) == 0 {
                _ = unsafe chown(path, status.st_uid, status.st_gid)
            }
            return
        }
        guard errno == EEXIST else { throw unwritable(path) }
    }

    /// Takes a file away.
    static func remove(_ path: String) throws(KeyFailure) {
        guard unsafe unlink(path) == 0 else { throw unwritable(path) }
    }

    /// Does something while no other program does the same in this folder.
    static func locked<Value>(
        _ path: String,
        _ body: () throws(KeyFailure) -> Value
    ) throws(KeyFailure) -> Value {
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unwritable(path) }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw unwritable(path) }
        }
        return try body()
    }

    private static func unwritable(_ path: String) -> KeyFailure {
        KeyFailure(.fileUnwritable, "\(path) cannot be written: \(cause).")
    }

    private static var cause: String {
        unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "unknown error"
    }
}
