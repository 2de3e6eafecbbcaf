/// Why bytes could not be read as what a web archive should hold.
package struct WebArchiveFailure: Error, Sendable, Equatable {
    /// The kinds of damage, closed so that counters can use them as labels.
    package enum Code: String, Sendable, CaseIterable {
        /// No WARC version line where a record should start.
        case notWARC = "not_warc"
        /// A head with too many, too long or unreadable lines.
        case headBroken = "head_broken"
        /// A missing, negative, unreadable or contradicting length.
        case lengthInvalid = "length_invalid"
        /// The bytes end inside a record.
        case truncated
        /// A record larger than the reader's limit.
        case tooLarge = "too_large"
        /// Broken gzip data.
        case compressionBroken = "compression_broken"
        /// The record is sound but holds no page.
        case noPage = "no_page"
        /// The operating system does not let the file be read.
        case fileUnreadable = "file_unreadable"
    }

    /// The kind of damage.
    package let code: Code
    /// A full sentence for people.
    package let message: String

    /// Makes a failure with a full sentence as its message.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
