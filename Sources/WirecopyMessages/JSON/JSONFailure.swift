/// Why bytes could not be read as the JSON that a message needs.
package struct JSONFailure: Error, Sendable, Equatable {
    /// The kinds of fault, closed so that counters can use them as labels.
    package enum Code: String, Sendable {
        case syntax, type, missingField = "missing_field", invalidValue = "invalid_value"
        case tooDeep = "too_deep", trailingBytes = "trailing_bytes"
    }

    /// The kind of fault.
    package let code: Code
    /// Offset in bytes at which the fault was noticed.
    package let offset: Int
    /// A full sentence for people.
    package let message: String

    /// Makes a failure with a full sentence as its message.
    package init(_ code: Code, at offset: Int, _ message: String) {
        self.code = code
        self.offset = offset
        self.message = message
    }
}
