import GRDB

extension QueueFailure {
    /// Turns an error of GRDB into one of the queue; SQLite's result code keeps its C name.
    init(_ error: any Error, path: String) {
        if let failure = error as? QueueFailure {
            self = failure
        } else if let fault = error as? DiskFault {
            self.init(fault)
        } else if let failure = error as? DatabaseError {
            let isFull = failure.resultCode == .SQLITE_FULL
            self.init(
                isFull ? .storageFull : .journalBroken,
                "SQLite refused to work on \(path): \(failure)."
            )
        } else {
            self.init(.journalBroken, "The journal \(path) failed: \(error).")
        }
    }

    /// Whether an error of SQLite says that its file is not what was written.
    static func isDamage(_ error: any Error) -> Bool {
        guard let failure = error as? DatabaseError else { return false }
        return [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_SCHEMA, .SQLITE_ERROR, .SQLITE_MISMATCH]
            .contains(failure.resultCode)
    }
}
