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
///
/// A reader that brings the index up to date writes for a moment, too. It holds a second lock
/// meanwhile, so that a broker that starts waits for it and does not take it for another broker.
struct JournalLock: ~Copyable {
    /// Who wants to write.
    enum Owner {
        /// A broker, for as long as it runs.
        case broker
        /// A reader, until the index is up to date.
        case reader
    }

    /// How often a broker looks again whether a reader has left; all in all ten seconds.
    private static let attempts = 200
    private static let pauseMicroseconds: UInt32 = 50_000

    private let descriptor: Int32
    private let readerDescriptor: Int32?

    /// Takes the lock of a journal's directory.
    ///
    /// - Throws: `journalInUse` when another process, or another journal of this one, has it.
    init(directory: String, for owner: Owner = .broker) throws(QueueFailure) {
        let reader = try Self.open("\(directory)/reader.lock")
        let file: Int32
        do throws(QueueFailure) {
            file = try Self.open("\(directory)/lock")
        } catch {
            close(reader)
            throw error
        }
        let isTaken =
            switch owner {
            case .reader: Self.waitFor(reader) && Self.take(file)
            case .broker: Self.take(file, besides: reader)
            }
        guard isTaken else {
            close(reader)
            close(file)
            throw QueueFailure(
                .journalInUse,
                "Another broker has the journal in \(directory) open; stop it first."
            )
        }
        if owner == .broker { close(reader) }
        // Last: a value that is complete is closed once more when its initialiser throws.
        descriptor = file
        readerDescriptor = owner == .reader ? reader : nil
    }

    deinit {
        // The reader's lock is given back last, so that whoever waits for it finds the other free.
        close(descriptor)
        if let readerDescriptor { close(readerDescriptor) }
    }

    /// Takes the lock of a broker, as soon as only readers have it.
    private static func take(_ file: Int32, besides reader: Int32) -> Bool {
        for _ in 0..<attempts {
            if take(file) { return true }
            if take(reader) {
                flock(reader, LOCK_UN)
                // A reader may have left in between; a broker has not.
                return take(file)
            }
            usleep(pauseMicroseconds)
        }
        return false
    }

    private static func waitFor(_ reader: Int32) -> Bool {
        for _ in 0..<attempts {
            if take(reader) { return true }
            usleep(pauseMicroseconds)
        }
        return false
    }

    private static func take(_ file: Int32) -> Bool { flock(file, LOCK_EX | LOCK_NB) == 0 }

    private static func open(_ path: String) throws(QueueFailure) -> Int32 {
        let file = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else {
            throw QueueFailure(.journalBroken, "\(path) could not be opened: errno \(errno).")
        }
        return file
    }
}
