/// The limits of what is read from web archives, each with its reason.
package enum WebArchiveLimits {
    /// Bytes of one head, of a record or of HTTP; browsers stop at 256 KB.
    package static let headBytes = 256 << 10
    /// Lines of one head; real answers have fewer than a hundred.
    package static let headLines = 1000
    /// Bytes of a record's block unless the caller says otherwise: a page of 32 MiB and its head.
    package static let blockBytes = (32 << 20) + headBytes
}
