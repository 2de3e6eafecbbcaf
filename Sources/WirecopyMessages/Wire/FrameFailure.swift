/// Why frames are not a command; the broker counts them and tells the sender.
package struct FrameFailure: Error, Sendable, Equatable {
    /// What to tell the sender.
    package let code: RefusalCode
    /// A full sentence for people.
    package let message: String

    /// Makes a failure.
    package init(_ code: RefusalCode, _ message: String) {
        self.code = code
        self.message = message
    }

    init(_ cause: JSONFailure, in part: String) {
        self.init(.malformed, "The \(part) cannot be read: \(cause.message)")
    }
}
