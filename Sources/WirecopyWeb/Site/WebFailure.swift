/// Why a request could not be answered as it was meant.
package struct WebFailure: Error, Sendable, Equatable {
    /// The kinds of failure with their HTTP status (RFC 9110, section 15).
    package enum Code: Int, Sendable, CaseIterable {
        /// The request makes no sense.
        case badRequest = 400
        /// It needs the token.
        case unauthorized = 401
        /// It comes from another site.
        case forbidden = 403
        /// There is no such page or thing.
        case notFound = 404
        /// The page does not take this method.
        case methodNotAllowed = 405
        /// What is there does not allow it.
        case conflict = 409
        /// Its body is larger than any form.
        case tooLarge = 413
        /// Its body is of a kind that is not read.
        case unsupportedMediaType = 415
        /// It was meant for another host.
        case misdirected = 421
        /// Its values cannot be used.
        case unprocessable = 422
        /// A fault of the program itself.
        case internalError = 500
        /// Broker or store are away, or took too long.
        case unavailable = 503
    }

    /// The kind of failure.
    package let code: Code
    /// A full sentence that says what to do.
    package let message: String
    /// For `methodNotAllowed`: what the page takes.
    package var allowed: [String] = []

    /// Makes a failure with a full sentence.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// A few words for a heading.
    var title: String {
        switch code {
        case .badRequest, .unprocessable: "That cannot be answered"
        case .unauthorized: "The token is needed"
        case .forbidden: "Not from there"
        case .notFound: "Not here"
        case .methodNotAllowed: "Not in this way"
        case .conflict: "That does not fit"
        case .tooLarge: "Too large"
        case .unsupportedMediaType: "Of another kind"
        case .misdirected: "Another host"
        case .internalError: "A fault of the program"
        case .unavailable: "Away at the moment"
        }
    }
}
