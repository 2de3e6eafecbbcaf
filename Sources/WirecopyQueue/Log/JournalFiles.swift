import DiskAccess
import Glibc

/// Everything that a journal does on a disk, so that a simulated disk can take its place.
///
/// Paths are relative to the journal's directory and use `/`.
package protocol JournalFiles: Sendable {
    /// Names of the files in a directory, in no order; none when the directory does not exist.
    func names(in directory: String) throws(DiskFault) -> [String]

    /// Makes a directory unless it exists.
    func makeDirectory(_ path: String) throws(DiskFault)

    /// Opens a file for reading and writing, or for reading alone.
    func open(_ path: String, _ mode: JournalFileMode) throws(DiskFault) -> any JournalFile

    /// Gives a file another name; durable after `syncDirectory`.
    func rename(_ path: String, to newPath: String) throws(DiskFault)

    /// Removes a file; durable after `syncDirectory`.
    func remove(_ path: String) throws(DiskFault)

    /// Makes the names in a directory durable.
    func syncDirectory(_ path: String) throws(DiskFault)

    /// Bytes that the file system still has for us; `nil` when it does not say.
    func freeBytes() -> Int?
}

/// How a file is opened.
package enum JournalFileMode: Sendable {
    /// It must exist; it is never written.
    case reading
    /// It must exist.
    case writing
    /// It must not exist.
    case creating
}

/// An open file of a journal; it is closed when it is released.
package protocol JournalFile: AnyObject, Sendable {
    /// Bytes up to the end of the file.
    func size() throws(DiskFault) -> Int

    /// Writes the parts one behind the other from an offset on; durable after `sync`.
    func write(_ parts: [[UInt8]], at offset: Int) throws(DiskFault)

    /// Makes everything durable that was written; after a failure nobody knows what is.
    func sync() throws(DiskFault)

    /// Reads up to `count` bytes from an offset on; fewer only at the end of the file.
    func read(at offset: Int, count: Int) throws(DiskFault) -> [UInt8]

    /// Cuts the file, or fills it up with zeros.
    func truncate(to length: Int) throws(DiskFault)

    /// Takes disk space up to a length, filled with zeros where nothing was written.
    func allocate(to length: Int) throws(DiskFault)
}

/// An operation that the disk refused.
package struct DiskFault: Error, Sendable, Equatable {
    /// What was attempted: `write`, `sync`.
    package let operation: String
    /// On which file.
    package let path: String
    /// The value of `errno`.
    package let number: Int32

    /// Makes a fault.
    package init(_ operation: String, _ path: String, _ number: Int32) {
        self.operation = operation
        self.path = path
        self.number = number
    }

    /// True when there was no space.
    package var isFull: Bool { cause.isFull }

    /// The number of a file that does not exist.
    static var isMissing: Int32 { ENOENT }

    /// A full sentence with the C name of the cause.
    package var sentence: String {
        "The disk refused to \(operation) \(path): \(cause.name)."
    }

    private var cause: DiskRefusal { DiskRefusal(number) }
}

extension QueueFailure {
    /// What a refusal of the disk means for the journal.
    init(_ fault: DiskFault) {
        self.init(fault.isFull ? .storageFull : .journalBroken, fault.sentence)
    }
}
