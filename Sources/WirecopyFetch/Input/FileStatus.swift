import Glibc

/// What the system knows of a path, after following symbolic links.
struct FileStatus {
    /// What lies at a path.
    enum Kind {
        case folder, regularFile
        /// A pipe or terminal, which can be read but has no size.
        case stream
        case other
    }

    /// The identity of a file on this machine.
    struct Identity: Hashable {
        let device: UInt
        let number: UInt
    }

    let kind: Kind
    let sizeBytes: Int
    let identity: Identity

    /// - Throws: a full sentence when nothing can be found out.
    init(path: String) throws(InputBytes.Failure) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            let reason = unsafe String(cString: strerror(errno))
            throw .unreadable("\(path) cannot be read: \(reason).")
        }
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFDIR: .folder
            case S_IFREG: .regularFile
            case S_IFIFO, S_IFCHR, S_IFSOCK: .stream
            default: .other
            }
        sizeBytes = Int(status.st_size)
        identity = Identity(device: UInt(status.st_dev), number: UInt(status.st_ino))
    }
}
