/// Why a key could not be used, made or taken back.
package struct KeyFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of failure, closed.
    package enum Code: Sendable, Equatable {
        /// A file of keys is not there.
        case fileMissing
        /// A file of keys cannot be opened, read or locked.
        case fileUnreadable
        /// Others than its owner may read a file with a secret key.
        case fileExposed
        /// The text of a file or setting is no key.
        case malformed
        /// A file cannot be written.
        case fileUnwritable
        /// A name cannot be one, or is taken.
        case nameRefused
        /// There is no key of this name.
        case nameUnknown
        /// A role has no such word.
        case roleUnknown
        /// An address can be reached from other machines and no key was given.
        case keyNeeded
        /// libzmq cannot make keys.
        case unsupported
    }

    /// The kind of failure.
    package let code: Code
    /// A full sentence that says what to do.
    package let message: String

    /// Makes a failure with a full sentence.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The sentence.
    package var description: String { message }
}
