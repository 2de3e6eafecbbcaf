/// Why an expression cannot be used, or could not be evaluated on a page.
package struct PathFailure: Error, Sendable, Equatable {
    /// The closed list of reasons.
    package enum Code: String, Sendable, CaseIterable {
        /// The text is no expression of the subset.
        case notUnderstood
        /// The expression is longer or deeper than is allowed.
        case tooLarge
        /// Evaluation visited more nodes than is allowed.
        case tooCostly
    }

    /// The reason.
    package let code: Code
    /// A full sentence with the expression or the place in it.
    package let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
