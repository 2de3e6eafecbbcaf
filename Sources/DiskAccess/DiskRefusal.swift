import Glibc

/// Why the system refused what was asked of a file.
package struct DiskRefusal: Error, Sendable, Equatable {
    /// The value of `errno`.
    package let number: Int32

    /// Takes a value of `errno`.
    package init(_ number: Int32) { self.number = number }

    /// True when there was no space.
    package var isFull: Bool { number == ENOSPC || number == EDQUOT }

    /// The C name of the value, or `errno` with the value when it is a rare one.
    package var name: String {
        switch number {
        case ENOSPC: "ENOSPC"
        case EDQUOT: "EDQUOT"
        case EIO: "EIO"
        case ENOENT: "ENOENT"
        case EEXIST: "EEXIST"
        case EACCES: "EACCES"
        case EROFS: "EROFS"
        case EMFILE: "EMFILE"
        default: "errno \(number)"
        }
    }
}
