/// Why bytes could not be read as gzip (RFC 1952).
package enum GzipFailure: Error, Sendable, Equatable {
    /// The bytes do not start with the two bytes that mark gzip.
    case notGzip
    /// The bytes end in the middle of a member.
    case truncated
    /// The compressed data contradict themselves; zlib's own words.
    case broken(String)
    /// The content is larger than the caller wants.
    case tooLarge(limitBytes: Int)
    /// A single member was asked for and more bytes follow it.
    case trailingBytes(count: Int)

    /// A full sentence for people.
    package var message: String {
        switch self {
        case .notGzip: "The bytes do not start with the mark of gzip, 1F 8B."
        case .truncated: "The gzip data end in the middle of a member."
        case .broken(let reason): "The gzip data are broken: \(reason)."
        case .tooLarge(let limit): "The gzip data hold more than \(limit) bytes."
        case .trailingBytes(let count): "\(count) bytes follow the gzip member."
        }
    }
}
