/// What can go wrong with the queue's record on disk.
package struct QueueFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of failure, closed.
    package enum Code: String, Sendable {
        /// Another process has the journal open for writing.
        case journalInUse = "journal_in_use"
        /// The journal was written by a later version.
        case journalTooNew = "journal_too_new"
        /// There is no journal in this directory.
        case journalMissing = "journal_missing"
        /// The disk refused a write or a sync; what was written since the last commit is unknown.
        case journalBroken = "journal_broken"
        /// No space is left for what should be stored; nothing was changed.
        case storageFull = "storage_full"
        /// The content of a message cannot be read back.
        case contentUnreadable = "content_unreadable"
        /// The content of a message cannot be read now; another attempt may succeed.
        case contentUnavailable = "content_unavailable"
        /// An operator's request that cannot be done as it stands.
        case requestInvalid = "request_invalid"
    }

    /// The kind of failure.
    package let code: Code
    /// A full sentence with the path and, where there is one, the C name of the cause.
    package let message: String

    /// Makes a failure with a full sentence.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The sentence.
    package var description: String { message }
}
