/// Why stories could not be made.
package struct StoryFailure: Error, Sendable, Equatable {
    /// What went wrong.
    package enum Code: String, Sendable {
        /// A file that ships with the program is missing or not what it should be.
        case resourceDamaged = "resource_damaged"
    }

    /// What went wrong.
    package let code: Code
    /// A full sentence.
    package let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
