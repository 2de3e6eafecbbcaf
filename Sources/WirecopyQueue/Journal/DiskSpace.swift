import Foundation
import Glibc

/// Questions to the file system that holds the journal.
package enum DiskSpace {
    /// Bytes that the file system of a path still has for us; `nil` when it does not say.
    package static func freeBytes(at path: String) -> Int? {
        var values = statvfs()
        guard unsafe statvfs(path, &values) == 0 else { return nil }
        let (bytes, overflow) = Int(values.f_bavail)
            .multipliedReportingOverflow(by: Int(values.f_frsize))
        return overflow ? Int.max : bytes
    }

    /// Bytes of the files in a folder and in those inside it; what vanishes meanwhile is left out.
    package static func usedBytes(at path: String) -> Int {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
        return names.reduce(0) { total, name in
            var values = stat()
            guard unsafe stat("\(path)/\(name)", &values) == 0 else { return total }
            return total + (values.st_mode & S_IFMT == S_IFREG ? Int(values.st_size) : 0)
        }
    }
}

/// The right of one process to write a journal; it ends with the process, however it ends.
struct JournalLock: ~Copyable {
    private let descriptor: Int32

    /// Takes the lock of a journal's directory.
    ///
    /// - Throws: `journalInUse` when another process, or another journal of this one, has it.
    init(directory: String) throws(QueueFailure) {
        let path = "\(directory)/lock"
        let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else {
            throw QueueFailure(.journalBroken, "\(path) could not be opened: errno \(errno).")
        }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let cause = errno
            close(file)
            guard cause == EWOULDBLOCK else {
                throw QueueFailure(.journalBroken, "\(path) could not be locked: errno \(cause).")
            }
            throw QueueFailure(
                .journalInUse,
                "Another broker has the journal in \(directory) open; stop it first."
            )
        }
        // Last: a value that is complete is closed once more when its initialiser throws.
        descriptor = file
    }

    deinit { close(descriptor) }
}
