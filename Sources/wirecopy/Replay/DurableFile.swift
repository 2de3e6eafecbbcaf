import Foundation
import Glibc

/// Files that are there whole, or not at all.
enum DurableFile {
    /// Replaces a file by other bytes in one step; they are on disk on return.
    ///
    /// - Throws: `POSIXError` with what the system refused.
    static func replace(_ path: String, with bytes: [UInt8]) throws {
        let draft = path + ".part"
        try write(bytes, to: draft, flags: O_TRUNC)
        guard unsafe rename(draft, path) == 0 else { throw failure() }
        try syncFolder(of: path)
    }

    /// Makes the name of a file durable.
    static func syncFolder(of path: String) throws {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure() }
    }

    private static func write(_ bytes: [UInt8], to path: String, flags: Int32) throws {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0o644)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(
                    descriptor,
                    buffer.baseAddress?.advanced(by: written),
                    bytes.count - written
                )
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure() }
            written += count
        }
        guard fsync(descriptor) == 0 else { throw failure() }
    }

    private static func failure() -> POSIXError {
        POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
}
